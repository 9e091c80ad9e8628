package dev.crease.engine.regions;

import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * An affine function with dyadic coefficients: {@code 2^-scale (sum_k coefficients[k] x_k +
 * coefficients[m])}.
 *
 * @param coefficients m of the coordinates, then the constant
 * @param scale the common exponent
 */
record ExactRow(BigInteger[] coefficients, int scale) {

  /** The value at a point, as a fraction. */
  BigFraction at(BigFraction[] x) {
    BigFraction sum = new BigFraction(coefficients[x.length]);
    for (int k = 0; k < x.length; k++) {
      if (coefficients[k].signum() != 0) {
        sum = sum.add(x[k].multiply(coefficients[k]));
      }
    }
    return sum.multiply(Rationals.fraction(BigInteger.ONE, scale));
  }

  /** The integers at a scale that is not smaller. */
  BigInteger[] at(int newScale) {
    BigInteger[] shifted = new BigInteger[coefficients.length];
    for (int k = 0; k < shifted.length; k++) {
      shifted[k] = coefficients[k].shiftLeft(newScale - scale);
    }
    return shifted;
  }

  /**
   * The values of several functions at a homogeneous point: numerators, with their common
   * denominator, which is positive if that of the point is, behind them.
   */
  static BigInteger[] at(ExactRow[] rows, BigInteger[] point) {
    int common = 0;
    for (ExactRow row : rows) {
      common = Math.max(common, row.scale);
    }
    BigInteger[] values = new BigInteger[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      values[i] = times(rows[i].coefficients, point).shiftLeft(common - rows[i].scale);
    }
    values[rows.length] = point[point.length - 1].shiftLeft(common);
    return values;
  }

  /** {@code sum coefficients_k v_k} for a homogeneous point; only its sign means something. */
  static BigInteger times(BigInteger[] coefficients, BigInteger[] point) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k < point.length; k++) {
      if (coefficients[k].signum() != 0 && point[k].signum() != 0) {
        sum = sum.add(coefficients[k].multiply(point[k]));
      }
    }
    return sum;
  }
}
