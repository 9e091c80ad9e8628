package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import java.math.BigInteger;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Two points of a ball and the ratio of the distance of their outputs to their own, exactly.
 *
 * @param x coordinates that count from the origin of the question
 * @param xPrime the other point
 * @param ratio in the norms 1 and infinity the ratio, in norm 2 its square
 * @param norm of the distances
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ExactSecant(BigFraction[] x, BigFraction[] xPrime, Quotient ratio, Norm norm) {

  /**
   * The secant between two points, if both are in the ball and not the same.
   *
   * @param y the output at x
   * @param yPrime the output at x'
   */
  static Optional<ExactSecant> of(
      Question question,
      BigFraction[] x,
      BigFraction[] xPrime,
      BigFraction[] y,
      BigFraction[] yPrime) {
    Norm norm = question.norm();
    if (!isInBall(question, x) || !isInBall(question, xPrime)) {
      return Optional.empty();
    }
    BigFraction apart = size(difference(x, xPrime), question.ball(), norm);
    if (apart.signum() == 0) {
      return Optional.empty();
    }
    int[] own = new int[question.query().f().outputs()];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    BigFraction out = size(difference(y, yPrime), own, norm);
    return Optional.of(
        new ExactSecant(
            x,
            xPrime,
            new Quotient(
                out.getNumerator().multiply(apart.getDenominator()),
                out.getDenominator().multiply(apart.getNumerator())),
            norm));
  }

  /** Whether a point is in the ball of the largest radius; coordinates count from the origin. */
  static boolean isInBall(Question question, BigFraction[] x) {
    BigFraction radius = Rationals.fraction(question.query().maxRadius());
    BigFraction most = question.norm() == Norm.L2 ? radius.multiply(radius) : radius;
    return size(x, question.ball(), question.norm()).compareTo(most) <= 0;
  }

  private static BigFraction[] difference(BigFraction[] a, BigFraction[] b) {
    BigFraction[] d = new BigFraction[a.length];
    for (int k = 0; k < d.length; k++) {
      d[k] = a[k].subtract(b[k]);
    }
    return d;
  }

  /** The norm of some coordinates, in norm 2 its square. */
  private static BigFraction size(BigFraction[] d, int[] coordinates, Norm norm) {
    BigFraction size = BigFraction.ZERO;
    for (int k : coordinates) {
      size =
          switch (norm) {
            case L1 -> size.add(d[k].abs());
            case L2 -> size.add(d[k].multiply(d[k]));
            case LINF -> d[k].abs().compareTo(size) > 0 ? d[k].abs() : size;
          };
    }
    return size;
  }

  /** Not above the ratio. */
  double least() {
    double down = ratio.down();
    return norm == Norm.L2 && down > 0 ? Math.nextDown(Math.sqrt(down)) : down;
  }

  /** Not below the ratio. */
  double most() {
    if (ratio.numerator().equals(BigInteger.ZERO)) {
      return 0;
    }
    double up = ratio.up();
    return norm == Norm.L2 ? Math.nextUp(Math.sqrt(up)) : up;
  }
}
