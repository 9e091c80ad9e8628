package dev.crease.engine.regions;

import dev.crease.Rounding;
import java.math.BigInteger;
import java.util.Arrays;
import org.hipparchus.fraction.BigFraction;

/**
 * A point where hyperplanes meet: in doubles with an error bound, and exactly when asked. Its
 * coordinates count from the centre.
 */
final class Vertex {

  /** Above this error, relative to the coordinates, the exact point is rounded instead. */
  private static final double COARSE = 1e-5;

  /** Room for second-order terms and for the rounding of the bounds themselves. */
  private static final double SLACK = 1 + 1e-6;

  private static final BigInteger[] NONE = new BigInteger[0];

  private final double[] x;
  private final double error;
  private final Hyperplane[] hyperplanes;
  private volatile BigInteger[] exact = NONE;

  private Vertex(double[] x, double error, Hyperplane[] hyperplanes) {
    this.x = x;
    this.error = error;
    this.hyperplanes = hyperplanes;
  }

  /**
   * The point where hyperplanes meet.
   *
   * @param hyperplanes at least m, m of them independent
   */
  static Vertex of(int m, Hyperplane... hyperplanes) {
    double[] x = new double[m];
    double error = Double.POSITIVE_INFINITY;
    if (hyperplanes.length == m) {
      error = m == 2 ? plane(hyperplanes[0], hyperplanes[1], x) : space(m, hyperplanes, x);
    }
    double size = 0;
    for (double coordinate : x) {
      size = Math.max(size, Math.abs(coordinate));
    }
    // Negated, so that a NaN counts as coarse; an infinite size does too.
    if (!(size < Double.POSITIVE_INFINITY && error <= COARSE * Math.max(size, 1e-3))) {
      Vertex rounded = new Vertex(x, 0, hyperplanes);
      BigInteger[] point = rounded.exact();
      error = 0;
      for (int k = 0; k < m; k++) {
        x[k] = Rationals.ratio(point[k], point[m]);
        error = Math.max(error, Rationals.ratioError(x[k]));
      }
      Vertex result = new Vertex(x, error, hyperplanes);
      result.exact = point;
      return result;
    }
    return new Vertex(x, error, hyperplanes);
  }

  /**
   * Cramer's rule in the plane. With products bounded to first order, {@code |x - x*| <= (e_n + |x|
   * e_d) / (|d| - e_d)} for a numerator and a determinant of errors {@code e_n, e_d}.
   *
   * @return a bound on the error of either coordinate, infinite where none is known
   */
  private static double plane(Hyperplane p, Hyperplane q, double[] x) {
    double a1 = p.coefficient(0);
    double b1 = p.coefficient(1);
    double c1 = p.coefficient(2);
    double a2 = q.coefficient(0);
    double b2 = q.coefficient(1);
    double c2 = q.coefficient(2);
    double det = a1 * b2 - a2 * b1;
    double detError = minorError(p, q, 0, 1);
    if (!(Math.abs(det) > 4 * detError)) {
      return Double.POSITIVE_INFINITY;
    }
    double x0 = (b1 * c2 - b2 * c1) / det;
    double x1 = (c1 * a2 - c2 * a1) / det;
    x[0] = x0;
    x[1] = x1;
    double least = Math.abs(det) - detError;
    double e0 = (minorError(p, q, 1, 2) + Math.abs(x0) * detError) / least + Math.ulp(x0);
    double e1 = (minorError(p, q, 2, 0) + Math.abs(x1) * detError) / least + Math.ulp(x1);
    return SLACK * Math.max(e0, e1) + Double.MIN_NORMAL;
  }

  /** How far a 2 x 2 minor in doubles is from the exact one. */
  private static double minorError(Hyperplane p, Hyperplane q, int i, int j) {
    double pi = Math.abs(p.coefficient(i)) + p.error(i);
    double pj = Math.abs(p.coefficient(j)) + p.error(j);
    double qi = Math.abs(q.coefficient(i)) + q.error(i);
    double qj = Math.abs(q.coefficient(j)) + q.error(j);
    double inherited = pi * q.error(j) + qj * p.error(i) + pj * q.error(i) + qi * p.error(j);
    return SLACK * (inherited + Rounding.gamma(0) * (pi * qj + qi * pj)) + Double.MIN_NORMAL;
  }

  /**
   * Gaussian elimination, checked afterwards: with an approximate inverse {@code R} and residuals
   * {@code r}, {@code ||x - x*|| <= ||R|| ||r|| / (1 - ||I - R A||)}, where {@code r} and the last
   * norm include the errors of the coefficients (Higham, 2002, section 7.1).
   */
  private static double space(int m, Hyperplane[] planes, double[] x) {
    double[][] a = new double[m][2 * m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        a[i][k] = planes[i].coefficient(k);
      }
      a[i][m + i] = 1;
    }
    for (int c = 0; c < m; c++) {
      int best = c;
      for (int i = c + 1; i < m; i++) {
        if (Math.abs(a[i][c]) > Math.abs(a[best][c])) {
          best = i;
        }
      }
      if (!(Math.abs(a[best][c]) > 0)) {
        return Double.POSITIVE_INFINITY;
      }
      double[] swap = a[c];
      a[c] = a[best];
      a[best] = swap;
      double pivot = a[c][c];
      for (int k = 0; k < 2 * m; k++) {
        a[c][k] /= pivot;
      }
      for (int i = 0; i < m; i++) {
        double factor = a[i][c];
        if (i != c && factor != 0) {
          for (int k = 0; k < 2 * m; k++) {
            a[i][k] -= factor * a[c][k];
          }
        }
      }
    }
    double inverseNorm = 0;
    double defect = 0;
    double slopeError = 0;
    for (int i = 0; i < m; i++) {
      double sum = 0;
      double row = 0;
      double errors = 0;
      x[i] = 0;
      for (int k = 0; k < m; k++) {
        x[i] -= a[i][m + k] * planes[k].coefficient(m);
        sum += Math.abs(a[i][m + k]);
        errors += planes[i].error(k);
        double product = i == k ? -1 : 0;
        double size = 1;
        for (int l = 0; l < m; l++) {
          product += a[i][m + l] * planes[l].coefficient(k);
          size += Math.abs(a[i][m + l] * planes[l].coefficient(k));
        }
        row += Math.abs(product) + Rounding.gamma(m) * size;
      }
      inverseNorm = Math.max(inverseNorm, sum);
      defect = Math.max(defect, row);
      slopeError = Math.max(slopeError, errors);
    }
    double residual = 0;
    for (int i = 0; i < m; i++) {
      double value = planes[i].coefficient(m);
      double size = Math.abs(value);
      double inherited = planes[i].error(m);
      for (int k = 0; k < m; k++) {
        value += planes[i].coefficient(k) * x[k];
        size += Math.abs(planes[i].coefficient(k) * x[k]);
        inherited += planes[i].error(k) * Math.abs(x[k]);
      }
      // The last term is for products that underflow.
      residual =
          Math.max(
              residual,
              Math.abs(value)
                  + inherited
                  + Rounding.gamma(m + 1) * size
                  + (m + 3) * 2 * Double.MIN_VALUE);
    }
    double beta = SLACK * (defect + inverseNorm * slopeError);
    if (!(beta < 0.5)) {
      return Double.POSITIVE_INFINITY;
    }
    return SLACK * inverseNorm * residual / (1 - beta) + Double.MIN_NORMAL;
  }

  double x(int k) {
    return x[k];
  }

  double[] x() {
    return x;
  }

  /** A bound on how far each coordinate is from the exact one. */
  double error() {
    return error;
  }

  Hyperplane[] hyperplanes() {
    return hyperplanes;
  }

  /** The exact point, homogeneous: m integers and a positive common denominator. */
  BigInteger[] exact() {
    BigInteger[] point = exact;
    if (point.length == 0) {
      point = x.length == 2 && hyperplanes.length == 2 ? cross() : eliminated();
      int last = point.length - 1;
      if (point[last].signum() < 0) {
        for (int k = 0; k <= last; k++) {
          point[k] = point[k].negate();
        }
      }
      point = Rationals.stripped(point);
      exact = point;
    }
    return point;
  }

  private BigInteger[] cross() {
    BigInteger[] p = hyperplanes[0].exact();
    BigInteger[] q = hyperplanes[1].exact();
    return new BigInteger[] {
      p[1].multiply(q[2]).subtract(p[2].multiply(q[1])),
      p[2].multiply(q[0]).subtract(p[0].multiply(q[2])),
      p[0].multiply(q[1]).subtract(p[1].multiply(q[0]))
    };
  }

  /** The null vector of the hyperplanes' rows, by elimination without fractions. */
  private BigInteger[] eliminated() {
    int m = x.length;
    BigInteger[][] rows = new BigInteger[hyperplanes.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = hyperplanes[i].exact().clone();
    }
    BigInteger[] pivot = Elimination.reduce(rows, m);
    int rank = (int) Arrays.stream(pivot).filter(p -> p.signum() != 0).count();
    if (rank < m) {
      throw new IllegalStateException("the hyperplanes of a vertex do not meet in a point");
    }
    BigInteger[] point = new BigInteger[m + 1];
    // All pivots are equal after the reduction: the common denominator.
    point[m] = rows[0][0];
    for (int k = 0; k < m; k++) {
      point[k] = rows[k][m].negate();
    }
    return point;
  }

  /** The exact point as fractions. */
  BigFraction[] fractions() {
    BigInteger[] point = exact();
    BigFraction[] result = new BigFraction[x.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = new BigFraction(point[k], point[x.length]);
    }
    return result;
  }
}
