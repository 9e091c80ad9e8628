package dev.crease.solver.gurobi;

import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.Model;
import dev.crease.model.QuadraticConstraint;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.time.Duration;
import java.util.Optional;

/** Rows in which no variable occurs: they hold or they do not, whatever the solver finds. */
final class ConstantRows {

  private ConstantRows() {}

  /** The answer of a model that needs no solver: a row cannot hold, or there is no variable. */
  static Optional<SolveResult> answer(Model model, SolveOptions options, long start) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    for (Constraint constraint : model.constraints()) {
      if (isImpossible(constraint, options.tolerances().feasibility())) {
        return Optional.of(
            SolveResult.without(
                SolveStatus.INFEASIBLE,
                model.objective().sense(),
                0,
                elapsed,
                "row " + Text.oneLine(constraint.name()) + " has no variable and cannot hold"));
      }
    }
    if (!model.variables().isEmpty()) {
      return Optional.empty();
    }
    double objective = model.objective().expression().valueAt(new double[0]);
    return Optional.of(
        new SolveResult(
            SolveStatus.OPTIMAL,
            Optional.of(new SolveResult.Solution(new double[0], objective)),
            objective,
            0,
            elapsed,
            "the model has no variables"));
  }

  private static boolean isImpossible(Constraint constraint, double tolerance) {
    if (constraint instanceof LinearConstraint c) {
      return c.expression().isConstant() && !zeroIsBetween(c.lower(), c.upper(), tolerance);
    } else if (constraint instanceof QuadraticConstraint c) {
      return c.expression().isLinear()
          && c.expression().linear().isConstant()
          && !zeroIsBetween(c.lower(), c.upper(), tolerance);
    }
    return false;
  }

  /** Whether a row that is 0 keeps its range, to a tolerance. */
  static boolean zeroIsBetween(double lower, double upper, double tolerance) {
    return lower <= tolerance && upper >= -tolerance;
  }
}
