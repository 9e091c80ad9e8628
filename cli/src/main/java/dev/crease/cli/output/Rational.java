package dev.crease.cli.output;

import dev.crease.witness.Fractions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hipparchus.fraction.BigFraction;

/** Rational numbers, read from doubles and written for people. */
public final class Rational {

  private static final int DIGITS = 12;

  private Rational() {}

  /** A point of doubles, exactly. */
  public static List<BigFraction> of(double[] x) {
    return Arrays.stream(x).mapToObj(Fractions::of).toList();
  }

  /** Numerator and denominator, {@code p/q}. */
  public static String exact(BigFraction value) {
    return value.getNumerator() + "/" + value.getDenominator();
  }

  /** A point with 12 significant digits. */
  public static String point(List<BigFraction> x) {
    return x.stream().map(Rational::near).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String near(BigFraction value) {
    BigDecimal rounded =
        new BigDecimal(value.getNumerator())
            .divide(
                new BigDecimal(value.getDenominator()),
                new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    return Numbers.near(rounded.doubleValue(), DIGITS);
  }
}
