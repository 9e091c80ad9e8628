package dev.crease.solver.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.registry.SolverRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a backend breaks is an answer, or a failure that names it. */
@Timeout(60)
class ContainedSolverTest {

  private static final double[] COST = {1};

  private static Model model() {
    Model.Builder m = Model.builder("m");
    var x = m.continuous("x", 0, 1);
    m.atLeast("row", LinearExpression.of(x), 0.5);
    return m.objective(Objective.maximize(LinearExpression.of(x))).build();
  }

  private static SolveResult solve(FakeSolver.Script script) {
    return SolverRegistry.guarded(FakeSolver.of(script))
        .solve(model(), SolveOptions.defaults(), SolveListener.none());
  }

  private static void raise(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) thrown;
  }

  @Test
  void whateverASolveThrowsIsAnErrorThatNamesTheSolver() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("boom"),
            new StackOverflowError(),
            new OutOfMemoryError("Java heap space"),
            new NoClassDefFoundError("org/lib/Missing"),
            new SolverFailure("the solver's own words"),
            new BackendUnavailable("the licence is gone"))) {
      SolveResult result =
          solve(
              (m, o, l) -> {
                raise(thrown);
                throw new AssertionError();
              });
      assertEquals(SolveStatus.ERROR, result.status());
      assertTrue(result.solution().isEmpty());
      assertEquals(Double.POSITIVE_INFINITY, result.dualBound());
      assertEquals("solver fake failed: " + ForeignCode.reason(thrown), result.message());
    }
  }

  @Test
  void aRecursionWithoutEndIsSurvived() {
    SolveResult deep = solve((m, o, l) -> descend(Integer.MAX_VALUE));
    assertEquals("solver fake failed: StackOverflowError", deep.message());
  }

  private static SolveResult descend(int levels) {
    return levels == 0
        ? FakeSolver.result(SolveStatus.OPTIMAL, 1, 1, 1)
        : descend(levels - 1).rejected(Objective.Sense.MINIMIZE, "");
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsNoAnswer() {
    assertEquals("solver fake failed: it gave no result", solve((m, o, l) -> null).message());
    SolveResult whole = FakeSolver.result(SolveStatus.OPTIMAL, 1, 1, 1);
    List<FakeSolver.Script> scripts =
        List.of(
            (m, o, l) -> new SolveResult(null, whole.solution(), 1, 1, whole.elapsed(), ""),
            (m, o, l) -> new SolveResult(whole.status(), null, 1, 1, whole.elapsed(), ""),
            (m, o, l) -> new SolveResult(whole.status(), whole.solution(), 1, 1, null, ""),
            (m, o, l) ->
                new SolveResult(whole.status(), whole.solution(), 1, 1, Duration.ZERO, null),
            (m, o, l) ->
                new SolveResult(
                    whole.status(),
                    Optional.of(new SolveResult.Solution(null, 1)),
                    1,
                    1,
                    Duration.ZERO,
                    ""));
    for (FakeSolver.Script script : scripts) {
      SolveResult result = solve(script);
      assertEquals(SolveStatus.ERROR, result.status());
      assertTrue(result.message().startsWith("solver fake failed: NullPointerException: the "));
    }
  }

  @Test
  void mistakesOfTheCallersComeThrough() {
    for (RuntimeException thrown : List.of(new BadInput("parameter"), new Unsupported("kind"))) {
      assertSame(
          thrown,
          assertThrows(
              thrown.getClass(),
              () ->
                  solve(
                      (m, o, l) -> {
                        throw thrown;
                      })));
    }
  }

  /** A backend whose sessions do what a test says. */
  private record Sessions(Optional<LinearSession> session, Optional<Throwable> thrown)
      implements MipSolver {
    @Override
    public String id() {
      return "fake";
    }

    @Override
    public String version() {
      return "Fake 1";
    }

    @Override
    public Availability availability() {
      return Availability.available();
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.of(Capability.CONTINUOUS, Capability.LINEAR_SESSION);
    }

    @Override
    public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
      throw new AssertionError("never asked");
    }

    @Override
    public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
      thrown.ifPresent(ContainedSolverTest::raise);
      return session;
    }
  }

  private static Optional<LinearSession> open(MipSolver solver) {
    return SolverRegistry.guarded(solver).linearSession(model(), SolveOptions.defaults());
  }

  /** A session that does what a test says. */
  private record Scripted(java.util.function.Supplier<LinearSession.Outcome> script)
      implements LinearSession {
    @Override
    public Outcome solve(double[] cost) {
      return script.get();
    }

    @Override
    public void setBounds(double[] lower, double[] upper) {
      run();
    }

    @Override
    public void setSides(double[] lower, double[] upper) {
      run();
    }

    @Override
    public void setCoefficient(int row, int variable, double value) {
      run();
    }

    private void run() {
      var unused = script.get();
    }

    @Override
    public void close() {
      throw new IllegalStateException("cannot close");
    }
  }

  private static LinearSession session(java.util.function.Supplier<LinearSession.Outcome> s) {
    return open(new Sessions(Optional.of(new Scripted(s)), Optional.empty())).orElseThrow();
  }

  @Test
  @SuppressWarnings("NullAway")
  void aSessionThatFailsIsAFailureThatNamesTheSolver() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("boom"),
            new StackOverflowError(),
            new NoClassDefFoundError("org/lib/Missing"),
            new BackendUnavailable("gone"),
            new BadInput("odd"))) {
      String expected = "solver fake failed: " + ForeignCode.reason(thrown);
      SolverFailure opening =
          assertThrows(
              SolverFailure.class, () -> open(new Sessions(Optional.empty(), Optional.of(thrown))));
      assertEquals(expected, opening.getMessage());
      try (LinearSession session =
          session(
              () -> {
                raise(thrown);
                return new LinearSession.Undecided();
              })) {
        SolverFailure solving = assertThrows(SolverFailure.class, () -> session.minimize(COST));
        assertEquals(expected, solving.getMessage());
        SolverFailure changing =
            assertThrows(SolverFailure.class, () -> session.setBounds(COST, COST));
        assertEquals(expected, changing.getMessage());
      }
    }
    assertThrows(SolverFailure.class, () -> open(new Sessions(null, Optional.empty())));
    try (LinearSession session = session(() -> null)) {
      assertThrows(SolverFailure.class, () -> session.minimize(COST));
    }
  }

  @Test
  void anOptimumOfTheWrongSizeIsAFailure() {
    double[] none = {};
    double[] two = {1, 2};
    for (double[] wrong : List.of(none, two)) {
      for (LinearSession.Optimum optimum :
          List.of(new LinearSession.Optimum(wrong, COST), new LinearSession.Optimum(COST, wrong))) {
        try (LinearSession session = session(() -> optimum)) {
          SolverFailure failure = assertThrows(SolverFailure.class, () -> session.minimize(COST));
          assertTrue(failure.getMessage().contains(wrong.length + " "), failure.getMessage());
        }
      }
    }
  }

  @Test
  void aGoodSessionIsLeftAlone() {
    LinearSession.Optimum optimum = new LinearSession.Optimum(COST, COST);
    LinearSession session = session(() -> optimum);
    assertSame(optimum, session.minimize(COST).orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> session.minimize(new double[2]));
    session.close();
    assertThrows(IllegalStateException.class, () -> session.minimize(COST));
    assertTrue(open(new Sessions(Optional.empty(), Optional.empty())).isEmpty());
  }
}
