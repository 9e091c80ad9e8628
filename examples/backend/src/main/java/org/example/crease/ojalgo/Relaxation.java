package org.example.crease.ojalgo;

import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ojalgo.optimisation.Optimisation;

/**
 * The linear program under a model without its integrality, always to be minimised. ojAlgo finds
 * points and multipliers; what it calls optimal or infeasible counts only as far as {@link
 * DualProof} follows it.
 */
final class Relaxation {

  /**
   * What is known of a box.
   *
   * @param bound proved: no point of the box is better; infinite when the box has no point
   * @param point a point as good as the bound, to the tolerances, when there is one
   * @param said ojAlgo's own word
   */
  record Answer(double bound, Optional<double[]> point, Optimisation.State said) {}

  private final Model model;
  private final Simplex simplex;
  private final double tolerance;
  private final double[] cost;
  private final List<LinearConstraint> rows;
  private final Program program;
  private final Elastic elastic;

  Relaxation(Model model, SolveOptions options, Simplex simplex) {
    this.model = model;
    this.simplex = simplex;
    this.tolerance = options.tolerances().feasibility();
    this.cost = new double[model.variables().size()];
    this.rows = new ArrayList<>();
    for (Constraint constraint : model.constraints()) {
      // The capabilities admit no other kind.
      rows.add((LinearConstraint) constraint);
    }
    LinearExpression objective = model.objective().expression().linear();
    for (int k = 0; k < objective.size(); k++) {
      cost[objective.variable(k)] = sign() * objective.coefficient(k);
    }
    program = new Program(cost, rows);
    elastic = new Elastic(cost.length, rows, tolerance);
  }

  /** 1 when the model minimises, -1 when it maximises. */
  double sign() {
    return model.objective().isMinimize() ? 1 : -1;
  }

  /** What is to be minimised, at a point, without its constant. */
  double valueAt(double[] point) {
    double sum = 0;
    for (int j = 0; j < point.length; j++) {
      sum += cost[j] * point[j];
    }
    return sum;
  }

  /** Solves within a box, with one simplex code and, where that proves nothing, with the other. */
  Answer solve(double[] lower, double[] upper, Clock clock) {
    Answer first = attempt(lower, upper, simplex, clock);
    boolean done = first.bound == Double.POSITIVE_INFINITY || first.point.isPresent();
    if (done || clock.isOver()) {
      return first;
    }
    Answer second = attempt(lower, upper, simplex.other(), clock);
    boolean better = second.point.isPresent() || second.bound > first.bound;
    return better ? second : first;
  }

  private Answer attempt(double[] lower, double[] upper, Simplex code, Clock clock) {
    Program.Answer raw = program.minimize(lower, upper, code, clock.millisLeft());
    double bound = DualProof.bound(cost, rows, lower, upper, raw.y());
    if (raw.state().isOptimal()) {
      double[] x = within(raw.x(), lower, upper);
      double value = valueAt(x);
      double gap = value - bound;
      boolean closed = gap <= tolerance * Math.max(1, Math.abs(value));
      if (closed && violation(x) <= tolerance) {
        return new Answer(bound, Optional.of(x), raw.state());
      }
    }
    if (!clock.isOver() && elastic.isInfeasible(lower, upper, code, clock)) {
      return new Answer(Double.POSITIVE_INFINITY, Optional.empty(), raw.state());
    }
    return new Answer(bound, Optional.empty(), raw.state());
  }

  private static double[] within(double[] x, double[] lower, double[] upper) {
    double[] y = Arrays.copyOf(x, x.length);
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.max(lower[j], Math.min(upper[j], y[j]));
    }
    return y;
  }

  private double violation(double[] x) {
    double worst = 0;
    for (LinearConstraint row : rows) {
      double value = row.expression().valueAt(x);
      worst = Math.max(worst, Math.max(row.lower() - value, value - row.upper()));
    }
    return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
  }

  /** The bounds that the model gives, those of integers rounded inward. */
  void box(double[] lower, double[] upper) {
    for (Variable v : model.variables()) {
      lower[v.index()] = v.isIntegral() ? Math.ceil(v.lower()) : v.lower();
      upper[v.index()] = v.isIntegral() ? Math.floor(v.upper()) : v.upper();
    }
  }
}
