package dev.crease.solver.bridge;

import dev.crease.Rounding;
import dev.crease.Unsupported;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;

/**
 * Rewrites an indicator constraint {@code t = 1 -> l <= e <= u} as big-M: {@code e <= u + (max e -
 * u) (1 - t)} and {@code e >= l - (l - min e) (1 - t)}, with {@code t} in place of {@code 1 - t}
 * when it is 0 that enforces. The range of {@code e} follows from the bounds of its variables,
 * rounded outward; they must be finite.
 */
final class IndicatorBridge {

  private IndicatorBridge() {}

  /**
   * Adds the rewritten rows.
   *
   * @throws Unsupported if a variable of the implied row has no finite bound where one is needed;
   *     the message names it
   */
  static void rewrite(IndicatorConstraint constraint, Model model, Model.Builder into) {
    LinearConstraint implied = constraint.implied();
    LinearExpression e = implied.expression();
    boolean active = constraint.activeValue();
    Variable t = constraint.indicator();
    if (implied.upper() != Double.POSITIVE_INFINITY) {
      double m = Math.nextUp(largest(e, 1, model, constraint) - implied.upper());
      if (m > 0) {
        // e + m t <= u + m when t = 1 enforces, e - m t <= u when t = 0 does.
        into.atMost(
            constraint.name() + ".up",
            e.plus(LinearExpression.term(active ? m : -m, t)),
            active ? Math.nextUp(implied.upper() + m) : implied.upper());
      }
    }
    if (implied.lower() != Double.NEGATIVE_INFINITY) {
      double m = Math.nextUp(implied.lower() + largest(e, -1, model, constraint));
      if (m > 0) {
        into.atLeast(
            constraint.name() + ".lo",
            e.plus(LinearExpression.term(active ? -m : m, t)),
            active ? Math.nextDown(implied.lower() - m) : implied.lower());
      }
    }
  }

  /** An upper bound of {@code sign * e} over the variables' bounds. */
  private static double largest(
      LinearExpression e, int sign, Model model, IndicatorConstraint constraint) {
    double sum = 0;
    double magnitude = 0;
    for (int k = 0; k < e.size(); k++) {
      Variable x = model.variables().get(e.variable(k));
      double a = sign * e.coefficient(k);
      double bound = a > 0 ? x.upper() : x.lower();
      if (Double.isInfinite(bound)) {
        throw new Unsupported(
            "indicator constraint "
                + constraint.name()
                + " cannot be rewritten as big-M: variable "
                + x.name()
                + " has no finite bound");
      }
      sum += a * bound;
      magnitude += Math.abs(a * bound);
    }
    return sum + magnitude * Rounding.gamma(e.size());
  }
}
