package dev.crease.solver.bridge;

import dev.crease.Unsupported;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;

/**
 * Rewrites "at most one of these is nonzero" with a binary per variable: {@code l b <= x <= u b}
 * and {@code sum b <= 1}. The variables' bounds must be finite.
 */
final class Sos1Bridge {

  private Sos1Bridge() {}

  /**
   * Adds the binaries and the rewritten rows.
   *
   * @throws Unsupported if a variable has no finite bounds; the message names it
   */
  static void rewrite(Sos1Constraint constraint, Model.Builder into) {
    LinearExpression.Builder sum = LinearExpression.builder();
    for (Variable x : constraint.variables()) {
      if (Double.isInfinite(x.lower()) || Double.isInfinite(x.upper())) {
        throw new Unsupported(
            "SOS1 constraint "
                + constraint.name()
                + " cannot be rewritten with binaries: variable "
                + x.name()
                + " has no finite bounds");
      }
      Variable b = into.binary("b_" + constraint.name() + "_" + x.index());
      sum.add(1, b);
      LinearExpression value = LinearExpression.of(x);
      into.atMost(constraint.name() + ".up", value.minus(LinearExpression.term(x.upper(), b)), 0);
      into.atLeast(constraint.name() + ".lo", value.minus(LinearExpression.term(x.lower(), b)), 0);
    }
    into.atMost(constraint.name(), sum.build(), 1);
  }
}
