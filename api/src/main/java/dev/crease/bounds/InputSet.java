package dev.crease.bounds;

import dev.crease.Rounding;
import java.util.Map;

/**
 * A set of inputs: a ball in some of the coordinates, an interval in each of the others (the
 * parameters); the ball may be cut by a box. Immutable.
 */
public final class InputSet {

  private final Norm norm;
  private final double radius;
  private final boolean[] inBall;
  private final double[] center;
  private final double[] halfWidth;
  private final double[] lower;
  private final double[] upper;
  private final boolean isCut;

  private InputSet(
      Norm norm,
      double radius,
      boolean[] inBall,
      double[] center,
      double[] halfWidth,
      double[] lower,
      double[] upper,
      boolean isCut) {
    this.norm = norm;
    this.radius = radius;
    this.inBall = inBall;
    this.center = center;
    this.halfWidth = halfWidth;
    this.lower = lower;
    this.upper = upper;
    this.isCut = isCut;
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
    double[] lower = new double[dimension];
    double[] upper = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      lower[i] = Rounding.down(c[i] - half[i], 0);
      upper[i] = Rounding.up(c[i] + half[i], 0);
    }
    return new InputSet(norm, radius, inBall, c, half, lower, upper, false);
  }

  /**
   * The part of this set in which a coordinate lies in an interval that holds the centre's.
   *
   * @param i a coordinate of the ball
   */
  public InputSet cut(int i, Interval side) {
    double[] from = lower.clone();
    double[] to = upper.clone();
    from[i] = Math.max(from[i], side.lower());
    to[i] = Math.min(to[i], side.upper());
    return new InputSet(norm, radius, inBall, center, halfWidth, from, to, true);
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
   * c + r ||a||_*} with the dual norm over the ball's coordinates, or less where it is cut.
   */
  public double largest(double[] a) {
    double inBall = largestInBall(a);
    return isCut ? Math.min(inBall, largestInBox(a)) : inBall;
  }

  /** The same over the box around the set. */
  private double largestInBox(double[] a) {
    double value = 0;
    double magnitude = 0;
    for (int i = 0; i < a.length; i++) {
      double product = a[i] == 0 ? 0 : a[i] * (a[i] > 0 ? upper[i] : lower[i]);
      value += product;
      magnitude += Math.abs(product);
    }
    return Rounding.up(value, Rounding.gamma(2 * a.length + 6) * magnitude);
  }

  private double largestInBall(double[] a) {
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
