package dev.crease.engine.regions;

import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/** A polygon within a disc around the origin, with nearly all of it. */
final class InscribedPolygon {

  private static final int DIRECTION_BITS = 40;

  /** How far corners are kept from the circle, for the rounding of directions. */
  private static final double ROOM = 1 - 1e-9;

  private InscribedPolygon() {}

  /**
   * The polygon.
   *
   * @param box around the disc
   * @param sides at least three
   */
  static Cell of(Cell box, double radius, int sides) {
    Cell polygon = box;
    for (int s = 0; s < sides; s++) {
      double angle = 2 * Math.PI * (s + 0.5) / sides;
      polygon = polygon.within(side(angle, radius * Math.cos(Math.PI / sides) * ROOM));
    }
    BigFraction square = Rationals.fraction(radius).multiply(Rationals.fraction(radius));
    for (Vertex v : polygon.vertices()) {
      BigFraction[] x = v.fractions();
      if (x[0].multiply(x[0]).add(x[1].multiply(x[1])).compareTo(square) > 0) {
        throw new IllegalStateException("a corner of the polygon is outside of the disc");
      }
    }
    return polygon;
  }

  /** {@code u x = far} with {@code u} nearly of length 1, positive outside. */
  private static Hyperplane side(double angle, double far) {
    double[] u = {
      Math.rint(Math.scalb(Math.cos(angle), DIRECTION_BITS)),
      Math.rint(Math.scalb(Math.sin(angle), DIRECTION_BITS))
    };
    double[] coefficients = {
      Math.scalb(u[0], -DIRECTION_BITS), Math.scalb(u[1], -DIRECTION_BITS), -far
    };
    int scale = Rationals.scale(coefficients);
    BigInteger[] exact = {
      Rationals.scaled(coefficients[0], scale),
      Rationals.scaled(coefficients[1], scale),
      Rationals.scaled(coefficients[2], scale)
    };
    return new Hyperplane(
        coefficients, new double[3], Hyperplane.WINDOW, () -> new ExactRow(exact, scale));
  }
}
