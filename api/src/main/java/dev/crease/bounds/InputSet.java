package dev.crease.bounds;

import dev.crease.Rounding;
import java.util.Map;

/**
 * A set of inputs: a ball in some of the coordinates, an interval in each of the others (the
 * parameters). Immutable.
 */
public final class InputSet {

  private final Norm norm;
  private final double radius;
  private final boolean[] inBall;
  private final double[] center;
  private final double[] halfWidth;
  private final double[] lower;
  private final double[] upper;

  private InputSet(
      Norm norm, double radius, boolean[] inBall, double[] center, double[] halfWidth) {
    this.norm = norm;
    this.radius = radius;
    this.inBall = inBall;
    this.center = center;
    this.halfWidth = halfWidth;
    this.lower = new double[center.length];
    this.upper = new double[center.length];
    for (int i = 0; i < center.length; i++) {
      lower[i] = Rounding.down(center[i] - halfWidth[i], 0);
      upper[i] = Rounding.up(center[i] + halfWidth[i], 0);
    }
  }

  /**
   * The closed ball {@code B_q(center, radius)}.
   *
   * @throws IllegalArgumentException if the radius is negative or not finite
   */
  public static InputSet ball(Norm norm, double[] center, double radius) {
    return of(norm, center, radius, Map.of());
  }

  /**
   * A ball in the coordinates that are not parameters, times the parameters' intervals.
   *
   * @param center the centre, one entry per coordinate that is not a parameter, in order
   * @param parameters interval by index of the whole input
   * @throws IllegalArgumentException if the radius is negative or not finite
   */
  public static InputSet of(
      Norm norm, double[] center, double radius, Map<Integer, Interval> parameters) {
    if (!(radius >= 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException("a ball cannot have the radius " + radius);
    }
    int dimension = center.length + parameters.size();
    boolean[] inBall = new boolean[dimension];
    double[] c = new double[dimension];
    double[] half = new double[dimension];
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      Interval interval = parameters.get(i);
      if (interval == null) {
        inBall[i] = true;
        c[i] = center[next++];
        half[i] = radius;
      } else {
        c[i] = interval.lower() / 2 + interval.upper() / 2;
        half[i] = Rounding.up(Math.max(c[i] - interval.lower(), interval.upper() - c[i]), 0);
      }
    }
    return new InputSet(norm, radius, inBall, c, half);
  }

  /** The norm of the ball. */
  public Norm norm() {
    return norm;
  }

  /** The radius of the ball. */
  public double radius() {
    return radius;
  }

  /** Whether coordinate {@code i} belongs to the ball. */
  public boolean isInBall(int i) {
    return inBall[i];
  }

  /** Coordinate {@code i} of the centre; of a parameter the middle of its interval. */
  public double center(int i) {
    return center[i];
  }

  /** Number of coordinates. */
  public int dimension() {
    return center.length;
  }

  /** A lower bound of coordinate {@code i}. */
  public double lower(int i) {
    return lower[i];
  }

  /** An upper bound of coordinate {@code i}. */
  public double upper(int i) {
    return upper[i];
  }

  /** The largest size of coordinate {@code i}. */
  public double size(int i) {
    return Math.max(Math.abs(lower[i]), Math.abs(upper[i]));
  }

  /**
   * An upper bound, rounded outward, of the largest value of {@code a . x} over the set: {@code a .
   * c + r ||a||_*} with the dual norm over the ball's coordinates.
   */
  public double largest(double[] a) {
    double value = 0;
    double magnitude = 0;
    double ballNorm = 0;
    for (int i = 0; i < a.length; i++) {
      double product = a[i] * center[i];
      double reach = Math.abs(a[i]) * halfWidth[i];
      value += product;
      magnitude += Math.abs(product) + reach;
      if (!inBall[i]) {
        value += reach;
      } else {
        switch (norm) {
          case L1 -> ballNorm = Math.max(ballNorm, Math.abs(a[i]));
          case L2 -> ballNorm += a[i] * a[i];
          case LINF -> ballNorm += Math.abs(a[i]);
        }
      }
    }
    if (norm == Norm.L2) {
      // Squares of small entries may underflow; each then lost less than the smallest normal
      // number.
      ballNorm = Math.sqrt(ballNorm) + a.length * 0x1p-500;
    }
    value += radius * ballNorm;
    return Rounding.up(value, Rounding.gamma(2 * a.length + 6) * (magnitude + radius * ballNorm));
  }
}
