package dev.crease.solver.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckedSolverTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  /** min x + y with x + y >= 2, x integer, both in [0, 5]. */
  private static Model model(Objective.Sense sense) {
    Model.Builder m = Model.builder("m");
    Variable x = m.integer("x", 0, 5);
    Variable y = m.continuous("y", 0, 5);
    LinearExpression sum = LinearExpression.builder().add(1, x).add(1, y).build();
    m.range("row", 2, sum, 8);
    return m.objective(
            sense == Objective.Sense.MINIMIZE ? Objective.minimize(sum) : Objective.maximize(sum))
        .build();
  }

  private static SolveResult checked(Objective.Sense sense, SolveResult told) {
    return new CheckedSolver(FakeSolver.of((m, o, l) -> told))
        .solve(model(sense), SolveOptions.defaults(), SolveListener.none());
  }

  private static void assertAccepted(Objective.Sense sense, SolveResult told) {
    assertSame(told, checked(sense, told));
  }

  private static void assertRefused(String why, SolveResult told) {
    assertRefused(Objective.Sense.MINIMIZE, why, told);
  }

  private static void assertRefused(Objective.Sense sense, String why, SolveResult told) {
    SolveResult result = checked(sense, told);
    assertEquals(SolveStatus.ERROR, result.status());
    assertTrue(result.solution().isEmpty());
    assertEquals(SolveResult.noBound(sense), result.dualBound());
    assertTrue(result.message().contains(why), result.message());
    assertTrue(result.message().contains("fake"), result.message());
    assertEquals(1, result.message().lines().count());
  }

  @Test
  void refusesModelsOfWhichSolversWouldDropWhatMatters() {
    // Each coefficient alone moves the row by less than the tolerance of 1e-7, forty of them more.
    assertEquals(SolveStatus.INFEASIBLE, solveRowOf(5, 5e-9, 1).status());
    Unsupported refused = assertThrows(Unsupported.class, () -> solveRowOf(40, 5e-9, 1));
    assertTrue(refused.getMessage().contains("scale the model"), refused.getMessage());
    assertTrue(refused.getMessage().contains("row"), refused.getMessage());
    assertThrows(Unsupported.class, () -> solveRowOf(1, 5e-10, 8e9));
    assertThrows(Unsupported.class, () -> solveRowOf(1, -5e-10, INF));
    assertEquals(SolveStatus.INFEASIBLE, solveRowOf(40, 1e-7, 8e9).status());
  }

  private static SolveResult solveRowOf(int count, double coefficient, double reach) {
    Model.Builder m = Model.builder("m");
    LinearExpression.Builder row = LinearExpression.builder();
    for (int k = 0; k < count; k++) {
      row.add(coefficient, m.continuous("x" + k, 0, reach));
    }
    m.atLeast("row", row.build(), 1);
    SolveResult told = FakeSolver.result(SolveStatus.INFEASIBLE, -INF);
    return new CheckedSolver(FakeSolver.of((model, o, l) -> told))
        .solve(m.build(), SolveOptions.defaults(), SolveListener.none());
  }

  @Test
  void refusesAStartOfAVariableThatIsNotThere() {
    CheckedSolver solver =
        new CheckedSolver(
            FakeSolver.of((m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF)));
    for (int index : new int[] {-1, 2}) {
      SolveOptions start = SolveOptions.builder().warmStart(Map.of(index, 1.0)).build();
      assertThrows(
          BadInput.class,
          () -> solver.solve(model(Objective.Sense.MINIMIZE), start, SolveListener.none()));
    }
  }

  @Test
  void passesOnWhatHoldsWater() {
    Objective.Sense min = Objective.Sense.MINIMIZE;
    assertAccepted(min, FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, 1, 1));
    assertAccepted(min, FakeSolver.result(SolveStatus.OPTIMAL, 2, 2 - 1e-6, 1 + 1e-7, 1));
    assertAccepted(min, FakeSolver.result(SolveStatus.TIME_LIMIT, 4, 1, 2, 2));
    assertAccepted(min, FakeSolver.result(SolveStatus.TIME_LIMIT, 4, -INF, 2, 2));
    assertAccepted(min, FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    assertAccepted(min, FakeSolver.result(SolveStatus.INTERRUPTED, 1));
    assertAccepted(Objective.Sense.MAXIMIZE, FakeSolver.result(SolveStatus.OPTIMAL, 8, 8, 4, 4));
    assertAccepted(Objective.Sense.MAXIMIZE, FakeSolver.result(SolveStatus.NODE_LIMIT, 7, 9, 4, 3));
  }

  @Test
  void refusesABoundOnTheWrongSide() {
    assertRefused("dual bound", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2.5, 1, 1));
    assertRefused("dual bound", FakeSolver.result(SolveStatus.TIME_LIMIT, 4, INF, 2, 2));
    assertRefused(
        Objective.Sense.MAXIMIZE,
        "dual bound",
        FakeSolver.result(SolveStatus.TIME_LIMIT, 7, 6, 4, 3));
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertRefused("dual bound", FakeSolver.result(SolveStatus.OPTIMAL, 2, Double.NaN, 1, 1));
    assertRefused("dual bound", FakeSolver.result(SolveStatus.TIME_LIMIT, Double.NaN));
    assertRefused("value", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, Double.NaN, 1));
    assertRefused("value", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, 1, INF));
    assertRefused("objective", FakeSolver.result(SolveStatus.OPTIMAL, Double.NaN, 2, 1, 1));
  }

  @Test
  void refusesAnObjectiveThatIsNotThePoints() {
    assertRefused("objective", FakeSolver.result(SolveStatus.OPTIMAL, 3, 2, 1, 1));
    assertRefused("objective", FakeSolver.result(SolveStatus.OPTIMAL, -2, -2, 1, 1));
  }

  @Test
  void refusesAPointThatIsNotFeasible() {
    assertRefused("violates", FakeSolver.result(SolveStatus.OPTIMAL, 1, 1, 0, 1));
    assertRefused("violates", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, 0.5, 1.5));
    assertRefused("violates", FakeSolver.result(SolveStatus.TIME_LIMIT, 5, 2, 6, -1));
  }

  @Test
  void refusesProofsWithoutWhatProvesThem() {
    assertRefused("without a point", FakeSolver.result(SolveStatus.OPTIMAL, 2));
    assertRefused("with a point", FakeSolver.result(SolveStatus.INFEASIBLE, 2, -INF, 1, 1));
    assertRefused("1 values", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, 2));
    assertRefused("3 values", FakeSolver.result(SolveStatus.OPTIMAL, 2, 2, 1, 1, 0));
  }

  @Test
  void refusesModelsThatTheBackendCannotTake() {
    MipSolver solver =
        new CheckedSolver(
            FakeSolver.of(
                    (m, o, l) -> {
                      throw new AssertionError("asked");
                    })
                .without(Capability.INTEGER));
    Unsupported refused =
        assertThrows(
            Unsupported.class,
            () ->
                solver.solve(
                    model(Objective.Sense.MINIMIZE),
                    SolveOptions.defaults(),
                    SolveListener.none()));
    assertTrue(refused.getMessage().contains("fake"));
    assertTrue(refused.getMessage().contains("x"));
  }
}
