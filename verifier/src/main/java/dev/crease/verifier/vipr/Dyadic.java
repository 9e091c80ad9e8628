package dev.crease.verifier.vipr;

import java.math.BigInteger;

/** An integer times a power of two, {@code mantissa 2^exponent}: what sums of doubles are. */
record Dyadic(BigInteger mantissa, int exponent) {

  static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);
  static final Dyadic ONE = new Dyadic(BigInteger.ONE, 0);

  /** A finite double, exactly. */
  static Dyadic of(double value) {
    if (value == 0) {
      return ZERO;
    }
    int unit = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
    long mantissa = (long) Math.scalb(value, -unit);
    int zeros = Long.numberOfTrailingZeros(mantissa);
    return new Dyadic(BigInteger.valueOf(mantissa >> zeros), unit + zeros);
  }

  int sign() {
    return mantissa.signum();
  }

  Dyadic negate() {
    return new Dyadic(mantissa.negate(), exponent);
  }

  Dyadic abs() {
    return sign() < 0 ? negate() : this;
  }

  Dyadic plus(Dyadic other) {
    if (sign() == 0) {
      return other;
    }
    if (other.sign() == 0) {
      return this;
    }
    int least = Math.min(exponent, other.exponent);
    BigInteger sum =
        mantissa.shiftLeft(exponent - least).add(other.mantissa.shiftLeft(other.exponent - least));
    return sum.signum() == 0 ? ZERO : new Dyadic(sum, least);
  }

  Dyadic minus(Dyadic other) {
    return plus(other.negate());
  }

  Dyadic times(Dyadic other) {
    return sign() == 0 || other.sign() == 0
        ? ZERO
        : new Dyadic(mantissa.multiply(other.mantissa), exponent + other.exponent);
  }

  /** The least power of two that is not below this positive number. */
  Dyadic powerAbove() {
    int power = exponent + mantissa.subtract(BigInteger.ONE).bitLength();
    return new Dyadic(BigInteger.ONE, power);
  }

  /** As a fraction in lowest terms, over a power of two. */
  @Override
  public String toString() {
    return fraction(false);
  }

  /** One over this positive number. */
  String inverse() {
    return fraction(true);
  }

  private String fraction(boolean isInverse) {
    int zeros = Math.max(0, mantissa.getLowestSetBit());
    int power = sign() == 0 ? 0 : exponent + zeros;
    BigInteger over = mantissa.shiftRight(zeros).shiftLeft(Math.max(0, power));
    BigInteger under = BigInteger.ONE.shiftLeft(Math.max(0, -power));
    BigInteger top = isInverse ? under : over;
    BigInteger bottom = isInverse ? over : under;
    return bottom.equals(BigInteger.ONE) ? top.toString() : top + "/" + bottom;
  }
}
