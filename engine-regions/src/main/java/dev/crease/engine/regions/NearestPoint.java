package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import java.util.ArrayList;
import java.util.List;

/** How near a cell comes to the centre in norm 2, in the coordinates of the ball. */
final class NearestPoint {

  private static final int MOST_STEPS = 200;

  private final Question question;
  private final Cell cell;
  private final List<double[]> corners = new ArrayList<>();

  NearestPoint(Question question, Cell cell) {
    this.question = question;
    this.cell = cell;
    for (Vertex v : cell.vertices()) {
      corners.add(inBall(v.x()));
    }
  }

  /**
   * Whether the cell certainly has no point in the ball: for some {@code h} all corners have {@code
   * h x > |h| r}, rounded on the safe side. The nearest point itself would do for h; in up to three
   * dimensions it is the foot on a facet, on an edge, or a corner.
   */
  boolean isOutside() {
    double radius = question.query().maxRadius();
    if (isBeyond(inBall(walked(Secants.mean(cell))), radius)) {
      return true;
    }
    if (corners.stream().anyMatch(x -> Norm.L2.of(x) <= radius)) {
      return false;
    }
    int m = cell.dimension();
    for (Hyperplane facet : cell.facets()) {
      double[] normal = new double[m];
      for (int k = 0; k < m; k++) {
        normal[k] = -facet.coefficient(k) * facet.coefficient(m);
      }
      if (isBeyond(inBall(normal), radius)) {
        return true;
      }
    }
    for (int i = 0; i < corners.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (isBeyond(foot(corners.get(i), corners.get(j)), radius)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isBeyond(double[] h, double radius) {
    double length = Norm.L2.of(h);
    double least = Double.POSITIVE_INFINITY;
    double size = 0;
    for (double[] x : corners) {
      least = Math.min(least, dot(h, x) / length);
      size = Math.max(size, Norm.L2.of(x));
    }
    double room = 1e-12 * size + h.length * cell.error();
    // Of a NaN nothing is known.
    return least - room > radius;
  }

  /** Nearly the nearest point of the cell: walked to, or the foot on an edge or a facet. */
  double[] point() {
    double[] best = walked(Secants.mean(cell));
    Vertex[] vertices = cell.vertices();
    for (int i = 0; i < vertices.length; i++) {
      for (int j = 0; j < i; j++) {
        double part = part(corners.get(i), corners.get(j));
        best = nearer(best, Secants.between(vertices[i].x(), vertices[j].x(), part));
      }
    }
    for (int f = 0; f < cell.facets().length; f++) {
      double[] foot = foot(cell.facets()[f]);
      if (holds(foot)) {
        best = nearer(best, foot);
      }
    }
    return best;
  }

  private double[] nearer(double[] a, double[] b) {
    return Norm.L2.of(inBall(b)) < Norm.L2.of(inBall(a)) ? b : a;
  }

  private double[] foot(Hyperplane facet) {
    double[] foot = new double[cell.dimension()];
    double square = 0;
    for (int k = 0; k < foot.length; k++) {
      square += facet.coefficient(k) * facet.coefficient(k);
    }
    for (int k = 0; k < foot.length; k++) {
      foot[k] = -facet.coefficient(k) * facet.coefficient(foot.length) / square;
    }
    return foot;
  }

  /** Up to rounding. */
  private boolean holds(double[] x) {
    for (int f = 0; f < cell.facets().length; f++) {
      Hyperplane facet = cell.facets()[f];
      double value = facet.coefficient(x.length);
      double size = Math.abs(value);
      for (int k = 0; k < x.length; k++) {
        value += facet.coefficient(k) * x[k];
        size += Math.abs(facet.coefficient(k) * x[k]);
      }
      if (!(value * cell.side(f) >= -1e-12 * size)) {
        return false;
      }
    }
    return true;
  }

  /** The point of a segment that is nearest to the centre. */
  private static double[] foot(double[] a, double[] b) {
    return Secants.between(a, b, part(a, b));
  }

  private static double part(double[] a, double[] b) {
    double[] step = new double[a.length];
    for (int k = 0; k < step.length; k++) {
      step[k] = b[k] - a[k];
    }
    return Math.min(1, Math.max(0, -dot(a, step) / dot(step, step)));
  }

  /** Nearly the nearest point, by steps towards corners (Frank and Wolfe, 1956). */
  double[] walked(double[] start) {
    double[] x = start.clone();
    double radius = question.query().maxRadius();
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] here = inBall(x);
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int v = 0; v < corners.size(); v++) {
        double slope = dot(here, corners.get(v));
        if (slope < least) {
          least = slope;
          best = v;
        }
      }
      double length = Norm.L2.of(here);
      if (least / length > radius * (1 + 1e-9) || length < radius / 2) {
        break;
      }
      double[] step = corners.get(best).clone();
      for (int k = 0; k < step.length; k++) {
        step[k] -= here[k];
      }
      double part = -dot(here, step) / dot(step, step);
      if (!(part > 0)) {
        break;
      }
      x = Secants.between(x, cell.vertices()[best].x(), Math.min(1, part));
    }
    return x;
  }

  private double[] inBall(double[] x) {
    double[] y = new double[question.ball().length];
    for (int k = 0; k < y.length; k++) {
      y[k] = x[question.ball()[k]];
    }
    return y;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
