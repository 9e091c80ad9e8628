package dev.crease.engine.regions;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;

/**
 * The corners of a leaf with their outputs, to tell at a glance that no pair of two leaves has a
 * ratio below a number: for any {@code u} of the dual unit ball {@code u (f(x) - f(x')) - lambda
 * ||x - x'||} is not above {@code ||f(x) - f(x')|| - lambda ||x - x'||} and concave, so that its
 * least value on two leaves is at a pair of corners. In doubles, with an error bound.
 */
final class CornerPairs {

  private static final double SLACK = 1 + 1e-12;

  private final double[][] corners;
  private final double[][] outputs;
  private final double[] errors;
  private final double[] middle;
  private final double cornerError;

  private CornerPairs(double[][] corners, double[][] outputs, double[] errors, double cornerError) {
    this.corners = corners;
    this.outputs = outputs;
    this.errors = errors;
    this.cornerError = cornerError;
    this.middle = new double[errors.length];
    for (double[] y : outputs) {
      for (int i = 0; i < middle.length; i++) {
        middle[i] += y[i] / outputs.length;
      }
    }
  }

  static CornerPairs of(Question question, Leaf leaf) {
    Cell cell = leaf.cell();
    int m = cell.dimension();
    int n = question.query().f().outputs();
    Vertex[] vertices = cell.vertices();
    double[][] corners = new double[vertices.length][question.ball().length];
    double[][] outputs = new double[vertices.length][n];
    double[] errors = new double[n];
    for (int v = 0; v < vertices.length; v++) {
      for (int k = 0; k < question.ball().length; k++) {
        corners[v][k] = vertices[v].x(question.ball()[k]);
      }
      for (int i = 0; i < n; i++) {
        double[] row = leaf.rows(0)[i];
        double y = row[m];
        double size = Math.abs(y);
        double inherited = leaf.rowError(0, i, m);
        for (int k = 0; k < m; k++) {
          double far = Math.abs(vertices[v].x(k)) + cell.error();
          y += row[k] * vertices[v].x(k);
          size += Math.abs(row[k]) * far;
          inherited += Math.abs(row[k]) * cell.error() + leaf.rowError(0, i, k) * far;
        }
        outputs[v][i] = y;
        errors[i] =
            Math.max(
                errors[i], (inherited + Rounding.gamma(m + 2) * size) * SLACK + Double.MIN_NORMAL);
      }
    }
    return new CornerPairs(corners, outputs, errors, cell.error());
  }

  /** Whether no ratio of a point of this leaf and one of another is below a number. */
  boolean isAbove(CornerPairs other, double lambda, Norm norm) {
    double[] u = unit(other, norm);
    double blur = 0;
    double scale = 0;
    for (int i = 0; i < u.length; i++) {
      blur += Math.abs(u[i]) * (errors[i] + other.errors[i]);
    }
    double least = Double.POSITIVE_INFINITY;
    double[] d = new double[corners[0].length];
    for (int v = 0; v < corners.length; v++) {
      for (int w = 0; w < other.corners.length; w++) {
        for (int k = 0; k < d.length; k++) {
          d[k] = Math.abs(corners[v][k] - other.corners[w][k]) + cornerError + other.cornerError;
        }
        double value = 0;
        double size = 0;
        for (int i = 0; i < u.length; i++) {
          value += u[i] * (outputs[v][i] - other.outputs[w][i]);
          size += Math.abs(u[i]) * (Math.abs(outputs[v][i]) + Math.abs(other.outputs[w][i]));
        }
        double length = lambda * norm.of(d) * SLACK;
        scale = Math.max(scale, size + length);
        least = Math.min(least, value - length);
      }
    }
    // Negated for a NaN.
    return !(least < blur * SLACK + Rounding.gamma(u.length + 4) * scale + Double.MIN_NORMAL)
        && !Double.isNaN(least);
  }

  /**
   * The vector of the dual unit ball, or a little shorter, that suits the difference in between.
   */
  private double[] unit(CornerPairs other, Norm norm) {
    int n = middle.length;
    double[] difference = new double[n];
    for (int i = 0; i < n; i++) {
      difference[i] = middle[i] - other.middle[i];
    }
    double size = norm.of(difference);
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      u[i] =
          switch (norm) {
            case L1 -> Math.signum(difference[i]);
            case L2 -> size > 0 ? difference[i] / size / SLACK : 0;
            case LINF -> Math.abs(difference[i]) == size ? Math.signum(difference[i]) : 0;
          };
    }
    if (norm == Norm.LINF) {
      // One of them, where several are as large.
      boolean isTaken = false;
      for (int i = 0; i < n; i++) {
        if (isTaken) {
          u[i] = 0;
        }
        isTaken |= u[i] != 0;
      }
    }
    return u;
  }
}
