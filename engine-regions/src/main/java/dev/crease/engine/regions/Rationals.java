package dev.crease.engine.regions;

import dev.crease.witness.Fractions;
import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/** Conversions between integers with a common scale, fractions and doubles. */
final class Rationals {

  private static final int MANTISSA = 52;
  private static final int LEAST_EXPONENT = -1074;

  private Rationals() {}

  /** The exponent {@code e} with {@code value = odd * 2^e}; 0 for 0. */
  static int exponent(double value) {
    if (value == 0) {
      return 0;
    }
    long bits = Double.doubleToLongBits(value);
    int biased = (int) ((bits >>> MANTISSA) & 0x7ff);
    long mantissa = bits & ((1L << MANTISSA) - 1);
    if (biased != 0) {
      mantissa |= 1L << MANTISSA;
    }
    return Math.max(biased, 1) - 1 + LEAST_EXPONENT + Long.numberOfTrailingZeros(mantissa);
  }

  /** {@code value * 2^scale}, which must be an integer. */
  static BigInteger scaled(double value, int scale) {
    if (value == 0) {
      return BigInteger.ZERO;
    }
    long bits = Double.doubleToLongBits(value);
    int biased = (int) ((bits >>> MANTISSA) & 0x7ff);
    long mantissa = bits & ((1L << MANTISSA) - 1);
    if (biased != 0) {
      mantissa |= 1L << MANTISSA;
    }
    int shift = Math.max(biased, 1) - 1 + LEAST_EXPONENT + scale;
    BigInteger magnitude = BigInteger.valueOf(mantissa);
    magnitude = shift >= 0 ? magnitude.shiftLeft(shift) : magnitude.shiftRight(-shift);
    return bits < 0 ? magnitude.negate() : magnitude;
  }

  /** The least scale at which all values are integers, and not negative. */
  static int scale(double... values) {
    int scale = 0;
    for (double value : values) {
      scale = Math.max(scale, -exponent(value));
    }
    return scale;
  }

  /** {@code numerator / denominator}, which is positive below, rounded to the nearest double. */
  static double ratio(BigInteger numerator, BigInteger denominator) {
    return Fractions.nearest(numerator, denominator);
  }

  /** A fraction rounded to the nearest double. */
  static double nearest(BigFraction value) {
    return ratio(value.getNumerator(), value.getDenominator());
  }

  /** A bound on the error of {@link #ratio}. */
  static double ratioError(double ratio) {
    return 4 * Math.ulp(ratio);
  }

  /** A vector without its common power of two; a common positive factor changes no sign. */
  static BigInteger[] stripped(BigInteger[] vector) {
    int zeros = Integer.MAX_VALUE;
    for (BigInteger entry : vector) {
      if (entry.signum() != 0) {
        zeros = Math.min(zeros, entry.getLowestSetBit());
      }
    }
    if (zeros == 0 || zeros == Integer.MAX_VALUE) {
      return vector;
    }
    BigInteger[] result = new BigInteger[vector.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = vector[i].shiftRight(zeros);
    }
    return result;
  }

  /** {@code value} as a fraction; the constructor of the library halves subnormal ones. */
  static BigFraction fraction(double value) {
    int scale = -exponent(value);
    return fraction(scaled(value, scale), scale);
  }

  /** {@code numerator / 2^scale}. */
  static BigFraction fraction(BigInteger numerator, int scale) {
    return scale >= 0
        ? new BigFraction(numerator, BigInteger.ONE.shiftLeft(scale))
        : new BigFraction(numerator.shiftLeft(-scale), BigInteger.ONE);
  }
}
