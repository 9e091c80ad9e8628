package dev.crease.tree;

/**
 * Multipliers are only as long as they need to be: any number proves something, and short ones are
 * cheap to keep and to check.
 */
final class Trim {

  private static final long MASK = -1L << 20;

  /** What is so much smaller than the largest of its kind proves nothing. */
  private static final double NEGLIGIBLE = 1e-9;

  private Trim() {}

  /** The number with 32 significant bits; 0 for what is none. */
  static double of(double value) {
    return Double.isFinite(value) ? Double.longBitsToDouble(Double.doubleToLongBits(value) & MASK) : 0;
  }

  /** The same, where small against a scale 0. */
  static double of(double value, double scale) {
    return Math.abs(value) > NEGLIGIBLE * scale ? of(value) : 0;
  }

  static double[] of(double[] values) {
    double scale = largest(values);
    double[] trimmed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      trimmed[i] = of(values[i], scale);
    }
    return trimmed;
  }

  static double largest(double[] values) {
    double most = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        most = Math.max(most, Math.abs(value));
      }
    }
    return most;
  }
}
