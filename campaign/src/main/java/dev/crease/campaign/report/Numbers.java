package dev.crease.campaign.report;

import dev.crease.campaign.Rounds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as people read them. */
final class Numbers {

  static final String NONE = "\u2013";

  private static final int DIGITS = 3;
  private static final int RADIUS_DIGITS = 7;

  private Numbers() {}

  /** Three digits, without an exponent from a millionth to a million. */
  static String brief(double value) {
    return rounded(value, DIGITS, RoundingMode.HALF_EVEN);
  }

  static String brief(OptionalDouble value) {
    return value.isPresent() ? brief(value.getAsDouble()) : NONE;
  }

  /** Seven digits, rounded so that what is claimed stays true. */
  static String radius(OptionalDouble value, RoundingMode mode) {
    return value.isPresent() ? rounded(value.getAsDouble(), RADIUS_DIGITS, mode) : NONE;
  }

  /** All the digits of a number. */
  static String exact(OptionalDouble value) {
    if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
      return brief(value);
    }
    return plain(new BigDecimal(Double.toString(value.getAsDouble()))).replace('-', '\u2212');
  }

  static String whole(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : NONE;
  }

  static String seconds(double value) {
    return brief(value) + "\u00a0s";
  }

  static String seconds(OptionalDouble value) {
    return value.isPresent() ? seconds(value.getAsDouble()) : NONE;
  }

  /** A time, and in brackets what it was at the least and at the most where it was not one only. */
  static String seconds(Optional<Rounds.Interval> times) {
    if (times.isEmpty()) {
      return NONE;
    }
    Rounds.Interval interval = times.get();
    String median = seconds(interval.median());
    return interval.isSpread()
        ? median + " [" + brief(interval.least()) + ", " + brief(interval.most()) + "]"
        : median;
  }

  /** A share of 1, in percent. */
  static String percent(OptionalDouble value) {
    return value.isPresent() ? brief(100 * value.getAsDouble()) + "\u00a0%" : NONE;
  }

  /** A coordinate in a drawing, to hundredths. */
  static String pixel(double value) {
    BigDecimal hundredths = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return plain(hundredths);
  }

  /** A count with its noun. */
  static String of(long count, String noun) {
    return count + " " + (count == 1 ? noun : noun + "s");
  }

  private static String rounded(double value, int digits, RoundingMode mode) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? NONE : value > 0 ? "\u221e" : "\u2212\u221e";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value, new MathContext(digits, mode));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -6 || exponent >= 6) {
      return plain(rounded.movePointLeft(exponent)).replace('-', '\u2212')
          + "e"
          + Integer.toString(exponent).replace('-', '\u2212');
    }
    return plain(rounded).replace('-', '\u2212');
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
