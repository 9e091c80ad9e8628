package dev.crease.encoding;

import dev.crease.Rounding;

/**
 * The regular polygon whose facets stand in for the unit circle: directions {@code u_k = (cos, sin)
 * (pi k / n)}, {@code k = 0 .. n - 1}, each taken with both signs, so {@code 2 n} facets. For every
 * {@code d} in the plane {@code cos(pi / 2n) ||d|| <= max_k |u_k . d| <= ||d||}, since some
 * direction is within {@code pi / 2n} of {@code d} or {@code -d}.
 */
final class Polygon {

  /** Directions; twice as many facets, an error of 3e-4. */
  private static final int DIRECTIONS = 64;

  /** More than rounding can do to a cosine, and to a product with it. */
  private static final double ROUNDING = Rounding.gamma(14);

  private Polygon() {}

  static int directions() {
    return DIRECTIONS;
  }

  /** Components of direction {@code k}, shortened so that {@code u_k . d <= ||d||} for sure. */
  static double[] direction(int k) {
    double angle = Math.PI * k / DIRECTIONS;
    double length = 1 - ROUNDING;
    return new double[] {length * Math.cos(angle), length * Math.sin(angle)};
  }

  /** An upper bound of {@code ||d|| / max_k |u_k . d|} for the shortened directions. */
  static double factor() {
    return (1 + 4 * ROUNDING) / Math.cos(Math.PI / (2 * DIRECTIONS));
  }

  /** An upper bound of that ratio after {@code dimensions} coordinates were taken in pairs. */
  static double factor(int dimensions) {
    return dimensions < 2 ? 1 : Math.pow(factor(), dimensions - 1) * (1 + ROUNDING);
  }
}
