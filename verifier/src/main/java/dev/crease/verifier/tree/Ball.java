package dev.crease.verifier.tree;

/**
 * Where both points are: within a radius of the centre, shared inputs in their intervals.
 *
 * <p>Each input has an interval: a shared one its own, rounded outward, any other the doubles
 * around its coordinate of the centre.
 */
public final class Ball {

  final double[] low;
  final double[] high;
  final boolean[] shared;
  final double radius;
  final boolean isPseudo;
  private final String norm;

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
    this.norm = norm;
    this.low = low.clone();
    this.high = high.clone();
    this.shared = shared.clone();
    this.radius = radius;
    this.isPseudo = isPseudo;
  }

  /** How far a copy's point may be from the centre. */
  double radius(int copy) {
    return isPseudo && copy == 1 ? 0 : radius;
  }

  /** Whether it bounds its inputs one by one: that of the norm inf. */
  boolean isBox() {
    return norm.equals("inf");
  }

  double least(int copy, int input) {
    return shared[input] ? low[input] : Round.sumDown(low[input], -radius(copy));
  }

  double most(int copy, int input) {
    return shared[input] ? high[input] : Round.sumUp(high[input], radius(copy));
  }

  double size(int copy, int input) {
    return Math.max(-least(copy, input), most(copy, input));
  }

  /** The dual norm over the inputs that are not shared, rounded up. */
  double dual(double[] c) {
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
