package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.gurobi.gurobi.GRB;
import dev.crease.Cancellation;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.QuadraticExpression.Term;
import dev.crease.model.VariableType;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GurobiOutcomeTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void anOptimumWithAGapReportsTheBoundAndNotTheObjective() {
    SolveResult min = result(mip(Objective.Sense.MINIMIZE), GRB.Status.OPTIMAL, 4.5, 5.0);
    assertEquals(SolveStatus.OPTIMAL, min.status());
    assertEquals(5, min.solution().orElseThrow().objective());
    assertEquals(4.5, min.dualBound());
    SolveResult max = result(mip(Objective.Sense.MAXIMIZE), GRB.Status.OPTIMAL, 5.5, 5.0);
    assertEquals(5.5, max.dualBound());
  }

  @Test
  void aBoundThatCrossesTheIncumbentIsTheIncumbent() {
    assertEquals(
        5, result(mip(Objective.Sense.MINIMIZE), GRB.Status.OPTIMAL, 5.0000001, 5.0).dualBound());
    assertEquals(
        5, result(mip(Objective.Sense.MAXIMIZE), GRB.Status.OPTIMAL, 4.9999999, 5.0).dualBound());
  }

  @Test
  void anOptimumAtInfinityIsUnbounded() {
    for (double infinite : new double[] {1e100, INF, -1e100}) {
      SolveResult result = result(mip(Objective.Sense.MAXIMIZE), GRB.Status.OPTIMAL, infinite, 5.0);
      assertEquals(SolveStatus.UNBOUNDED, result.status());
      assertEquals(INF, result.dualBound());
      assertTrue(result.solution().isEmpty());
    }
  }

  @Test
  void anOptimumOfBranchAndBoundWithoutABoundIsAFailure() {
    SolveResult result = result(mip(Objective.Sense.MINIMIZE), GRB.Status.OPTIMAL, Double.NaN, 5.0);
    assertEquals(SolveStatus.ERROR, result.status());
    assertEquals(-INF, result.dualBound());
  }

  @Test
  void atALimitOfBranchAndBoundThereAreBoundAndIncumbent() {
    for (int code :
        new int[] {
          GRB.Status.TIME_LIMIT,
          GRB.Status.NODE_LIMIT,
          GRB.Status.SOLUTION_LIMIT,
          GRB.Status.INTERRUPTED,
          GRB.Status.USER_OBJ_LIMIT,
          GRB.Status.WORK_LIMIT,
          GRB.Status.MEM_LIMIT,
          GRB.Status.ITERATION_LIMIT
        }) {
      SolveResult result = result(mip(Objective.Sense.MINIMIZE), code, 2.5, 7.0);
      assertFalse(result.status().isProof());
      assertEquals(2.5, result.dualBound(), result::toString);
      assertEquals(7, result.solution().orElseThrow().objective());
      assertEquals(12, result.nodes());
      SolveResult alone = result(mip(Objective.Sense.MINIMIZE), code, 2.5);
      assertEquals(2.5, alone.dualBound(), alone::toString);
      assertTrue(alone.solution().isEmpty());
    }
  }

  @Test
  void anInfiniteBoundSaysNothing() {
    for (double none : new double[] {-1e100, 1e100, -INF, INF, Double.NaN}) {
      assertEquals(
          -INF, result(mip(Objective.Sense.MINIMIZE), GRB.Status.TIME_LIMIT, none).dualBound());
      assertEquals(
          INF, result(mip(Objective.Sense.MAXIMIZE), GRB.Status.TIME_LIMIT, none).dualBound());
    }
  }

  @Test
  void aUsersCutoffProvesNothingOfWhatItLeavesOut() {
    Model model = mip(Objective.Sense.MINIMIZE);
    for (int code : new int[] {GRB.Status.CUTOFF, GRB.Status.INFEASIBLE}) {
      SolveResult cut = cutOff(model, code, 3.5, 3);
      assertEquals(SolveStatus.OTHER_LIMIT, cut.status());
      assertEquals(-INF, cut.dualBound());
    }
    assertEquals(2.5, cutOff(model, GRB.Status.TIME_LIMIT, 2.5, 3).dualBound());
    assertEquals(3, cutOff(model, GRB.Status.TIME_LIMIT, 3.5, 3).dualBound());
    assertEquals(SolveStatus.INFEASIBLE, cutOff(model, GRB.Status.INFEASIBLE, INF, 1e100).status());
  }

  private static SolveResult cutOff(Model model, int code, double bound, double cutoff) {
    return new GurobiOutcome(code, true, bound, Optional.empty(), 12, 1e-2, 1e-3, cutoff)
        .result(model, SolveOptions.defaults(), Duration.ZERO);
  }

  @Test
  void aFailureYieldsNeitherBoundNorPoint() {
    for (int code :
        new int[] {
          GRB.Status.NUMERIC, GRB.Status.SUBOPTIMAL, GRB.Status.LOADED, GRB.Status.INPROGRESS, 99
        }) {
      SolveResult result = result(mip(Objective.Sense.MINIMIZE), code, 5, 5.0);
      assertEquals(SolveStatus.ERROR, result.status());
      assertEquals(-INF, result.dualBound());
      assertTrue(result.solution().isEmpty());
    }
  }

  @Test
  void withoutAnOptimumThereIsNeitherBoundNorPoint() {
    for (int code :
        new int[] {GRB.Status.INFEASIBLE, GRB.Status.INF_OR_UNBD, GRB.Status.UNBOUNDED}) {
      SolveResult result = result(mip(Objective.Sense.MAXIMIZE), code, 5, 5.0);
      assertEquals(INF, result.dualBound());
      assertTrue(result.solution().isEmpty());
    }
  }

  @Test
  void theOptimumOfALinearProgramIsItsBound() {
    assertEquals(5, result(linear(), GRB.Status.OPTIMAL, Double.NaN, 5.0).dualBound());
    assertEquals(4.9, result(linear(), GRB.Status.OPTIMAL, 4.9, 5.0).dualBound());
    assertEquals(5, result(linear(), GRB.Status.OPTIMAL, 5.1, 5.0).dualBound());
  }

  @Test
  void aStoppedLinearProgramHasNoBound() {
    SolveResult result = result(linear(), GRB.Status.TIME_LIMIT, 4, 5.0);
    assertEquals(-INF, result.dualBound());
    assertEquals(5, result.solution().orElseThrow().objective());
  }

  @Test
  void anIterateOfAStoppedSolveIsAnIncumbentOnlyWhereItIsFeasible() {
    // The variable is at least 0.
    assertTrue(result(linear(), GRB.Status.TIME_LIMIT, 4, -1.0).solution().isEmpty());
    assertTrue(result(linear(), GRB.Status.TIME_LIMIT, 4, Double.NaN).solution().isEmpty());
    assertTrue(result(linear(), GRB.Status.TIME_LIMIT, 4, -1e-8).solution().isPresent());
    // What is called optimal is left to be refused where answers are checked.
    assertTrue(result(linear(), GRB.Status.OPTIMAL, 4, -1.0).solution().isPresent());
  }

  @Test
  void theOptimumOfAContinuousQuadraticModelLeavesRoomForTheGap() {
    Model.Builder m = Model.builder("qp");
    m.continuous("x", 0, 10);
    m.objective(
        new Objective(
            Objective.Sense.MINIMIZE,
            new QuadraticExpression(List.of(new Term(0, 0, 1)), LinearExpression.zero())));
    Model model = m.build();
    assertEquals(100 - 1, result(model, GRB.Status.OPTIMAL, Double.NaN, 10.0).dualBound(), 1e-9);
    assertEquals(0.25 - 0.01, result(model, GRB.Status.OPTIMAL, -INF, 0.5).dualBound(), 1e-9);
    assertEquals(80, result(model, GRB.Status.OPTIMAL, 80, 10.0).dualBound());
    assertEquals(-INF, result(model, GRB.Status.TIME_LIMIT, 80, 10.0).dualBound());
  }

  @Test
  void aContinuousModelThatIsBranchedOnHasTheBoundOfTheTree() {
    Model model = linear();
    GurobiOutcome branched =
        new GurobiOutcome(GRB.Status.TIME_LIMIT, true, 4, Optional.empty(), 12, 1e-2, 1e-3, 1e100);
    assertEquals(4, branched.result(model, SolveOptions.defaults(), Duration.ZERO).dualBound());
  }

  @Test
  void interruptedIsWhatSomebodyAskedFor() {
    Model model = mip(Objective.Sense.MINIMIZE);
    assertEquals(SolveStatus.OTHER_LIMIT, result(model, GRB.Status.INTERRUPTED, 4, 5.0).status());
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    assertEquals(
        SolveStatus.INTERRUPTED,
        outcome(model, GRB.Status.INTERRUPTED, 4, 5.0)
            .result(model, SolveOptions.builder().cancellation(cancelled).build(), Duration.ZERO)
            .status());
  }

  private static Model mip(Objective.Sense sense) {
    return model(VariableType.INTEGER, sense);
  }

  private static Model linear() {
    return model(VariableType.CONTINUOUS, Objective.Sense.MINIMIZE);
  }

  private static Model model(VariableType type, Objective.Sense sense) {
    Model.Builder m = Model.builder("model");
    LinearExpression x = LinearExpression.of(m.add("x", type, 0, 10));
    return m.objective(new Objective(sense, QuadraticExpression.of(x))).build();
  }

  private static SolveResult result(Model model, int code, double bound, double... point) {
    return outcome(model, code, bound, point).result(model, SolveOptions.defaults(), Duration.ZERO);
  }

  private static GurobiOutcome outcome(Model model, int code, double bound, double... point) {
    return new GurobiOutcome(
        code,
        model.integralCount() > 0,
        bound,
        point.length == 0 ? Optional.empty() : Optional.of(point),
        12,
        1e-2,
        1e-3,
        1e100);
  }
}
