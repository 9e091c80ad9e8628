package dev.crease.formats.lowering;

/** Tells whether one operation on doubles gives the exact real result. */
public final class Exact {

  // The rounding error of a product spans at most 106 bits below it; above this limit that error is
  // itself a double, so that fma shows it. Below, an error could vanish and pass for zero.
  private static final double SMALLEST_TESTABLE = 0x1p-900;

  private Exact() {}

  /** Whether {@code a * b}, evaluated in double arithmetic, is the exact product. */
  public static boolean product(double a, double b) {
    if (a == 0 || b == 0) {
      return true;
    }
    double p = a * b;
    return Double.isFinite(p) && Math.abs(p) >= SMALLEST_TESTABLE && Math.fma(a, b, -p) == 0;
  }

  /** Whether {@code a + b}, evaluated in double arithmetic, is the exact sum. */
  public static boolean sum(double a, double b) {
    double s = a + b;
    if (!Double.isFinite(s)) {
      return false;
    }
    double fromB = s - a;
    double error = (a - (s - fromB)) + (b - fromB);
    return error == 0;
  }

  /** Whether {@code a / b}, evaluated in double arithmetic, is the exact quotient. */
  public static boolean quotient(double a, double b) {
    if (b == 0) {
      return false;
    }
    double q = a / b;
    return q == 0 ? a == 0 : product(q, b) && q * b == a;
  }

  /** The sum, keeping the sign of a zero that is added to a positive zero. */
  static double add(double a, double b) {
    return a == 0 ? b : b == 0 ? a : a + b;
  }
}
