package dev.crease.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers as people read them; the ends of a bracket are rounded outward. */
public final class Numbers {

  private static final int POINT_DIGITS = 10;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(NaN|Infinity|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)");

  private Numbers() {}

  /**
   * The double nearest to a decimal number; Java's own suffixes and hexadecimal are refused.
   *
   * @throws NumberFormatException if it is none
   */
  public static double parse(String text) {
    if (!DECIMAL.matcher(text.strip()).matches()) {
      throw new NumberFormatException("not a decimal number");
    }
    return Double.parseDouble(text.strip());
  }

  /** Rounded down to some digits: what is certified. */
  public static String down(double value, int digits) {
    return show(value, digits, RoundingMode.FLOOR);
  }

  /** Rounded up to some digits: what is refuted. */
  public static String up(double value, int digits) {
    return show(value, digits, RoundingMode.CEILING);
  }

  /** Rounded to the nearest. */
  public static String near(double value, int digits) {
    return show(value, digits, RoundingMode.HALF_EVEN);
  }

  /** With as many digits as tell the double apart: {@code 0.3} as a user wrote it. */
  public static String plain(double value) {
    return Double.isFinite(value)
        ? show(new BigDecimal(Double.toString(value)).stripTrailingZeros())
        : String.valueOf(value);
  }

  /** A point such as {@code (0.5, 1.25)}. */
  public static String point(double[] x) {
    return Arrays.stream(x)
        .mapToObj(v -> near(v, POINT_DIGITS))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String show(double value, int digits, RoundingMode mode) {
    if (value == 0) {
      return "0";
    }
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    return show(new BigDecimal(value).round(new MathContext(digits, mode)).stripTrailingZeros());
  }

  private static String show(BigDecimal rounded) {
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -4 || exponent > 9
        ? rounded.toString().replace("E", "e")
        : rounded.toPlainString();
  }
}
