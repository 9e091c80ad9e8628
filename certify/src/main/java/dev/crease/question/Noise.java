package dev.crease.question;

import dev.crease.bounds.Norm;

/**
 * How well outputs are known: two that differ by no more than the noise {@code eps} may be the same
 * one. What such outputs determine is then to be the same up to a difference {@code delta}: {@code
 * ||f(x) - f(x')|| <= eps} is to imply {@code ||g(x) - g(x')|| <= delta}. With {@code eps = delta =
 * 0} that is the question without noise.
 *
 * @param eps of the outputs of {@code f}, in their own units
 * @param within {@code delta}, in the units of what is determined: those of the ball for the
 *     identity
 */
public record Noise(double eps, double within) {

  /** Outputs that are known exactly, and determine exactly. */
  public static final Noise NONE = new Noise(0, 0);

  /** Checks that neither is negative or infinite. */
  public Noise {
    if (!(eps >= 0) || Double.isInfinite(eps)) {
      throw new IllegalArgumentException("the noise cannot be " + eps);
    }
    if (!(within >= 0) || Double.isInfinite(within)) {
      throw new IllegalArgumentException("noise cannot be allowed to move by " + within);
    }
  }

  /** Whether it is the question without noise. */
  public boolean isNone() {
    return eps == 0 && within == 0;
  }

  /**
   * A radius up to which no two points of a ball are further apart than is allowed, so that there
   * is nothing to prove: half of that, and all of it where one point is the centre.
   */
  public double trivialRadius(boolean isPinned) {
    // Half of a subnormal number may be rounded up.
    return isPinned ? within : within < 2 * Double.MIN_NORMAL ? 0 : within / 2;
  }

  /** The norm in which noise and differences count: that of the ball, and infinity for norm 2. */
  public static Norm norm(Norm ball) {
    return ball == Norm.L2 ? Norm.LINF : ball;
  }

  @Override
  public String toString() {
    return "noise " + eps + ", within " + within;
  }
}
