package dev.crease.solver.guard;

import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.Optional;

/**
 * Refuses models that the backend cannot take, or would change by dropping what is small, and turns
 * answers that contradict themselves into errors: values that are not numbers, a point that
 * violates the model, an objective that is not that of the point, a dual bound on the wrong side of
 * the incumbent, "optimal" without a point.
 */
public final class CheckedSolver extends ForwardingSolver {

  /** How far past the tolerance that was asked for a point may be before it is refused. */
  private static final double SLACK = 1e3;

  /**
   * Solvers drop coefficients up to 1e-9 (an epsilon of theirs), some of them after scaling the
   * rows.
   */
  private static final double DROPPED = 1e-8;

  private static final LinearConstraint NO_ROW =
      new LinearConstraint(
          "", LinearExpression.zero(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Decorates a solver. */
  public CheckedSolver(MipSolver delegate) {
    super(delegate);
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    Optional<String> refusal = capabilities().refusal(model);
    if (refusal.isPresent()) {
      throw new Unsupported(
          "solver " + id() + " cannot take model " + model.name() + ": " + refusal.get());
    }
    lostCoefficient(model, options.tolerances().feasibility())
        .ifPresent(
            why -> {
              throw new Unsupported(
                  "solver " + id() + " cannot take model " + model.name() + ": " + why);
            });
    for (int index : options.warmStart().keySet()) {
      if (index < 0 || index >= model.variables().size()) {
        throw new BadInput(
            "the start names variable "
                + index
                + ", and the model has "
                + model.variables().size());
      }
    }
    SolveResult result = super.solve(model, options, listener);
    Objective.Sense sense = model.objective().sense();
    return objection(model, options, result)
        .map(why -> result.rejected(sense, "answer of " + id() + " refused: " + why))
        .orElse(result);
  }

  /** Coefficients that solvers drop, though together they move a row by more than the tolerance. */
  private static Optional<String> lostCoefficient(Model model, double tolerance) {
    for (Constraint constraint : model.constraints()) {
      LinearConstraint row =
          constraint instanceof LinearConstraint c
              ? c
              : constraint instanceof IndicatorConstraint c ? c.implied() : NO_ROW;
      LinearExpression e = row.expression();
      double lost = 0;
      for (int k = 0; k < e.size(); k++) {
        double a = Math.abs(e.coefficient(k));
        if (a <= DROPPED) {
          Variable x = model.variables().get(e.variable(k));
          lost += a * Math.max(Math.abs(x.lower()), Math.abs(x.upper()));
          if (lost > tolerance) {
            return Optional.of(
                "coefficient "
                    + e.coefficient(k)
                    + " of variable "
                    + x.name()
                    + " in row "
                    + constraint.name()
                    + " is so small that solvers drop it; scale the model");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> objection(Model model, SolveOptions options, SolveResult result) {
    if (Double.isNaN(result.dualBound())) {
      return Optional.of("its dual bound is not a number");
    }
    if (result.solution().isEmpty()) {
      return result.status() == SolveStatus.OPTIMAL
          ? Optional.of("it is optimal without a point")
          : Optional.empty();
    }
    if (result.status() == SolveStatus.INFEASIBLE) {
      return Optional.of("it is infeasible with a point");
    }
    SolveResult.Solution solution = result.solution().get();
    if (solution.values().length != model.variables().size()) {
      return Optional.of("the point has " + solution.values().length + " values");
    }
    double allowed = SLACK * options.tolerances().largest();
    double scale = 1;
    for (double value : solution.values()) {
      if (!Double.isFinite(value)) {
        return Optional.of("a value of the point is " + value);
      }
      scale = Math.max(scale, Math.abs(value));
    }
    double violation = model.violation(solution.values());
    if (violation > allowed * scale) {
      return Optional.of("the point violates the model by " + violation);
    }
    double objective = model.objective().expression().valueAt(solution.values());
    double room = allowed * Math.max(scale, Math.abs(objective));
    if (!(Math.abs(objective - solution.objective()) <= room)) {
      return Optional.of(
          "the objective of the point is " + objective + ", not " + solution.objective());
    }
    boolean crossed =
        model.objective().isMinimize()
            ? result.dualBound() > objective + room
            : result.dualBound() < objective - room;
    return crossed
        ? Optional.of("the dual bound " + result.dualBound() + " excludes the point's " + objective)
        : Optional.empty();
  }
}
