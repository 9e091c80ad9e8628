package org.example.crease.ojalgo;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import java.util.Arrays;
import java.util.List;

/**
 * What multipliers prove, whoever they are from: by weak duality {@code sum_i min(y_i row_i) +
 * sum_j min(d_j x_j)} with {@code d = c - A'y} is below the optimum for every {@code y}, so that a
 * wrong {@code y} gives a weak bound, never a false one. Rounding is taken off (Neumaier and
 * Shcherbina, Safe bounds in linear and mixed-integer linear programming, 2004).
 */
final class DualProof {

  private static final double EPS = 0x1p-52;

  /** Where a variable has no bound, a reduced cost this small beside its terms counts as 0. */
  private static final double FREE = 1e-9;

  /** Multipliers this small beside the largest are left out: every choice of them is a proof. */
  private static final double NOISE = 1e-12;

  private DualProof() {}

  /**
   * A lower bound of {@code cost x} over the rows and the box.
   *
   * @param y a multiplier for each row; one that asks for a side which its row lacks is left out
   */
  static double bound(
      double[] cost, List<LinearConstraint> rows, double[] lower, double[] upper, double[] y) {
    double[] d = cost.clone();
    double[] size = new double[d.length];
    int[] terms = new int[d.length];
    double sum = 0;
    double magnitude = 0;
    double largest = Arrays.stream(y).map(Math::abs).max().orElse(0);
    for (int i = 0; i < y.length; i++) {
      LinearConstraint row = rows.get(i);
      double side = y[i] > 0 ? row.lower() : row.upper();
      if (!(Math.abs(y[i]) > NOISE * largest) || Double.isInfinite(side)) {
        continue;
      }
      sum += y[i] * side;
      magnitude += Math.abs(y[i] * side);
      LinearExpression e = row.expression();
      for (int k = 0; k < e.size(); k++) {
        int j = e.variable(k);
        double product = y[i] * e.coefficient(k);
        d[j] -= product;
        size[j] += Math.abs(product);
        terms[j]++;
      }
    }
    for (int j = 0; j < d.length; j++) {
      double scale = Math.abs(cost[j]) + size[j];
      double error = EPS * (terms[j] + 1) * scale;
      double term = least(d[j] - error, d[j] + error, lower[j], upper[j], FREE * scale);
      sum += term;
      magnitude += Math.abs(term);
    }
    double bound = sum - EPS * (y.length + d.length + 1) * magnitude;
    return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : bound;
  }

  /** The least {@code d x} over an interval of {@code d} and one of {@code x}. */
  private static double least(
      double dLow, double dHigh, double lower, double upper, double negligible) {
    return Math.min(least(dLow, lower, upper, negligible), least(dHigh, lower, upper, negligible));
  }

  private static double least(double d, double lower, double upper, double negligible) {
    double x = d > 0 ? lower : upper;
    if (Double.isInfinite(x)) {
      return Math.abs(d) <= negligible ? 0 : Double.NEGATIVE_INFINITY;
    }
    return d * x;
  }
}
