package dev.crease.engine.regions;

import dev.crease.Rounding;
import dev.crease.bounds.Norm;
import java.util.List;

/**
 * How much the matrices around one may stretch a vector: {@code least ||d|| <= ||A d|| <= most
 * ||d||} for every matrix within some errors, rounded outward, in the norms 1, 2 and infinity.
 *
 * <p>The least is that of an approximate left inverse {@code C}: {@code ||C A d|| >= (1 - rho)
 * ||d||} with {@code rho = ||C A - I||}, so {@code ||A d|| >= (1 - rho) / ||C|| ||d||}; for a
 * square matrix without errors that is exact up to rounding. The spectral norm is that of {@code B
 * = A V} for the rotations {@code V} of Jacobi's method, by Gershgorin's circles of {@code B'B},
 * divided by {@code 1 - ||V'V - I||} for the rounding of V.
 */
final class Stretch {

  /** An error of the determinant below this part of it counts for little. */
  private static final double SHARP = 1e-6;

  /** Room for the rounding of the bounds themselves. */
  private static final double SLACK = 1 + 1e-12;

  private final Norm norm;

  Stretch(Norm norm) {
    this.norm = norm;
  }

  /** A number not below {@code ||A||} of every matrix within the errors. */
  double most(double[][] a, double[][] errors) {
    double size =
        switch (norm) {
          case LINF -> rows(a, errors);
          case L1 -> columns(a, errors);
          case L2 -> spectral(a) + frobenius(errors);
        };
    double up = size == 0 ? 0 : size * SLACK + Double.MIN_NORMAL;
    return Double.isNaN(up) ? Double.POSITIVE_INFINITY : up;
  }

  /**
   * A number not above {@code min ||A d|| / ||d||} of every matrix within the errors; 0 where none
   * is known.
   */
  double least(double[][] a, double[][] errors) {
    if (a.length == 2 && a[0].length == 2) {
      double quick = plane(a, errors);
      if (quick > 0) {
        return quick;
      }
    }
    double[][] inverse = SmallMatrix.leftInverse(a);
    if (inverse.length == 0) {
      return 0;
    }
    double[][] defect = defect(inverse, a, errors);
    double rho = most(defect, new double[defect.length][defect.length]);
    return least(inverse, rho);
  }

  /**
   * For two by two {@code |det A| / ||adj A||}, which is the least of A; 0 where errors count for
   * much and others know better. In norm 2 the adjugate has the singular values of A.
   */
  private double plane(double[][] matrix, double[][] errors) {
    double a = Math.abs(matrix[0][0]);
    double b = Math.abs(matrix[0][1]);
    double c = Math.abs(matrix[1][0]);
    double d = Math.abs(matrix[1][1]);
    double ea = errors[0][0];
    double eb = errors[0][1];
    double ec = errors[1][0];
    double ed = errors[1][1];
    double det = Math.abs(matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]);
    double inherited = (a + ea) * ed + d * ea + (b + eb) * ec + c * eb;
    double error = (inherited + Rounding.gamma(3) * (a * d + b * c)) * SLACK + Double.MIN_NORMAL;
    if (!(error < SHARP * det)) {
      return 0;
    }
    double size =
        switch (norm) {
          case LINF -> Math.max(d + b + ed + eb, c + a + ec + ea);
          case L1 -> Math.max(d + c + ed + ec, b + a + eb + ea);
          case L2 -> {
            double same = Math.hypot(matrix[0][0] + matrix[1][1], matrix[0][1] - matrix[1][0]);
            double other = Math.hypot(matrix[0][0] - matrix[1][1], matrix[0][1] + matrix[1][0]);
            yield (same + other) / 2 + (ea + eb + ec + ed);
          }
        };
    double least = (det - error) / (size * SLACK) / SLACK;
    return least > 0 && least < Double.POSITIVE_INFINITY ? least : 0;
  }

  /**
   * A number not above {@code min ||A d|| / ||d||} of every average of some matrices: as the norm
   * is convex, the defect of an average is not above the largest.
   *
   * @param middle nearly such an average
   */
  double least(double[][] middle, List<Averages.Blurred> of) {
    double[][] inverse = SmallMatrix.leftInverse(middle);
    if (inverse.length == 0) {
      return 0;
    }
    double rho = 0;
    for (Averages.Blurred matrix : of) {
      double[][] defect = signedDefect(inverse, matrix.entries());
      double[][] errors = defectErrors(inverse, matrix.entries(), matrix.errors());
      rho = Math.max(rho, most(defect, errors));
    }
    return least(inverse, rho);
  }

  private double least(double[][] inverse, double rho) {
    double size = most(inverse, new double[inverse.length][inverse[0].length]);
    double least = (1 - rho * SLACK) / size / SLACK;
    return least > 0 ? least : 0;
  }

  /** The sizes that entries of {@code C A - I} have at most. */
  private static double[][] defect(double[][] inverse, double[][] a, double[][] errors) {
    double[][] defect = signedDefect(inverse, a);
    double[][] out = defectErrors(inverse, a, errors);
    for (int i = 0; i < defect.length; i++) {
      for (int k = 0; k < defect.length; k++) {
        defect[i][k] = (Math.abs(defect[i][k]) + out[i][k]) * SLACK;
      }
    }
    return defect;
  }

  private static double[][] signedDefect(double[][] inverse, double[][] a) {
    int m = inverse.length;
    double[][] defect = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        double sum = i == k ? -1 : 0;
        for (int j = 0; j < a.length; j++) {
          sum += inverse[i][j] * a[j][k];
        }
        defect[i][k] = sum;
      }
    }
    return defect;
  }

  /** How far the entries of {@link #signedDefect} may be off. */
  private static double[][] defectErrors(double[][] inverse, double[][] a, double[][] errors) {
    int m = inverse.length;
    double[][] out = new double[m][m];
    double unit = Rounding.gamma(a.length + 2);
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        double size = i == k ? 1 : 0;
        double inherited = 0;
        for (int j = 0; j < a.length; j++) {
          size += Math.abs(inverse[i][j] * a[j][k]);
          inherited += Math.abs(inverse[i][j]) * errors[j][k];
        }
        out[i][k] = (inherited + unit * size) * SLACK + Double.MIN_NORMAL;
      }
    }
    return out;
  }

  /** A direction that is stretched about as much as any. */
  double[] steepest(double[][] a) {
    int m = a[0].length;
    double[] d = new double[m];
    switch (norm) {
      case LINF -> {
        int best = 0;
        double most = -1;
        for (int i = 0; i < a.length; i++) {
          double sum = Norm.L1.of(a[i]);
          if (sum > most) {
            most = sum;
            best = i;
          }
        }
        for (int k = 0; k < m; k++) {
          d[k] = a[best][k] < 0 ? -1 : 1;
        }
      }
      case L1 -> {
        int best = 0;
        double most = -1;
        for (int k = 0; k < m; k++) {
          double sum = 0;
          for (double[] row : a) {
            sum += Math.abs(row[k]);
          }
          if (sum > most) {
            most = sum;
            best = k;
          }
        }
        d[best] = 1;
      }
      case L2 -> {
        double[][] v = new double[m][m];
        double[][] b = SmallMatrix.rotated(a, v);
        int best = 0;
        double most = -1;
        for (int k = 0; k < m; k++) {
          double sum = 0;
          for (double[] row : b) {
            sum += row[k] * row[k];
          }
          if (sum > most) {
            most = sum;
            best = k;
          }
        }
        for (int k = 0; k < m; k++) {
          d[k] = v[k][best];
        }
      }
    }
    return d;
  }

  /** A direction that is stretched about as little as any. */
  double[] flattest(double[][] a) {
    double[][] inverse = SmallMatrix.leftInverse(a);
    if (inverse.length == 0) {
      return SmallMatrix.kernel(a);
    }
    double[] y = steepest(inverse);
    double[] d = new double[inverse.length];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < y.length; j++) {
        d[i] += inverse[i][j] * y[j];
      }
    }
    double size = Norm.LINF.of(d);
    for (int i = 0; i < d.length; i++) {
      d[i] /= size;
    }
    return d;
  }

  private static double rows(double[][] a, double[][] errors) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      double sum = 0;
      for (int k = 0; k < a[i].length; k++) {
        sum += Math.abs(a[i][k]) + errors[i][k];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private static double columns(double[][] a, double[][] errors) {
    double most = 0;
    for (int k = 0; k < a[0].length; k++) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += Math.abs(a[i][k]) + errors[i][k];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private static double frobenius(double[][] a) {
    double norm = 0;
    for (double[] row : a) {
      norm = Math.hypot(norm, Norm.L2.of(row));
    }
    return norm;
  }

  /** The spectral norm, rounded up. */
  private static double spectral(double[][] a) {
    int n = a.length;
    int m = a[0].length;
    if (n < m) {
      return spectral(SmallMatrix.transposed(a));
    }
    double scale = frobenius(a);
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      return scale;
    }
    double[][] scaled = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        scaled[i][k] = a[i][k] / scale;
      }
    }
    double[][] v = new double[m][m];
    SmallMatrix.rotated(scaled, v);
    double[][] b = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < m; k++) {
        for (int l = 0; l < m; l++) {
          b[i][k] += scaled[i][l] * v[l][k];
        }
      }
    }
    // Everything here is of size 1 at most: errors of n + m operations, m entries a row.
    double error = 4.0 * m * m * Rounding.gamma(n + m + 2);
    double most = 0;
    double away = 0;
    for (int k = 0; k < m; k++) {
      double circle = 0;
      double off = 0;
      for (int l = 0; l < m; l++) {
        double product = 0;
        for (double[] row : b) {
          product += row[k] * row[l];
        }
        double turn = k == l ? -1 : 0;
        for (double[] row : v) {
          turn += row[k] * row[l];
        }
        circle += Math.abs(product);
        off += Math.abs(turn);
      }
      most = Math.max(most, circle);
      away = Math.max(away, off);
    }
    return scale * Math.sqrt((most + error) / (1 - away - error)) * SLACK;
  }
}
