package dev.crease.certify;

import java.math.BigDecimal;
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
    double near = squared ? Math.sqrt(lower.doubleValue()) : lower.doubleValue();
    double r = Math.nextUp(Math.nextUp(near));
    // Strictly below: at the radius itself two points may collide.
    while (r > 0 && raised(r).compareTo(lower) >= 0) {
      r = Math.nextDown(r);
    }
    return Math.max(r, 0);
  }

  /** The smallest double that is not below the radius. */
  public double refuted() {
    double near = squared ? Math.sqrt(upper.doubleValue()) : upper.doubleValue();
    double r = Math.max(0, Math.nextDown(Math.nextDown(near)));
    while (raised(r).compareTo(upper) < 0) {
      r = Math.nextUp(r);
    }
    return r;
  }

  private BigFraction raised(double r) {
    BigFraction exact = new BigFraction(r);
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
