package dev.crease.verifier.proof;

/**
 * Sums, products and quotients rounded to the safe side; what is exact stays exact. Where something
 * overflows the result is infinite on the safe side or no number, which proves nothing.
 */
final class Round {

  /** The unit roundoff. */
  private static final double UNIT = 0x1p-53;

  /** Above this, what a product loses to rounding is itself a double. */
  private static final double SAFE = 0x1p-900;

  private Round() {}

  /** What a sum {@code s} of two numbers lost: {@code a + b - s}, exactly (Knuth's TwoSum). */
  private static double lost(double a, double b, double s) {
    double t = s - a;
    return (a - (s - t)) + (b - t);
  }

  static double sumDown(double a, double b) {
    double s = a + b;
    return lost(a, b, s) >= 0 ? s : Math.nextDown(s);
  }

  static double sumUp(double a, double b) {
    return -sumDown(-a, -b);
  }

  static double productDown(double a, double b) {
    double p = a * b;
    boolean exact = a == 0 || b == 0;
    return exact || (Math.abs(p) > SAFE && Math.fma(a, b, -p) >= 0) ? p : Math.nextDown(p);
  }

  static double productUp(double a, double b) {
    return -productDown(-a, b);
  }

  /** Of positive numbers. */
  static double quotientDown(double a, double b) {
    double q = a / b;
    return a > SAFE && Math.fma(q, b, -a) <= 0 ? q : Math.nextDown(q);
  }

  /** How far {@code c + a b}, computed as a product and a sum, may be from what it should be. */
  static double error(double c, double a, double b) {
    double p = a * b;
    double product = Math.abs(p) > SAFE ? Math.abs(Math.fma(a, b, -p)) : Math.ulp(p);
    return sumUp(a == 0 || b == 0 ? 0 : product, Math.abs(lost(c, p, c + p)));
  }

  /**
   * How far a sum of n products, in whatever order, may be from what it should be: {@code n u / (1
   * - n u)} times the sum of their sizes (Higham 2002, section 3.1), which was itself computed: the
   * 2 is room for that, as long as n is below a million. Underflow adds less than the least normal.
   */
  static double error(int n, double sizes) {
    return n == 0 ? 0 : Math.nextUp((n + 2) * UNIT * sizes + Double.MIN_NORMAL);
  }
}
