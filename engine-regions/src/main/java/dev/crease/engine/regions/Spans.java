package dev.crease.engine.regions;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;

/** The intervals of what is to be determined on a leaf: coordinates, or outputs. */
final class Spans {

  private final Question question;

  Spans(Question question) {
    this.question = question;
  }

  /** By coordinate of the ball, or output of the second network: the lower and the upper end. */
  double[][] of(Leaf leaf) {
    return question.g().isPresent() ? outputs(leaf) : inputs(leaf);
  }

  /** The most by which two points of leaves with these intervals may differ, rounded up. */
  static double apart(Norm norm, double[][] a, double[][] b) {
    double[] apart = new double[a.length];
    for (int k = 0; k < apart.length; k++) {
      apart[k] = Math.max(Math.nextUp(a[k][1] - b[k][0]), Math.nextUp(b[k][1] - a[k][0]));
    }
    double size = norm.of(apart);
    return Double.isNaN(size) ? Double.POSITIVE_INFINITY : Math.nextUp(size * (1 + 1e-12));
  }

  /** The intervals of a leaf's coordinates in the ball. */
  private double[][] inputs(Leaf leaf) {
    int[] ball = question.ball();
    double radius = question.query().maxRadius();
    double[][] intervals = new double[ball.length][];
    for (int k = 0; k < ball.length; k++) {
      double middle = leaf.cell().middle()[ball[k]];
      double half = leaf.cell().halfWidth()[ball[k]] + 2 * leaf.cell().error();
      intervals[k] =
          new double[] {
            Math.max(-radius, Math.nextDown(middle - half)),
            Math.min(radius, Math.nextUp(middle + half))
          };
    }
    return intervals;
  }

  /** The intervals of the second network's outputs on a leaf, rounded outward. */
  private double[][] outputs(Leaf leaf) {
    double[][] rows = leaf.rows(1);
    int m = leaf.cell().dimension();
    double error = leaf.cell().error();
    double[][] intervals = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double blur = 0;
      for (Vertex v : leaf.cell().vertices()) {
        double y = rows[i][m];
        double size = Math.abs(y);
        double inherited = leaf.rowError(1, i, m);
        for (int k = 0; k < m; k++) {
          y += rows[i][k] * v.x(k);
          size += Math.abs(rows[i][k]) * (Math.abs(v.x(k)) + error);
          inherited +=
              Math.abs(rows[i][k]) * error + leaf.rowError(1, i, k) * (Math.abs(v.x(k)) + error);
        }
        low = Math.min(low, y);
        high = Math.max(high, y);
        blur = Math.max(blur, inherited + Rounding.gamma(m + 3) * size);
      }
      double out = blur * (1 + 1e-9) + Double.MIN_NORMAL;
      intervals[i] = new double[] {Math.nextDown(low - out), Math.nextUp(high + out)};
    }
    return intervals;
  }
}
