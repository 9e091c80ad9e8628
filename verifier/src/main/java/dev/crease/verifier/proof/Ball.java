package dev.crease.verifier.proof;

import java.util.Arrays;

/**
 * Where both points are: within a radius of the centre, shared inputs in their intervals.
 *
 * <p>Each input has an interval: a shared one its own, rounded outward, any other the doubles
 * around its coordinate of the centre. A domain may cut the ball, and noise may take outputs for
 * equal that are not.
 */
public final class Ball {

  public final double[] low;
  public final double[] high;
  public final boolean[] shared;
  public final double radius;
  public final boolean isPseudo;

  /** By how much outputs may differ that count as equal. */
  public final double eps;

  /** Points that are no further apart do not collide. */
  public final double within;

  private final String norm;
  private final double[] least;
  private final double[] most;

  /**
   * A ball.
   *
   * @param norm {@code 1}, {@code 2} or {@code inf}
   * @param low by input, at most the centre's coordinate or what the shared input may be
   * @param high likewise, at least that
   * @param shared by input
   * @param isPseudo whether the second point is the centre
   */
  public Ball(
      String norm, double[] low, double[] high, boolean[] shared, double radius, boolean isPseudo) {
    this(norm, low, high, shared, radius, isPseudo, 0, 0, all(low, -1), all(low, 1));
  }

  private Ball(
      String norm,
      double[] low,
      double[] high,
      boolean[] shared,
      double radius,
      boolean isPseudo,
      double eps,
      double within,
      double[] least,
      double[] most) {
    this.norm = norm;
    this.low = low.clone();
    this.high = high.clone();
    this.shared = shared.clone();
    this.radius = radius;
    this.isPseudo = isPseudo;
    this.eps = eps;
    this.within = within;
    this.least = least.clone();
    this.most = most.clone();
  }

  private static double[] all(double[] like, int sign) {
    double[] all = new double[like.length];
    Arrays.fill(all, sign * Double.POSITIVE_INFINITY);
    return all;
  }

  /**
   * The part of it in a box that holds the centre, whose sides are rounded outward; a shared input
   * has its interval already.
   */
  public Ball in(double[] from, double[] to) {
    return new Ball(norm, low, high, shared, radius, isPseudo, eps, within, from, to);
  }

  /**
   * The same with noise: outputs collide that differ by {@code eps} at most, if the points are
   * further apart than {@code within}, in L-infinity.
   */
  public Ball with(double newEps, double newWithin) {
    if (!(newEps >= 0 && newWithin >= 0)) {
      throw new IllegalArgumentException("noise of " + newEps + " within " + newWithin);
    }
    return new Ball(norm, low, high, shared, radius, isPseudo, newEps, newWithin, least, most);
  }

  /** By how much outputs may differ by {@code t}. */
  public double noise() {
    return eps == 0 ? 0 : Math.nextUp(eps / within);
  }

  /** Where the domain begins. */
  public double from(int input) {
    return least[input];
  }

  /** Where the domain ends. */
  public double to(int input) {
    return most[input];
  }

  /** How far a copy's point may be from the centre. */
  public double radius(int copy) {
    return isPseudo && copy == 1 ? 0 : radius;
  }

  /** Whether it bounds its inputs one by one: that of the norm inf. */
  public boolean isBox() {
    return norm.equals("inf");
  }

  public double least(int copy, int input) {
    return shared[input]
        ? low[input]
        : Math.max(least[input], Round.sumDown(low[input], -radius(copy)));
  }

  public double most(int copy, int input) {
    return shared[input]
        ? high[input]
        : Math.min(most[input], Round.sumUp(high[input], radius(copy)));
  }

  public double size(int copy, int input) {
    return Math.max(-least(copy, input), most(copy, input));
  }

  /** The dual norm over the inputs that are not shared, rounded up. */
  public double dual(double[] c) {
    double norm = 0;
    for (int k = 0; k < c.length; k++) {
      if (!shared[k]) {
        norm =
            switch (this.norm) {
              case "inf" -> Round.sumUp(norm, Math.abs(c[k]));
              case "2" -> Round.sumUp(norm, Round.productUp(c[k], c[k]));
              default -> Math.max(norm, Math.abs(c[k]));
            };
      }
    }
    return this.norm.equals("2") ? Math.nextUp(Math.sqrt(norm)) : norm;
  }
}
