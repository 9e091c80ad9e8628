package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.registry.SolverRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several backends in one program, and races of them. */
class BackendsTest {

  @TempDir private Path folder;
  private String fold = "";

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("fold.json");
    Files.writeString(file, CommandRun.FOLD);
    fold = file.toString();
  }

  /** On a solver's word, so that a backend can answer to the end. */
  private CommandRun pseudo(String... more) {
    List<String> args =
        new ArrayList<>(List.of("radius", "pseudo", "--network", fold, "--center", "1,0.25"));
    args.addAll(List.of("--trust", "solver"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static boolean hasScip() {
    return SolverRegistry.discover(ConfigFactory.load()).all().stream()
        .anyMatch(s -> s.id().equals("scip"));
  }

  @Test
  void aRaceByFlagHasOneAnswer() {
    CommandRun run = pseudo("--solver", "ortools-highs, ortools-scip");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("certified  1.99999"), run.out());
    assertTrue(run.out().contains("of the portfolio ortools-highs,ortools-scip, "), run.out());
    assertTrue(run.out().contains(" decided first"), run.out());
  }

  @Test
  void aRaceByConfigurationIsAList() throws IOException {
    Path conf = folder.resolve("race.conf");
    Files.writeString(conf, "crease.solver = [splitting, ortools-highs]\n");
    CommandRun run = pseudo("--config", conf.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("of the portfolio splitting,ortools-highs"), run.out());
    CommandRun config = CommandRun.of("config", "--config", conf.toString());
    assertTrue(
        config.out().contains("crease.solver = [\"splitting\",\"ortools-highs\"]"), config.out());
  }

  @Test
  void eachBackendHasParametersOfItsOwn() throws IOException {
    Path conf = folder.resolve("own.conf");
    Files.writeString(
        conf,
        """
        crease.solver = [ortools-highs, ortools-scip]
        crease.ortools-highs.parameters { mip_heuristic_effort = 0.1 }
        crease.ortools-scip.parameters { "separating/maxrounds" = 3 }
        """);
    CommandRun race = pseudo("--config", conf.toString());
    assertEquals(0, race.code(), race.err());
    Files.writeString(conf, "crease.ortools-highs.parameters { nonsense = 1 }\n");
    CommandRun other = pseudo("--config", conf.toString(), "--solver", "ortools-scip");
    assertEquals(0, other.code(), other.err());
    CommandRun refused = pseudo("--config", conf.toString(), "--solver", "ortools-highs");
    assertEquals(65, refused.code());
    assertTrue(refused.err().contains("HiGHS has no option nonsense"), refused.err());
    Files.writeString(conf, "solver = ortools-scip\n");
    CommandRun bare = pseudo("--config", conf.toString());
    assertEquals(65, bare.code());
    assertTrue(
        bare.err().contains("there is no setting solver; did you mean crease.solver?"), bare.err());
    Files.writeString(conf, "crease.nobody.parameters { x = 1 }\n");
    CommandRun nobody = pseudo("--config", conf.toString());
    assertEquals(65, nobody.code());
    assertTrue(
        nobody.err().contains("there is no setting crease.nobody.parameters.x"), nobody.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65 | splitting,cplex | there is no solver cplex",
        "65 | splitting,ortools-scip,splitting | crease.solver names splitting twice",
        "65 | , | crease.solver names no solver",
        "69 | ortools-highs,ortools-glop | ortools-glop solves linear programs only",
      })
  void refusesRacesInOneLine(int code, String solvers, String message) {
    CommandRun run = pseudo("--solver", solvers);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void normTwoOnALinearBackendSaysByHowMuchItIsCoarse() {
    CommandRun run = pseudo("--norm", "2", "--solver", "ortools-highs");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("the ball of norm 2 was a polyhedron around it"), run.out());
    assertTrue(run.out().contains("too small by up to 0.00030 of it"), run.out());
    assertTrue(run.out().contains("certified  1.999"), run.out());
  }

  /** OR-Tools brings a SCIP of its own: each must work beside the other, whoever comes first. */
  @ParameterizedTest
  @CsvSource({"scip,ortools-scip", "ortools-scip,scip"})
  void bothScipsWorkInOneProcess(String first, String second) throws Exception {
    assumeTrue(hasScip(), "built without solver-scip");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InOrder.class.getName(),
                first,
                second)
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    for (String id : List.of(first, second)) {
      assertTrue(printed.contains(id + " OPTIMAL 3.0" + System.lineSeparator()), printed);
    }
  }

  /** Solves on each of the named backends, twice round. */
  static final class InOrder {
    private InOrder() {}

    public static void main(String[] ids) {
      SolverRegistry registry = SolverRegistry.discover(ConfigFactory.load());
      Model.Builder model = Model.builder("m");
      var x = model.integer("x", 0, 9);
      model.atMost("row", LinearExpression.term(2, x), 7);
      model.objective(Objective.maximize(LinearExpression.of(x)));
      for (int round = 0; round < 2; round++) {
        for (String id : ids) {
          MipSolver solver = registry.select(id);
          var result = solver.solve(model.build(), SolveOptions.defaults(), SolveListener.none());
          SolveStatus status = result.status();
          System.out.println(id + " " + status + " " + result.solution().orElseThrow().objective());
        }
      }
    }
  }
}
