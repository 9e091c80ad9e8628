package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.solver.SolveOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Gurobi checks parameters before it asks for a licence, so that this is Gurobi's own word. */
class GurobiParametersTest {

  @Test
  void theDefaultsAreSpeltOut() {
    GurobiParameters p = GurobiParameters.of(SolveOptions.defaults());
    assertEquals(Map.of("Threads", 1, "Seed", 0, "NonConvex", 2), p.integers());
    assertEquals(
        Map.of(
            "MIPGap",
            1e-6,
            "MIPGapAbs",
            0.0,
            "FeasibilityTol",
            1e-7,
            "OptimalityTol",
            1e-7,
            "IntFeasTol",
            1e-7),
        p.reals());
  }

  @Test
  void everyOptionArrives() {
    GurobiParameters p =
        GurobiParameters.of(
            SolveOptions.builder()
                .threads(3)
                .seed(11)
                .gaps(0.5, 0.25)
                .tolerances(1e-6, 1e-5)
                .nodeLimit(7)
                .build());
    assertEquals(Map.of("Threads", 3, "Seed", 11, "NonConvex", 2), p.integers());
    assertEquals(
        Map.of(
            "MIPGap",
            0.25,
            "MIPGapAbs",
            0.5,
            "FeasibilityTol",
            1e-6,
            "OptimalityTol",
            1e-6,
            "IntFeasTol",
            1e-5,
            "NodeLimit",
            7.0),
        p.reals());
  }

  @Test
  void gurobiTakesWhateverOptionsAllow() throws Exception {
    SolveOptions least =
        SolveOptions.builder().gaps(0, 0).tolerances(1e-10, 1e-10).nodeLimit(0).build();
    SolveOptions most =
        SolveOptions.builder()
            .threads(Integer.MAX_VALUE)
            .seed(Integer.MAX_VALUE)
            .gaps(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
            .tolerances(1e-2, 1e-2)
            .nodeLimit(Long.MAX_VALUE)
            .build();
    for (SolveOptions options : List.of(least, most, SolveOptions.defaults())) {
      GurobiEnvironment.prepare(options).close();
    }
    assertEquals(1e-9, GurobiParameters.of(least).reals().get("FeasibilityTol"));
    assertEquals(1e-9, GurobiParameters.of(least).reals().get("IntFeasTol"));
  }

  @Test
  void gurobiTakesItsOwnParametersInAnyCase() throws Exception {
    for (Map<String, String> good :
        List.of(
            Map.of("MIPFocus", "2"),
            Map.of("mipfocus", "3"),
            Map.of("Heuristics", "0.25"),
            Map.of("TIMELIMIT", "Infinity"),
            Map.of("NodefileDir", "."),
            Map.of("Cuts", "-1", "Presolve", "0"))) {
      GurobiEnvironment.prepare(SolveOptions.builder().parameters(good).build()).close();
    }
  }

  @Test
  void whatGurobiDoesNotKnowIsRefusedInOneLine() {
    assertRefused("no_such_parameter", "1", "Unknown parameter: 'no_such_parameter'");
    assertRefused("no\nsuch", "1", "no such");
    assertRefused("", "1", "Gurobi has no parameter");
    assertRefused("MIPFocus", "9", "maximum is 3");
    assertRefused("Seed", "-1", "minimum is 0");
  }

  @Test
  void whatCouldChangeAProofIsReserved() {
    for (String name :
        List.of("FeasibilityTol", "cutoff", "BESTBDSTOP", "MIPGap", "LogToConsole")) {
      assertRefused(name, "1", "Gurobi parameter " + name + " is reserved");
    }
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    // Gurobi itself takes the first for 0 and the second for 0.5.
    for (String bad : List.of("0,5", "0.5x", "no such value", "NaN", "")) {
      assertRefused("Heuristics", bad, "Gurobi parameter Heuristics cannot be " + bad);
    }
    for (String bad : List.of("1.5", "two", "2147483648", "")) {
      assertRefused("mipfocus", bad, "Gurobi parameter mipfocus cannot be " + bad);
    }
  }

  private static void assertRefused(String name, String value, String part) {
    BadInput refused =
        assertThrows(
            BadInput.class,
            () ->
                GurobiEnvironment.prepare(
                        SolveOptions.builder().parameters(Map.of(name, value)).build())
                    .close());
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void theTimeLimitCountsFromTheBeginning() {
    SolveOptions ten = SolveOptions.builder().timeLimit(Duration.ofSeconds(10)).build();
    assertEquals(
        8.5, GurobiParameters.secondsLeft(ten, Duration.ofMillis(1500)).orElseThrow(), 1e-9);
    assertEquals(1e-3, GurobiParameters.secondsLeft(ten, Duration.ofSeconds(11)).orElseThrow());
    SolveOptions none = SolveOptions.builder().timeLimit(Duration.ZERO).build();
    assertEquals(1e-3, GurobiParameters.secondsLeft(none, Duration.ZERO).orElseThrow());
    SolveOptions ages =
        SolveOptions.builder().timeLimit(Duration.ofSeconds(Long.MAX_VALUE)).build();
    assertTrue(GurobiParameters.secondsLeft(ages, Duration.ZERO).orElseThrow() > 1e18);
  }

  @Test
  void theUsersOwnTimeLimitWins() {
    SolveOptions options = SolveOptions.builder().timeLimit(Duration.ofSeconds(10)).build();
    assertEquals(
        OptionalDouble.empty(),
        GurobiParameters.secondsLeft(
            options.toBuilder().parameters(Map.of("timelimit", "3")).build(), Duration.ZERO));
    assertEquals(
        OptionalDouble.empty(),
        GurobiParameters.secondsLeft(SolveOptions.defaults(), Duration.ZERO));
    assertFalse(GurobiParameters.isSetByUser(options, "TimeLimit"));
  }
}
