package dev.crease.witness;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.hipparchus.fraction.BigFraction;

/**
 * Between doubles and fractions. The library's own conversions take subnormal doubles for half of
 * what they are, and fractions below 1e-295 for 0.
 */
public final class Fractions {

  /** More digits than decide between two neighbouring doubles. */
  private static final MathContext DIGITS = new MathContext(800);

  private Fractions() {}

  /**
   * A double as a fraction, exactly.
   *
   * @param value finite
   */
  public static BigFraction of(double value) {
    if (value == 0) {
      // The library's -0.0 is not equal to other zeros.
      return BigFraction.ZERO;
    }
    if (Math.abs(value) >= Double.MIN_NORMAL) {
      return new BigFraction(value);
    }
    BigDecimal exact = new BigDecimal(value);
    return new BigFraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  /** The nearest double; infinite where that is too large. */
  public static double nearest(BigFraction value) {
    return new BigDecimal(value.getNumerator())
        .divide(new BigDecimal(value.getDenominator()), DIGITS)
        .doubleValue();
  }
}
