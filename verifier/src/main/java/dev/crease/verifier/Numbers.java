package dev.crease.verifier;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.hipparchus.fraction.BigFraction;

/**
 * Between fractions and doubles. The library's own conversions give 0 below 1e-295, and half of
 * what they should for subnormal doubles.
 */
final class Numbers {

  /** More digits than decide between two neighbouring doubles, or exactly between them. */
  private static final MathContext DIGITS = new MathContext(800);

  private Numbers() {}

  /** The nearest double. */
  static double nearest(BigFraction value) {
    return decimal(value).doubleValue();
  }

  /** A double as a fraction. */
  static BigFraction fraction(double value) {
    BigDecimal exact = new BigDecimal(value);
    return new BigFraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  /** A double that is not above, and next to it. */
  static double below(BigFraction value) {
    double near = nearest(value);
    return isExactly(near, value) ? near : Math.nextDown(near);
  }

  /** A double that is not below, and next to it. */
  static double above(BigFraction value) {
    return -below(value.negate());
  }

  /** The root, about. */
  static double root(BigFraction value) {
    return decimal(value).sqrt(MathContext.DECIMAL64).doubleValue();
  }

  private static BigDecimal decimal(BigFraction value) {
    return new BigDecimal(value.getNumerator())
        .divide(new BigDecimal(value.getDenominator()), DIGITS);
  }

  /** Whether a double is a fraction exactly. */
  static boolean isExactly(double value, BigFraction fraction) {
    if (!Double.isFinite(value)) {
      return false;
    }
    return fraction(value).compareTo(fraction) == 0;
  }
}
