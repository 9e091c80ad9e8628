package dev.crease.engine.regions;

/**
 * Linear algebra on a few rows in doubles, near to the truth: who uses it checks what comes out.
 */
final class SmallMatrix {

  private static final int MOST_SWEEPS = 40;

  private SmallMatrix() {}

  /** Nearly {@code A^-1 y}; empty where there is none. */
  static double[] solved(double[][] a, double[] y) {
    double[][] inverse = leftInverse(a);
    double[] x = new double[inverse.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        x[i] += inverse[i][j] * y[j];
      }
    }
    return x;
  }

  /** The rotation that leaves the least column. */
  static double[] kernel(double[][] a) {
    int m = a[0].length;
    double[][] v = new double[m][m];
    double[][] b = rotated(a, v);
    int least = 0;
    double size = Double.POSITIVE_INFINITY;
    for (int k = 0; k < m; k++) {
      double sum = 0;
      for (double[] row : b) {
        sum += row[k] * row[k];
      }
      if (sum < size) {
        size = sum;
        least = k;
      }
    }
    double[] d = new double[m];
    for (int k = 0; k < m; k++) {
      d[k] = v[k][least];
    }
    return d;
  }

  /**
   * One-sided Jacobi rotations (Hestenes, 1958): columns that are nearly orthogonal.
   *
   * @param v takes the rotations
   * @return the matrix times v
   */
  static double[][] rotated(double[][] a, double[][] v) {
    int m = v.length;
    double[][] b = new double[a.length][];
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i].clone();
    }
    for (int k = 0; k < m; k++) {
      v[k][k] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      boolean done = true;
      for (int p = 0; p < m; p++) {
        for (int q = p + 1; q < m; q++) {
          double pp = 0;
          double qq = 0;
          double pq = 0;
          for (double[] row : b) {
            pp += row[p] * row[p];
            qq += row[q] * row[q];
            pq += row[p] * row[q];
          }
          if (!(Math.abs(pq) > 1e-15 * Math.sqrt(pp * qq))) {
            continue;
          }
          done = false;
          double zeta = (qq - pp) / (2 * pq);
          double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
          double cos = 1 / Math.hypot(1, t);
          turn(b, p, q, cos, cos * t);
          turn(v, p, q, cos, cos * t);
        }
      }
      if (done) {
        break;
      }
    }
    return b;
  }

  private static void turn(double[][] matrix, int p, int q, double cos, double sin) {
    for (double[] row : matrix) {
      double old = row[p];
      row[p] = cos * old - sin * row[q];
      row[q] = sin * old + cos * row[q];
    }
  }

  static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < t.length; k++) {
        t[k][i] = a[i][k];
      }
    }
    return t;
  }

  /** Nearly a left inverse; empty where the columns are nearly dependent. */
  static double[][] leftInverse(double[][] a) {
    int n = a.length;
    int m = a[0].length;
    if (n < m) {
      return new double[0][];
    }
    if (n == m) {
      return inverse(a);
    }
    double[][] t = transposed(a);
    double[][] normal = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        for (int j = 0; j < n; j++) {
          normal[i][k] += t[i][j] * t[k][j];
        }
      }
    }
    double[][] back = inverse(normal);
    if (back.length == 0) {
      return back;
    }
    double[][] left = new double[m][n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < m; k++) {
          left[i][j] += back[i][k] * t[k][j];
        }
      }
    }
    return left;
  }

  /** Gauss-Jordan elimination; empty where a pivot vanishes. */
  private static double[][] inverse(double[][] a) {
    int m = a.length;
    double[][] work = new double[m][2 * m];
    for (int i = 0; i < m; i++) {
      System.arraycopy(a[i], 0, work[i], 0, m);
      work[i][m + i] = 1;
    }
    for (int c = 0; c < m; c++) {
      int best = c;
      for (int i = c + 1; i < m; i++) {
        if (Math.abs(work[i][c]) > Math.abs(work[best][c])) {
          best = i;
        }
      }
      double[] swap = work[c];
      work[c] = work[best];
      work[best] = swap;
      double pivot = work[c][c];
      if (!(Math.abs(pivot) > 0)) {
        return new double[0][];
      }
      for (int k = 0; k < 2 * m; k++) {
        work[c][k] /= pivot;
      }
      for (int i = 0; i < m; i++) {
        double factor = work[i][c];
        if (i != c && factor != 0) {
          for (int k = 0; k < 2 * m; k++) {
            work[i][k] -= factor * work[c][k];
          }
        }
      }
    }
    double[][] inverse = new double[m][m];
    for (int i = 0; i < m; i++) {
      System.arraycopy(work[i], m, inverse[i], 0, m);
    }
    return inverse;
  }
}
