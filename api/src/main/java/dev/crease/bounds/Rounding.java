package dev.crease.bounds;

/**
 * Bounds on rounding errors. {@code gamma(n) = n u / (1 - n u)} with {@code u = 2^-53} bounds the
 * relative error of n floating-point operations in a row (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2002, lemma 3.1).
 */
final class Rounding {

  private static final double UNIT = 0x1p-53;

  private Rounding() {}

  /**
   * A number not below {@code gamma(n)}, with room for the rounding of the error bound itself,
   * which takes about as many operations.
   */
  static double gamma(int n) {
    return 2 * (n + 2) * UNIT;
  }

  /** A number not below {@code value + error}, where the error bound is not negative. */
  static double up(double value, double error) {
    // One subnormal step covers underflow in the products.
    return Math.nextUp(value + Math.nextUp(error + Double.MIN_NORMAL));
  }

  /** A number not above {@code value - error}. */
  static double down(double value, double error) {
    return -up(-value, error);
  }
}
