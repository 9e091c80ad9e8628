package dev.crease.solver.scip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.solver.scip.jni.Scip;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.testkit.ContractCoverage;
import dev.crease.testkit.Models;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class ScipBackendTest {

  private static final SolverRegistry REGISTRY = SolverRegistry.discover(ConfigFactory.load());

  private static MipSolver scip() {
    return REGISTRY.all().get(0);
  }

  @Test
  void isFoundAndHeldToTheContract() {
    assertEquals(List.of("scip"), REGISTRY.all().stream().map(MipSolver::id).toList());
    assertEquals(List.of(), REGISTRY.broken());
    assertEquals(Set.of(), ContractCoverage.untested(REGISTRY, ScipBackendTest.class));
    assertTrue(scip().version().matches("SCIP 10\\.\\d+\\.\\d+"), scip().version());
  }

  @Test
  void itsGlueNamesNoFolderOfWhoBuiltIt() throws IOException {
    scip().version();
    Path glue = Path.of(Loader.load(ScipFunctions.class));
    String text = Files.readString(glue, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("$ORIGIN"));
    for (Path folder : List.of(Path.of("").toAbsolutePath(), Loader.getCacheDir().toPath())) {
      assertFalse(text.contains(folder.toString()), folder::toString);
    }
  }

  @Test
  void mapsEveryStatusThatScipHasAName() {
    scip().version();
    Map<String, SolveStatus> known = new TreeMap<>();
    for (int code = 0; code <= 60; code++) {
      SolveStatus status = ScipStatus.of(code, true);
      ScipStatus.words(code).ifPresent(words -> known.put(words, status));
    }
    Map<String, SolveStatus> expected = new TreeMap<>();
    expected.put("optimal solution found", SolveStatus.OPTIMAL);
    expected.put("infeasible", SolveStatus.INFEASIBLE);
    expected.put("unbounded", SolveStatus.UNBOUNDED);
    expected.put("infeasible or unbounded", SolveStatus.INFEASIBLE_OR_UNBOUNDED);
    expected.put("user interrupt", SolveStatus.INTERRUPTED);
    expected.put("termination signal received", SolveStatus.INTERRUPTED);
    expected.put("node limit reached", SolveStatus.NODE_LIMIT);
    expected.put("total node limit reached", SolveStatus.NODE_LIMIT);
    expected.put("stall node limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("time limit reached", SolveStatus.TIME_LIMIT);
    expected.put("memory limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("gap limit reached", SolveStatus.OPTIMAL);
    expected.put("primal limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("dual limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("solution limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("solution improvement limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("restart limit reached", SolveStatus.OTHER_LIMIT);
    expected.put("unknown", SolveStatus.ERROR);
    assertEquals(expected, known);
    assertEquals(SolveStatus.OTHER_LIMIT, ScipStatus.of(10, false));
  }

  @Test
  void anErrorNamesTheCallAndSaysWhatScipSays() {
    scip().version();
    Scip scip = new Scip(null);
    ScipError.check("SCIPcreate", ScipFunctions.SCIPcreate(scip));
    try {
      int code = ScipFunctions.SCIPsetIntParam(scip, "no/such/parameter", 1);
      ScipError error =
          assertThrows(ScipError.class, () -> ScipError.check("SCIPsetIntParam", code));
      assertEquals(ReturnCode.PARAMETERUNKNOWN, error.code());
      String message = error.getMessage();
      assertTrue(message.startsWith("SCIPsetIntParam failed: unknown parameter"), message);
      assertTrue(message.contains("no/such/parameter"), message);
      assertEquals(1, message.lines().count());
      assertEquals("", ScipFunctions.creaseErrors().getString());
    } finally {
      ScipError.check("SCIPfree", ScipFunctions.SCIPfree(scip));
    }
    assertThrows(ScipError.class, () -> ScipError.check("SCIPsolve", -99));
  }

  @Test
  void aLimitOfScipsOwnIsNoProof() {
    Model hard = Models.marketSplit(Objective.Sense.MAXIMIZE, 3, 4);
    for (Map<String, String> limit :
        List.of(
            Map.of("limits/solutions", "1"),
            Map.of("limits/stallnodes", "1"),
            Map.of("limits/memory", "1"))) {
      SolveResult result =
          scip()
              .solve(
                  hard,
                  SolveOptions.builder()
                      .timeLimit(Duration.ofSeconds(60))
                      .parameters(limit)
                      .build(),
                  SolveListener.none());
      assertEquals(SolveStatus.OTHER_LIMIT, result.status(), result::toString);
      assertTrue(result.dualBound() >= 3 - 1e-6, result::toString);
    }
  }

  @Test
  void whatAListenerThrowsComesBackToTheCaller() {
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 4);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                scip()
                    .solve(
                        hard,
                        SolveOptions.builder().timeLimit(Duration.ofSeconds(60)).build(),
                        progress -> {
                          throw new IllegalStateException("listener");
                        }));
    assertEquals("listener", thrown.getMessage());
  }

  @Test
  void whatALogSinkThrowsComesBackToTheCaller() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                scip()
                    .solve(
                        Models.knapsack(12, 1).model(),
                        SolveOptions.builder()
                            .logSink(
                                line -> {
                                  throw new IllegalStateException("sink");
                                })
                            .build(),
                        SolveListener.none()));
    assertEquals("sink", thrown.getMessage());
  }

  @Test
  void refusesParametersThatWouldFakeAProof() {
    for (String name :
        List.of(
            "numerics/epsilon",
            "numerics/feastol",
            "limits/gap",
            "constraints/countsols/active",
            "constraints/nonlinear/assumeconvex",
            "constraints/indicator/generatebilinear")) {
      BadInput refused =
          assertThrows(
              BadInput.class,
              () ->
                  scip()
                      .solve(
                          Models.knapsack(6, 1).model(),
                          SolveOptions.builder().parameters(Map.of(name, "1")).build(),
                          SolveListener.none()));
      assertTrue(refused.getMessage().contains(name + " is reserved"), refused.getMessage());
    }
  }

  @Test
  void aSideBeyondScipsInfinityIsRefusedAndNotTakenForAContradiction() {
    Model.Builder m = Model.builder("beyond");
    Variable x = m.continuous("x", 0, Double.POSITIVE_INFINITY);
    m.atLeast("row", LinearExpression.of(x), 1e20);
    assertThrows(
        Unsupported.class,
        () -> scip().solve(m.build(), SolveOptions.defaults(), SolveListener.none()));
    Model.Builder relaxed = Model.builder("relaxed");
    Variable y = relaxed.continuous("y", 0, 5);
    relaxed.atMost("row", LinearExpression.of(y), 1e21);
    relaxed.objective(Objective.maximize(LinearExpression.of(y)));
    SolveResult result =
        scip().solve(relaxed.build(), SolveOptions.defaults(), SolveListener.none());
    assertEquals(5, result.solution().orElseThrow().objective(), 1e-9);
  }

  /** By itself it would take the better part of a minute. */
  @Test
  void aCancellationEndsALinearSolveInTheMiddle() throws Exception {
    int size = 700;
    Random random = new Random(1);
    Model.Builder m = Model.builder("dense");
    List<Variable> x = new ArrayList<>();
    for (int j = 0; j < size; j++) {
      x.add(m.continuous("x", -1, 1));
    }
    for (int i = 0; i < size; i++) {
      LinearExpression.Builder row = LinearExpression.builder();
      x.forEach(v -> row.add(random.nextDouble(-1, 1), v));
      m.range("row", -1, row.build(), 1);
    }
    Cancellation cancellation = new Cancellation();
    SolveOptions options = SolveOptions.builder().cancellation(cancellation).build();
    try (LinearSession session = scip().linearSession(m.build(), options).orElseThrow()) {
      Thread canceller =
          new Thread(
              () -> {
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                cancellation.cancel();
              });
      canceller.start();
      assertInstanceOf(
          LinearSession.Undecided.class, session.solve(random.doubles(size, -1, 1).toArray()));
      canceller.join();
    }
  }
}
