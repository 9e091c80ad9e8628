package dev.crease.witness;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.hipparchus.fraction.BigFraction;

/**
 * Where a radius lies, in rational numbers: the supremum {@code r} of the radii at which the
 * property holds fulfils {@code lower <= r <= upper}, or for the norm 2 {@code lower <= r^2 <=
 * upper}, since the root of a rational need not be one.
 *
 * @param lower no collision is nearer
 * @param upper collisions come as near as this; the same as {@code lower} where the radius is known
 *     exactly
 * @param squared whether the bounds are on {@code r^2}
 */
public record ExactRadius(BigFraction lower, BigFraction upper, boolean squared) {

  private static final int DIGITS = 40;
  private static final int MANTISSA = 53;

  /** The binary places of the least double. */
  private static final int LEAST_PLACES = 1074;

  /** Checks the order of the bounds. */
  public ExactRadius {
    if (lower.signum() < 0 || lower.compareTo(upper) > 0) {
      throw new IllegalArgumentException("no radius lies within [" + lower + ", " + upper + "]");
    }
  }

  /** Whether the radius is known exactly. */
  public boolean isExact() {
    return lower.equals(upper);
  }

  /** The largest double below every radius at which there are collisions. */
  public double certified() {
    if (lower.signum() == 0) {
      return 0;
    }
    // Strictly below: at the radius itself two points may collide.
    double r = below(lower);
    return raised(r).compareTo(lower) < 0 ? r : Math.nextDown(r);
  }

  /** The smallest double that is not below the radius. */
  public double refuted() {
    double r = below(upper);
    return raised(r).compareTo(upper) < 0 ? Math.nextUp(r) : r;
  }

  /** The largest double that is not above a bound, or its root. */
  private double below(BigFraction bound) {
    BigInteger numerator = bound.getNumerator();
    BigInteger denominator = bound.getDenominator();
    int power = squared ? 2 : 1;
    int bits = numerator.bitLength() - denominator.bitLength();
    // Binary places behind the point: enough for 53 bits and more, but none that no double has.
    int places = Math.min(64 - bits / power, LEAST_PLACES);
    int shift = power * places;
    BigInteger quotient =
        shift >= 0
            ? numerator.shiftLeft(shift).divide(denominator)
            : numerator.divide(denominator.shiftLeft(-shift));
    BigInteger root = squared ? quotient.sqrt() : quotient;
    int excess = Math.max(0, root.bitLength() - MANTISSA);
    double down = root.shiftRight(excess).doubleValue();
    return Math.min(Math.scalb(down, excess - places), Double.MAX_VALUE);
  }

  private BigFraction raised(double r) {
    BigFraction exact = Fractions.of(r);
    return squared ? exact.multiply(exact) : exact;
  }

  /** The lower bound on the radius with 40 digits, rounded down. */
  public BigDecimal decimal() {
    MathContext wide = new MathContext(2 * DIGITS, RoundingMode.DOWN);
    BigDecimal value =
        new BigDecimal(lower.getNumerator()).divide(new BigDecimal(lower.getDenominator()), wide);
    MathContext digits = new MathContext(DIGITS, RoundingMode.DOWN);
    BigDecimal root = squared ? value.sqrt(wide) : value;
    return root.round(digits).stripTrailingZeros();
  }
}
