package dev.crease.plots;

import dev.crease.bounds.Interval;
import dev.crease.plots.chart.RoundNumbers;
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

  /** Ticks at multiples of 1, 2 or 5 times a power of ten, at most so many. */
  static Ticks of(Interval range, int most) {
    BigDecimal step = RoundNumbers.atLeast((range.upper() - range.lower()) / most);
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
