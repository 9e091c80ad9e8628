package dev.crease.engine.regions;

import java.math.BigInteger;

/**
 * A rational number that is not reduced: where numbers are compared a few times and rounded once,
 * greatest common divisors would take most of the time.
 *
 * @param denominator positive
 */
record Quotient(BigInteger numerator, BigInteger denominator) implements Comparable<Quotient> {

  @Override
  public int compareTo(Quotient other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  // Of equal numbers, not of equal parts; no set of them is made.
  @Override
  public boolean equals(Object other) {
    return other instanceof Quotient that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(nearest());
  }

  double nearest() {
    return Rationals.ratio(numerator, denominator);
  }

  /** The largest double that is not above. */
  double down() {
    double nearest = nearest();
    if (nearest == Double.NEGATIVE_INFINITY) {
      return nearest;
    }
    double start = Math.min(nearest, Double.MAX_VALUE);
    int scale = -Rationals.exponent(start);
    BigInteger scaled = Rationals.scaled(start, Math.max(0, scale));
    BigInteger own = numerator.shiftLeft(Math.max(0, scale));
    return scaled.multiply(denominator).compareTo(own) <= 0 ? start : Math.nextDown(start);
  }

  /** The least double that is not below. */
  double up() {
    // Not a negation, which would make a -0.
    return 0 - new Quotient(numerator.negate(), denominator).down();
  }
}
