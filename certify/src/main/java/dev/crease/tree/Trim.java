package dev.crease.tree;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Multipliers are only as long as they need to be: any number proves something, and short ones are
 * cheap to keep and to check.
 */
final class Trim {

  /** For bounds on directions, where a loss of a millionth is no matter. */
  static final Trim SHORT = new Trim(6);

  /** For bounds on positions, which decide how far a radius is certified. */
  static final Trim LONG = new Trim(9);

  /** Powers of ten up to this are doubles. */
  private static final int EXACT_POWERS = 22;

  private static final double[] POWERS = new double[EXACT_POWERS + 1];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = new BigDecimal("1e" + i).doubleValue();
    }
  }

  private final int digits;

  /** What is so much smaller than the largest of its kind proves nothing. */
  private final double negligible;

  private Trim(int digits) {
    this.digits = digits;
    this.negligible = Math.pow(10, -digits);
  }

  /** Beyond this a number proves nothing but that a program was badly scaled. */
  private static final double MOST = 1e90;

  /** The number with some decimal digits; 0 for what is none, or far too large. */
  double of(double value) {
    if (!(Math.abs(value) < MOST) || value == 0) {
      return 0;
    }
    int places = digits - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
    if (places >= 0 && places <= EXACT_POWERS) {
      return Math.rint(value * POWERS[places]) / POWERS[places];
    }
    return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
  }

  /** The same, where small against a scale 0. */
  double of(double value, double scale) {
    return Math.abs(value) > negligible * scale ? of(value) : 0;
  }

  double[] of(double[] values) {
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
