package dev.crease.encoding;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.List;

/**
 * {@code p <= ||d||_2} with binaries, for backends without quadratic constraints: one binary for
 * each direction and sign chooses the facet of a polygon that {@code d} reaches, {@code p <= u . d
 * + M (1 - b)}. Beyond the plane coordinates are taken in one after the other, as in {@link
 * PolyhedralBall}.
 *
 * <p>Outer allows every {@code p} up to {@code ||d||_2}, and some up to {@code error ||d||_2}: a
 * maximum of {@code p} over it is an upper bound. Inner allows none above {@code ||d||_2}: what it
 * finds is so.
 */
public final class PolyhedralSeparation {

  private final boolean isOuter;

  private PolyhedralSeparation(boolean isOuter) {
    this.isOuter = isOuter;
  }

  /** Allows at least what the norm allows. */
  public static PolyhedralSeparation outer() {
    return new PolyhedralSeparation(true);
  }

  /** Allows at most what the norm allows. */
  public static PolyhedralSeparation inner() {
    return new PolyhedralSeparation(false);
  }

  /** By which factor {@code p} may differ from the norm, at the most. */
  public static double error(int dimensions) {
    return Polygon.factor(dimensions);
  }

  /**
   * Adds {@code p <= ||d||_2}, up to the error.
   *
   * @param model where to add
   * @param name prefix of names
   * @param d the components
   * @param ranges a finite range for each component
   * @param p a number, or an expression that is never above {@code error} times the norm of the
   *     largest {@code d} that the ranges allow
   */
  public void add(
      Model.Builder model,
      String name,
      List<LinearExpression> d,
      List<Interval> ranges,
      LinearExpression p) {
    // p / error <= max u . d is implied by p <= ||d||; p <= max u . d implies it.
    LinearExpression goal = isOuter ? p.times(Math.nextDown(1 / error(d.size()))) : p;
    LinearExpression soFar = d.get(0);
    double reach = ranges.get(0).magnitude();
    if (d.size() == 1) {
      Separation.in(Norm.LINF).add(model, name, d, ranges, goal);
      return;
    }
    for (int i = 1; i < d.size(); i++) {
      double next = Math.nextUp(Math.hypot(reach, ranges.get(i).magnitude()) * (1 + 0x1p-40));
      LinearExpression size = goal;
      if (i < d.size() - 1) {
        size = LinearExpression.of(model.continuous("r" + name + "_" + i, 0, next));
      }
      facets(model, name + "_" + i, soFar, d.get(i), 2 * next * error(d.size()), size);
      soFar = size;
      reach = next;
    }
  }

  private static void facets(
      Model.Builder model,
      String name,
      LinearExpression first,
      LinearExpression second,
      double m,
      LinearExpression size) {
    LinearExpression.Builder chosen = LinearExpression.builder();
    for (int k = 0; k < Polygon.directions(); k++) {
      double[] u = Polygon.direction(k);
      for (int sign = 1; sign >= -1; sign -= 2) {
        String facet = name + "_" + k + (sign > 0 ? "p" : "n");
        Variable b = model.binary("b" + facet);
        chosen.add(1, b);
        LinearExpression along =
            LinearExpression.builder().add(sign * u[0], first).add(sign * u[1], second).build();
        model.atMost(facet, size.minus(along).plus(LinearExpression.term(m, b)), m);
      }
    }
    model.equal(name + ".facet", chosen.build(), 1);
  }
}
