package dev.crease.plots;

import dev.crease.bounds.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers within a range.
 *
 * @param values in ascending order
 * @param labels one for each value
 */
record Ticks(List<Double> values, List<String> labels) {

  private static final int LONGEST = 10;
  private static final int[] STEPS = {5, 2, 1};

  /** Ticks at multiples of 1, 2 or 5 times a power of ten, at most so many. */
  static Ticks of(Interval range, int most) {
    BigDecimal step = nice((range.upper() - range.lower()) / most, RoundingMode.CEILING);
    BigDecimal first =
        new BigDecimal(range.lower()).divide(step, 0, RoundingMode.CEILING).multiply(step);
    BigDecimal last = new BigDecimal(range.upper());
    List<Double> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (BigDecimal tick = first; tick.compareTo(last) <= 0; tick = tick.add(step)) {
      values.add(tick.doubleValue());
      BigDecimal scaled = step.scale() <= 0 ? tick.setScale(0) : tick.setScale(step.scale());
      labels.add(text(scaled));
    }
    return new Ticks(values, labels);
  }

  /** The smallest of 1, 2, 5 times a power of ten that is not below a number above 0. */
  static double niceAbove(double value) {
    return nice(value, RoundingMode.CEILING).doubleValue();
  }

  /** The largest of 1, 2, 5 times a power of ten that is below a number above 0. */
  static double niceBelow(double value) {
    return nice(value * (1 - 1e-9), RoundingMode.FLOOR).doubleValue();
  }

  private static BigDecimal nice(double value, RoundingMode mode) {
    // Up to 15 digits, lest 0.1 count as more than a tenth.
    BigDecimal exact = new BigDecimal(value, new MathContext(15, RoundingMode.HALF_EVEN));
    int exponent = exact.precision() - exact.scale() - 1;
    BigDecimal best = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    if (mode == RoundingMode.CEILING) {
      best = BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
      for (int step : STEPS) {
        BigDecimal candidate = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
        best = candidate.compareTo(exact) >= 0 ? candidate : best;
      }
      return best;
    }
    for (int step : STEPS) {
      BigDecimal candidate = BigDecimal.valueOf(step).scaleByPowerOfTen(exponent);
      if (candidate.compareTo(exact) <= 0) {
        return candidate;
      }
    }
    return best;
  }

  /** A number with as many digits as it has, up to 6. */
  static String label(double value) {
    BigDecimal rounded = new BigDecimal(value, new MathContext(6, RoundingMode.HALF_EVEN));
    return text(value == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
  }

  /** A number above 0 with 6 digits, rounded down or up. */
  static String label(double value, RoundingMode mode) {
    return text(new BigDecimal(value, new MathContext(6, mode)).stripTrailingZeros());
  }

  private static String text(BigDecimal value) {
    String plain = value.toPlainString();
    String text = plain.length() <= LONGEST ? plain : shorter(plain, scientific(value));
    return text.replace('-', '\u2212');
  }

  private static String shorter(String a, String b) {
    return b.length() < a.length() ? b : a;
  }

  private static String scientific(BigDecimal value) {
    BigDecimal digits = value.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return digits.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
