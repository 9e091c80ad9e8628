package dev.crease.solver.regions;

import dev.crease.bounds.Norm;
import java.util.Arrays;

/** Lower bounds on the distance of a cell from the origin, in the coordinates of the ball. */
final class Distances {

  /** Covers the rounding of what is computed here. */
  private static final double ROUNDING = 1e-12;

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
    return far * (1 + ROUNDING) + 1e-9 * size + 2 * ball.length * cell.error();
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
        if ((cell.incidence(i) & cell.incidence(j)) != 0) {
          least = Math.min(least, segment(vertices[i].x(), vertices[j].x()));
        }
      }
    }
    return least;
  }

  /** In doubles, so unsure near the border: there the distance is small anyway. */
  private static boolean holdsOrigin(Cell cell) {
    for (int f = 0; f < cell.facets().length; f++) {
      if (cell.facets()[f].coefficient(cell.dimension()) * cell.side(f) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A convex piecewise function of the place on the segment: its least is at an end or a kink. */
  private double segment(double[] a, double[] b) {
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
    for (double t : Arrays.stream(at).filter(t -> t > 0 && t < 1).toArray()) {
      least = Math.min(least, norm.of(new double[] {a[0] + t * d0, a[1] + t * d1}));
    }
    return least;
  }
}
