package dev.crease;

/**
 * Bounds on rounding errors, for arithmetic that is rounded outward: the one home of the unit
 * roundoff.
 *
 * <p>A floating-point operation gives its exact result times {@code 1 + e} with {@code |e| <= u},
 * {@code u = 2^-53}, unless it underflows. A result of n operations in a row, in whatever order
 * sums are taken, then has a relative error of at most {@code gamma(n) = n u / (1 - n u)} (Higham,
 * Accuracy and Stability of Numerical Algorithms, 2002, lemma 3.1); for a sum of products that is
 * relative to the sum of their absolute values (section 3.1). Underflow adds at most half the least
 * subnormal number each time.
 */
public final class Rounding {

  /** The unit roundoff {@code u = 2^-53}: half the distance from 1 to the next double. */
  public static final double UNIT = 0x1p-53;

  private Rounding() {}

  /**
   * A number not below {@code gamma(n)}: {@code 2 (n + 2) u}. With n up to {@code 2^51} that is
   * above {@code 2 n u >= gamma(n)}, and the rest is room for the rounding of the error bound
   * itself, which takes about as many operations.
   *
   * @param n operations in a row
   */
  public static double gamma(int n) {
    return 2.0 * (n + 2) * UNIT;
  }

  /** A number not below {@code value + error}, where the error bound is not negative. */
  public static double up(double value, double error) {
    // One subnormal step covers underflow in the products.
    return Math.nextUp(value + Math.nextUp(error + Double.MIN_NORMAL));
  }

  /** A number not above {@code value - error}. */
  public static double down(double value, double error) {
    return -up(-value, error);
  }
}
