package dev.crease.encoding;

import dev.crease.bounds.Norm;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ||x - c||_q <= rho} as constraints, for a number or a variable {@code rho >= 0}. L1 takes
 * a variable {@code a_i >= |x_i - c_i|} per coordinate with {@code sum a_i <= rho}; L-infinity
 * {@code |x_i - c_i| <= rho}; L2 is the convex {@code sum (x_i - c_i)^2 <= rho^2} and needs a
 * backend with quadratic constraints.
 */
public final class NormBall {

  private NormBall() {}

  /** Whether the ball needs quadratic constraints. */
  public static boolean isQuadratic(Norm norm) {
    return norm == Norm.L2;
  }

  /**
   * Adds the ball.
   *
   * @param model where to add
   * @param name prefix of names
   * @param offsets the expressions {@code x_i - c_i}
   * @param rho the radius: a constant, or an expression in one variable that is not negative
   */
  public static void add(
      Model.Builder model,
      String name,
      Norm norm,
      List<LinearExpression> offsets,
      LinearExpression rho) {
    switch (norm) {
      case LINF -> {
        for (int i = 0; i < offsets.size(); i++) {
          between(model, name + "_" + i, offsets.get(i), rho);
        }
      }
      case L1 -> {
        LinearExpression.Builder sum = LinearExpression.builder();
        for (int i = 0; i < offsets.size(); i++) {
          Variable a = model.continuous("a" + name + "_" + i, 0, Double.POSITIVE_INFINITY);
          between(model, name + "_" + i, offsets.get(i), LinearExpression.of(a));
          sum.add(1, a);
        }
        model.atMost(name, sum.add(-1, rho).build(), 0);
      }
      case L2 -> {
        QuadraticExpression squares = QuadraticExpression.sumOfSquares(offsets);
        List<QuadraticExpression.Term> terms = new ArrayList<>(squares.terms());
        QuadraticExpression limit = QuadraticExpression.sumOfSquares(List.of(rho));
        for (QuadraticExpression.Term t : limit.terms()) {
          terms.add(new QuadraticExpression.Term(t.first(), t.second(), -t.coefficient()));
        }
        model.add(
            new QuadraticConstraint(
                name,
                new QuadraticExpression(terms, squares.linear().minus(limit.linear())),
                Double.NEGATIVE_INFINITY,
                0));
      }
    }
  }

  private static void between(
      Model.Builder model, String name, LinearExpression offset, LinearExpression size) {
    model.atMost(name + ".up", offset.minus(size), 0);
    model.atLeast(name + ".lo", offset.plus(size), 0);
  }
}
