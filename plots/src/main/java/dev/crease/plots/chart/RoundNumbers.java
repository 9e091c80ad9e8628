package dev.crease.plots.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The numbers 1, 2 and 5 times a power of ten, which axes are marked at. */
public final class RoundNumbers {

  private static final int[] STEPS = {5, 2, 1};

  /** What is nearer than this to a round number, relative to it, is that number. */
  private static final double SAME = 1e-9;

  private RoundNumbers() {}

  /** The smallest that is not below a number above 0. */
  public static BigDecimal atLeast(double value) {
    BigDecimal exact = digits(value);
    int exponent = exponent(exact);
    BigDecimal best = BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
    for (int step : STEPS) {
      BigDecimal candidate = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
      best = candidate.compareTo(exact) >= 0 ? candidate : best;
    }
    return best;
  }

  /** The largest that is not above a number above 0. */
  public static BigDecimal atMost(double value) {
    BigDecimal exact = digits(value);
    int exponent = exponent(exact);
    for (int step : STEPS) {
      BigDecimal candidate = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
      if (candidate.compareTo(exact) <= 0) {
        return candidate;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(exponent);
  }

  /** The smallest that is above a number above 0. */
  public static BigDecimal above(double value) {
    return atLeast(value * (1 + SAME));
  }

  /** The largest that is below a number above 0. */
  public static BigDecimal below(double value) {
    return atMost(value * (1 - SAME));
  }

  /** Up to 15 digits, lest 0.1 count as more than a tenth. */
  private static BigDecimal digits(double value) {
    return new BigDecimal(value, new MathContext(15, RoundingMode.HALF_EVEN));
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }
}
