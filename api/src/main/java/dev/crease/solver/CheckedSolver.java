package dev.crease.solver;

import dev.crease.Unsupported;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import java.util.Optional;

/**
 * Refuses models that the backend cannot take, and turns answers that contradict themselves into
 * errors: values that are not numbers, a point that violates the model, an objective that is not
 * that of the point, a dual bound on the wrong side of the incumbent, "optimal" without a point.
 */
public final class CheckedSolver extends ForwardingSolver {

  /** How far past the tolerance that was asked for a point may be before it is refused. */
  private static final double SLACK = 1e3;

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
    SolveResult result = super.solve(model, options, listener);
    Objective.Sense sense = model.objective().sense();
    return objection(model, options, result)
        .map(why -> result.rejected(sense, "answer of " + id() + " refused: " + why))
        .orElse(result);
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
    double allowed =
        SLACK * Math.max(options.feasibilityTolerance(), options.integralityTolerance());
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
