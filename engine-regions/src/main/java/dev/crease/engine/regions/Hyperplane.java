package dev.crease.engine.regions;

import dev.crease.Rounding;
import java.math.BigInteger;
import java.util.function.Supplier;

/**
 * The zero set of an affine function: a neuron's kink within a region of the layers before, or a
 * side of the window. Held in doubles with error bounds, and exactly when asked.
 */
final class Hyperplane {

  /** Label of a side of the window. */
  static final int WINDOW = -1;

  private final double[] coefficients;
  private final double[] errors;
  private final int label;
  private final Supplier<ExactRow> source;
  private volatile BigInteger[] exact = NONE;

  private static final BigInteger[] NONE = new BigInteger[0];

  /**
   * @param coefficients m of the coordinates, then the constant
   * @param errors a bound for each on how far it is from the exact value
   * @param label number of the neuron, or {@link #WINDOW}
   * @param source computes the exact row
   */
  Hyperplane(double[] coefficients, double[] errors, int label, Supplier<ExactRow> source) {
    this.coefficients = coefficients;
    this.errors = errors;
    this.label = label;
    this.source = source;
  }

  double coefficient(int k) {
    return coefficients[k];
  }

  double error(int k) {
    return errors[k];
  }

  int label() {
    return label;
  }

  /** The integers of the exact row, without a common power of two. */
  BigInteger[] exact() {
    BigInteger[] row = exact;
    if (row.length == 0) {
      row = Rationals.stripped(source.get().coefficients());
      exact = row;
    }
    return row;
  }

  /**
   * The exact sign of the function at a point: in doubles where their error bound excludes zero,
   * which is that of {@link Subdivision} with a point that is off by its rounding only.
   *
   * @param point homogeneous, with a positive last entry
   * @param x the same, rounded by {@link Rationals#ratio}
   */
  int sign(BigInteger[] point, double[] x) {
    double value = coefficients[x.length];
    double size = Math.abs(value);
    double inherited = errors[x.length];
    for (int k = 0; k < x.length; k++) {
      double off = Rationals.ratioError(x[k]);
      double abs = Math.abs(coefficients[k]);
      double far = Math.abs(x[k]) + off;
      value += coefficients[k] * x[k];
      size += abs * far;
      inherited += abs * off + errors[k] * far;
    }
    double error = (inherited + Rounding.gamma(x.length + 4) * size) * (1 + 1e-9);
    // Where products underflow, or where a NaN comes out, the integers decide.
    if (Math.abs(value) > error + Double.MIN_NORMAL) {
      return value > 0 ? 1 : -1;
    }
    return ExactRow.times(exact(), point).signum();
  }

  /** The exact sign of the function at a vertex. */
  int exactSign(Vertex vertex) {
    for (Hyperplane own : vertex.hyperplanes()) {
      if (own == this) {
        return 0;
      }
    }
    return ExactRow.times(exact(), vertex.exact()).signum();
  }
}
