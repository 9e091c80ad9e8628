package dev.crease.tightening;

import dev.crease.Rounding;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;

/**
 * A lower bound on a linear program that anybody's multipliers prove. For {@code min c x} over
 * {@code L <= A x <= U}, {@code l <= x <= u} and any {@code y},
 *
 * <pre>
 * c x = y A x + (c - y A) x &gt;= sum_i min(y_i L_i, y_i U_i) + sum_j min over [l_j, u_j] of (c - y A)_j x_j
 * </pre>
 *
 * (Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming, 2004,
 * section 2). Good multipliers make it the optimum; bad ones only make it weak. Computed in
 * doubles, each rounding error bounded and taken off.
 */
final class DualBound {

  private final double[] rowLower;
  private final double[] rowUpper;
  private final int[] start;
  private final int[] index;
  private final double[] value;
  private final double[] lower;
  private final double[] upper;
  private final int[] columnLength;

  DualBound(Model model) {
    int rows = model.constraints().size();
    int columns = model.variables().size();
    rowLower = new double[rows];
    rowUpper = new double[rows];
    start = new int[rows + 1];
    columnLength = new int[columns];
    int nonZeros =
        model.constraints().stream()
            .mapToInt(c -> ((LinearConstraint) c).expression().size())
            .sum();
    index = new int[nonZeros];
    value = new double[nonZeros];
    int at = 0;
    for (int r = 0; r < rows; r++) {
      LinearConstraint row = (LinearConstraint) model.constraints().get(r);
      LinearExpression e = row.expression();
      rowLower[r] = row.lower();
      rowUpper[r] = row.upper();
      for (int k = 0; k < e.size(); k++) {
        index[at] = e.variable(k);
        value[at++] = e.coefficient(k);
        columnLength[e.variable(k)]++;
      }
      start[r + 1] = at;
    }
    lower = new double[columns];
    upper = new double[columns];
    for (Variable v : model.variables()) {
      lower[v.index()] = v.lower();
      upper[v.index()] = v.upper();
    }
  }

  /**
   * A number not above {@code min c x}.
   *
   * @param cost {@code c}
   * @param multipliers {@code y}, one per row
   * @return {@code -Infinity} when the multipliers prove nothing
   */
  double atLeast(double[] cost, double[] multipliers) {
    double[] reduced = cost.clone();
    double[] magnitude = new double[cost.length];
    for (int j = 0; j < cost.length; j++) {
      magnitude[j] = Math.abs(cost[j]);
    }
    double sum = 0;
    double error = 0;
    int terms = 0;
    for (int r = 0; r < multipliers.length; r++) {
      double y = multipliers[r];
      double side = y > 0 ? rowLower[r] : rowUpper[r];
      // A multiplier that points at an open side, as rounding leaves them, is taken for 0.
      if (!(y != 0) || !Double.isFinite(y) || !Double.isFinite(side)) {
        continue;
      }
      sum += y * side;
      error += Math.abs(y * side);
      terms++;
      for (int k = start[r]; k < start[r + 1]; k++) {
        double product = y * value[k];
        reduced[index[k]] -= product;
        magnitude[index[k]] += Math.abs(product);
      }
    }
    for (int j = 0; j < cost.length; j++) {
      // The reduced cost lies within this of the computed one.
      double blur = 2 * (columnLength[j] + 3) * Rounding.UNIT * magnitude[j] + Double.MIN_NORMAL;
      double atLower = reduced[j] * lower[j];
      double atUpper = reduced[j] * upper[j];
      double reach = Math.max(Math.abs(lower[j]), Math.abs(upper[j]));
      double least = Math.min(atLower, atUpper) - blur * reach;
      sum += least;
      error += Math.abs(least) + blur * reach;
      terms++;
    }
    double bound = sum - 2 * (terms + 4) * Rounding.UNIT * error - Double.MIN_NORMAL;
    return Double.isNaN(bound) ? Double.NEGATIVE_INFINITY : Math.nextDown(bound);
  }
}
