package dev.crease.encoding;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.List;

/**
 * A polyhedron in place of the ball {@code ||d||_2 <= rho}, for backends without quadratic
 * constraints. In the plane a regular polygon, {@code |u_k . d| <= rho}; beyond it, coordinates are
 * taken in one after the other: {@code ||(d_1, d_2)|| <= r_2}, {@code ||(r_2, d_3)|| <= r_3}, ...,
 * which is exact for the ball itself (Ben-Tal and Nemirovski, On Polyhedral Approximations of the
 * Second-Order Cone, 2001, section 1).
 *
 * <p>The outer polyhedron holds the ball of radius {@code rho} and lies in the ball of radius
 * {@code error * rho}; a minimum of {@code rho} over it is a lower bound of the minimum over the
 * ball, too small by at most that factor. The inner one lies in the ball and holds the ball of
 * radius {@code rho / error}.
 */
public final class PolyhedralBall {

  private final boolean isOuter;

  private PolyhedralBall(boolean isOuter) {
    this.isOuter = isOuter;
  }

  /** A polyhedron that holds the ball. */
  public static PolyhedralBall outer() {
    return new PolyhedralBall(true);
  }

  /** A polyhedron that the ball holds. */
  public static PolyhedralBall inner() {
    return new PolyhedralBall(false);
  }

  /**
   * By which factor the radii of the ball and of the polyhedron may differ, at the most.
   *
   * @param dimensions of the ball
   */
  public static double error(int dimensions) {
    return Polygon.factor(dimensions);
  }

  /**
   * Adds the polyhedron.
   *
   * @param model where to add
   * @param name prefix of names
   * @param d the components
   * @param rho the radius: a constant, or an expression that is not negative
   */
  public void add(
      Model.Builder model, String name, List<LinearExpression> d, LinearExpression rho) {
    LinearExpression limit = isOuter ? rho : rho.times(Math.nextDown(1 / Polygon.factor(d.size())));
    LinearExpression soFar = d.get(0);
    if (d.size() == 1) {
      between(model, name, soFar, limit);
    }
    for (int i = 1; i < d.size(); i++) {
      boolean last = i == d.size() - 1;
      LinearExpression size = limit;
      if (!last) {
        Variable r = model.continuous("r" + name + "_" + i, 0, Double.POSITIVE_INFINITY);
        size = LinearExpression.of(r);
      }
      for (int k = 0; k < Polygon.directions(); k++) {
        double[] u = Polygon.direction(k);
        LinearExpression along =
            LinearExpression.builder().add(u[0], soFar).add(u[1], d.get(i)).build();
        between(model, name + "_" + i + "_" + k, along, size);
      }
      soFar = size;
    }
  }

  private static void between(
      Model.Builder model, String name, LinearExpression e, LinearExpression size) {
    model.atMost(name + ".up", e.minus(size), 0);
    model.atLeast(name + ".lo", e.plus(size), 0);
  }
}
