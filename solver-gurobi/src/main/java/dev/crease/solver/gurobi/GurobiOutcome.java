package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.model.Model;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * What Gurobi said at the end of a solve, and how far that is believed. Of Gurobi only constants
 * are used.
 *
 * @param code the status
 * @param isMip whether Gurobi branched, so that its bound is one of the whole tree
 * @param objectiveBound the attribute of that name, NaN when Gurobi has none
 * @param point values of the variables, when there is a solution
 * @param nodes nodes, or -1
 * @param relativeGap by how much, times the objective, Gurobi was allowed to stop early
 * @param absoluteGap by how much it was allowed to stop early
 * @param cutoff worse points than this were left out at the user's wish; infinite otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record GurobiOutcome(
    int code,
    boolean isMip,
    double objectiveBound,
    Optional<double[]> point,
    long nodes,
    double relativeGap,
    double absoluteGap,
    double cutoff) {

  /** By how many tolerances a point may be off and still count as an incumbent at a limit. */
  private static final double SLACK = 10;

  /** The result: a failure never yields a bound, and at a limit only branch and bound does. */
  SolveResult result(Model model, SolveOptions options, Duration elapsed) {
    SolveStatus status = status(options);
    String message = GurobiStatus.message(code);
    boolean optimal = status == SolveStatus.OPTIMAL;
    if (!optimal && !isLimit(status)) {
      return SolveResult.without(status, model.objective().sense(), nodes, elapsed, message);
    }
    Optional<SolveResult.Solution> solution =
        point
            .filter(values -> optimal || isFeasible(model, options, values))
            .map(
                values ->
                    new SolveResult.Solution(
                        values, model.objective().expression().valueAt(values)));
    double bound = SolveResult.noBound(model.objective().sense());
    if (isMip) {
      bound = ofTree(model);
    } else if (optimal && solution.isPresent()) {
      bound = ofContinuousOptimum(model, solution.get().objective());
    }
    if (solution.isPresent()) {
      // A bound that would exclude the incumbent by a rounding error is not one.
      bound = weaker(model, bound, solution.get().objective());
    }
    return new SolveResult(status, solution, bound, nodes, elapsed, message);
  }

  private SolveStatus status(SolveOptions options) {
    SolveStatus status =
        GurobiStatus.solveStatus(code, options.limits().cancellation().isCancelled());
    if (status == SolveStatus.INFEASIBLE && isFinite(cutoff)) {
      // Where presolve finds that nothing beats the cutoff, Gurobi calls the model infeasible.
      return SolveStatus.OTHER_LIMIT;
    }
    if (status == SolveStatus.OPTIMAL && isMip && !isFinite(objectiveBound)) {
      // An unbounded integer model can come back as optimal at infinity.
      return Double.isNaN(objectiveBound) ? SolveStatus.ERROR : SolveStatus.UNBOUNDED;
    }
    return status;
  }

  private static boolean isLimit(SolveStatus status) {
    return switch (status) {
      case TIME_LIMIT, NODE_LIMIT, OTHER_LIMIT, INTERRUPTED -> true;
      case OPTIMAL, INFEASIBLE, UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> false;
    };
  }

  /** An interrupted simplex or barrier may leave a point that is not feasible yet. */
  private static boolean isFeasible(Model model, SolveOptions options, double[] values) {
    double scale = 1;
    for (double value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    double tolerance = options.tolerances().largest();
    return model.violation(values) <= SLACK * tolerance * scale;
  }

  /** Gurobi's bound, unless it is none: missing, infinite, or of points that beat the cutoff. */
  private double ofTree(Model model) {
    boolean cut = code == GRB.Status.CUTOFF || (code == GRB.Status.INFEASIBLE && isFinite(cutoff));
    if (!isFinite(objectiveBound) || cut) {
      return SolveResult.noBound(model.objective().sense());
    }
    return isFinite(cutoff) ? weaker(model, objectiveBound, cutoff) : objectiveBound;
  }

  /**
   * A linear program's optimum is its own bound. A continuous quadratic one is found to the gaps
   * that Gurobi was allowed, and Gurobi need not tell its bound.
   */
  private double ofContinuousOptimum(Model model, double objective) {
    double bound = objective;
    if (!model.isLinearProgram()) {
      double room = Math.max(absoluteGap, relativeGap * Math.max(1, Math.abs(objective)));
      bound = model.objective().isMinimize() ? objective - room : objective + room;
    }
    return isFinite(objectiveBound) ? weaker(model, bound, objectiveBound) : bound;
  }

  private static double weaker(Model model, double first, double second) {
    return model.objective().isMinimize() ? Math.min(first, second) : Math.max(first, second);
  }

  /** Gurobi's infinity is a number. */
  private static boolean isFinite(double value) {
    return Math.abs(value) < GRB.INFINITY;
  }
}
