package dev.crease.engine.regions;

import dev.crease.bounds.Norm;

/** Lower bounds on the distance of a cell from the origin, in the coordinates of the ball. */
final class Distances {

  /** Covers the rounding of what is computed here. */
  private static final double ROUNDING = 1e-12;

  /** More than the rounding of a point of a segment, relative to its ends. */
  private static final double BLUR = 0x1p-46;

  /** Between these no square overflows or vanishes. */
  private static final double SMALL = 0x1p-300;

  private static final double LARGE = 0x1p300;

  private final Norm norm;
  private final int[] ball;

  Distances(Question question) {
    this.norm = question.norm();
    this.ball = question.ball();
  }

  /** Not more than the distance of any point of the cell. */
  double of(Cell cell) {
    double far = ball.length == 2 && cell.dimension() == 2 ? polygon(cell) : box(cell);
    double down = far * (1 - ROUNDING) - ball.length * cell.error();
    return down > 0 ? down : 0;
  }

  /** Not less than the distance of the cell. */
  double atMost(Cell cell) {
    double far = Double.POSITIVE_INFINITY;
    double size = 0;
    if (ball.length == 2 && cell.dimension() == 2) {
      far = polygon(cell);
    }
    for (Vertex v : cell.vertices()) {
      double[] x = new double[ball.length];
      for (int k = 0; k < x.length; k++) {
        x[k] = v.x(ball[k]);
      }
      far = Math.min(far, norm.of(x));
      size = Math.max(size, norm.of(x));
    }
    double up = far * (1 + ROUNDING) + 1e-9 * size + 2 * ball.length * cell.error();
    return Double.isNaN(up) ? Double.POSITIVE_INFINITY : up;
  }

  private double box(Cell cell) {
    double[] nearest = new double[ball.length];
    for (int k = 0; k < nearest.length; k++) {
      double away = Math.abs(cell.middle()[ball[k]]) - cell.halfWidth()[ball[k]];
      nearest[k] = Math.max(0, away);
    }
    return norm.of(nearest);
  }

  private double polygon(Cell cell) {
    if (holdsOrigin(cell)) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    Vertex[] vertices = cell.vertices();
    for (int i = 0; i < vertices.length; i++) {
      for (int j = i + 1; j < vertices.length; j++) {
        if (cell.shareFacet(i, j)) {
          least = Math.min(least, segment(vertices[i].x(), vertices[j].x()));
        }
      }
    }
    return least;
  }

  /** Exact: inside, the border may be far away. */
  private static boolean holdsOrigin(Cell cell) {
    int m = cell.dimension();
    for (int f = 0; f < cell.facets().length; f++) {
      Hyperplane facet = cell.facets()[f];
      double constant = facet.coefficient(m);
      // Negated, so that a NaN is decided exactly.
      double sign = !(Math.abs(constant) > facet.error(m)) ? facet.exact()[m].signum() : constant;
      if (sign * cell.side(f) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Not more than the least norm on a segment, up to the factor {@link #ROUNDING}. It is a convex
   * piecewise function of the place, so its least is at an end or a kink. Ends so far or so near
   * that squares overflow or vanish are scaled to the order of 1; then only the square of a segment
   * too short to matter vanishes.
   */
  private double segment(double[] from, double[] to) {
    double size = Math.max(largest(from), largest(to));
    if (size > SMALL && size < LARGE) {
      return segment(from, to, size);
    }
    int shift = -Math.getExponent(size);
    double[] a = {Math.scalb(from[0], shift), Math.scalb(from[1], shift)};
    double[] b = {Math.scalb(to[0], shift), Math.scalb(to[1], shift)};
    return Math.scalb(segment(a, b, Math.scalb(size, shift)), -shift);
  }

  private double segment(double[] a, double[] b, double size) {
    double d0 = b[0] - a[0];
    double d1 = b[1] - a[1];
    double[] at =
        switch (norm) {
          case L1 -> new double[] {-a[0] / d0, -a[1] / d1};
          case LINF ->
              new double[] {
                (a[1] - a[0]) / (d0 - d1), -(a[0] + a[1]) / (d0 + d1), -a[0] / d0, -a[1] / d1
              };
          case L2 -> new double[] {-(a[0] * d0 + a[1] * d1) / (d0 * d0 + d1 * d1)};
        };
    double least = Math.min(norm.of(a), norm.of(b));
    for (double t : at) {
      if (t > 0 && t < 1) {
        least = Math.min(least, norm.of(new double[] {a[0] + t * d0, a[1] + t * d1}));
      }
    }
    return Math.max(0, least - BLUR * size);
  }

  private static double largest(double[] x) {
    return Math.max(Math.abs(x[0]), Math.abs(x[1]));
  }
}
