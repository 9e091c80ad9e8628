package dev.crease.witness;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * Between doubles and fractions. The library's own conversions take subnormal doubles for half of
 * what they are, and fractions below 1e-295 for 0.
 */
public final class Fractions {

  private static final int LEAST_EXPONENT = -1074;

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
    return nearest(value.getNumerator(), value.getDenominator());
  }

  /**
   * The double nearest to a quotient, which need not be reduced; infinite where that is too large.
   *
   * @param denominator positive
   */
  public static double nearest(BigInteger numerator, BigInteger denominator) {
    if (numerator.signum() == 0) {
      return 0;
    }
    int bits = numerator.bitLength() - denominator.bitLength();
    boolean isSmall = bits < Double.MIN_EXPONENT + 1;
    // 64 bits of quotient and one that stands for all others, so that it is rounded once only; or
    // the units of the least double, which are rounded here.
    int shift = isSmall ? -LEAST_EXPONENT : 64 - bits;
    BigInteger magnitude = numerator.abs();
    BigInteger[] parts =
        shift >= 0
            ? magnitude.shiftLeft(shift).divideAndRemainder(denominator)
            : magnitude.divideAndRemainder(denominator.shiftLeft(-shift));
    BigInteger quotient = parts[0];
    if (isSmall) {
      int half = parts[1].shiftLeft(1).compareTo(denominator);
      if (half > 0 || (half == 0 && quotient.testBit(0))) {
        quotient = quotient.add(BigInteger.ONE);
      }
    } else if (parts[1].signum() != 0) {
      quotient = quotient.setBit(0);
    }
    double result = Math.scalb(quotient.doubleValue(), -shift);
    return numerator.signum() > 0 ? result : -result;
  }
}
