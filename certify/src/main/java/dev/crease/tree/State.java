package dev.crease.tree;

/**
 * What is known of the two points of a collision at a node of the tree: bounds on the
 * pre-activations in play of either copy, and on the differences {@code x - x'} and {@code z - z'}
 * by {@code t}, the difference of the input of the face. Modified in place by its owner.
 */
final class State {

  /** Differences are bounded to this part of their size at the root. */
  private static final double NOISE = 1e-10;

  /** Slopes over less than this part of the size at the root are not to be had from others. */
  private static final double NARROW = 1e-2;

  final Face face;

  /** By copy and neuron in play. */
  final double[][] zLower;

  final double[][] zUpper;

  /** By neuron in play, what of a pre-activation may be nothing but rounding; in all states. */
  private final double[] noise;

  /** By neuron in play. */
  final double[] dLower;

  final double[] dUpper;

  /** By neuron in play, the size of a difference at the root; in all states. */
  final double[] sizes;

  /** By input; those of the face, in all its states. */
  final double[] qLower;

  final double[] qUpper;

  private State(
      Face face,
      double[][] zLower,
      double[][] zUpper,
      double[] noise,
      double[] dLower,
      double[] dUpper,
      double[] sizes,
      double[] qLower,
      double[] qUpper) {
    this.face = face;
    this.zLower = zLower;
    this.zUpper = zUpper;
    this.noise = noise;
    this.dLower = dLower;
    this.dUpper = dUpper;
    this.sizes = sizes;
    this.qLower = qLower;
    this.qUpper = qUpper;
  }

  /** What is known on a face before any proof but back-substitution. */
  static State of(Ball ball, Face face) {
    int count = ball.inPlay();
    double[][] zLower = new double[2][count];
    double[][] zUpper = new double[2][count];
    double[] noise = new double[count];
    for (int p = 0; p < count; p++) {
      noise[p] = ball.noise(ball.layer(p), ball.index(p));
      for (int c = 0; c < 2; c++) {
        zLower[c][p] = ball.lower(c, ball.layer(p), ball.index(p));
        zUpper[c][p] = ball.upper(c, ball.layer(p), ball.index(p));
      }
    }
    return new State(
        face,
        zLower,
        zUpper,
        noise,
        new double[count],
        new double[count],
        new double[count],
        face.inputLower(ball),
        face.inputUpper(ball));
  }

  State copy() {
    return new State(
        face,
        new double[][] {zLower[0].clone(), zLower[1].clone()},
        new double[][] {zUpper[0].clone(), zUpper[1].clone()},
        noise,
        dLower.clone(),
        dUpper.clone(),
        sizes,
        qLower,
        qUpper);
  }

  boolean isActive(int copy, int p) {
    return zLower[copy][p] >= 0;
  }

  boolean isInactive(int copy, int p) {
    return zUpper[copy][p] <= 0 && zLower[copy][p] < 0;
  }

  boolean isDecided(int copy, int p) {
    return zLower[copy][p] >= 0 || zUpper[copy][p] <= 0;
  }

  /** Whether a neuron's difference passes as it is. */
  boolean passes(int p) {
    return isActive(0, p) && isActive(1, p);
  }

  /** Whether a neuron's difference is lost. */
  boolean isLost(int p) {
    return isInactive(0, p) && isInactive(1, p);
  }

  /**
   * Whether others who bound a copy with less rounding, or more, find it as free or decided as it
   * is here: on a kink it may be said to have either phase, and close to one a phase or none.
   */
  private boolean isClear(int copy, int p) {
    double l = zLower[copy][p];
    double u = zUpper[copy][p];
    double room = 4 * noise[p];
    return u - l > room && (l == 0 || Math.abs(l) > room) && (u == 0 || Math.abs(u) > room);
  }

  /**
   * The same of all neurons, whose lines then have the same slopes whoever rounds, but for
   * rounding. Where one is not clear, what others know of it may be much more, and so of what it is
   * part of.
   */
  boolean isClear() {
    for (int p = 0; p < dLower.length; p++) {
      if (!isClear(p)) {
        return false;
      }
    }
    return true;
  }

  private boolean isClear(int p) {
    double width = dUpper[p] - dLower[p];
    return isClear(0, p) && isClear(1, p) && width > NARROW * sizes[p];
  }

  /** Takes one side of a split. */
  void decide(int copy, int p, boolean active) {
    if (active) {
      zLower[copy][p] = Math.max(0, zLower[copy][p]);
    } else {
      zUpper[copy][p] = Math.min(0, zUpper[copy][p]);
    }
  }

  /**
   * Draws what the positions imply of the differences: {@code z >= a >= z'} has {@code z - z' >=
   * 0}. Returns whether nothing is left.
   */
  boolean settle() {
    boolean empty = false;
    for (int p = 0; p < dLower.length; p++) {
      if (isAbove(p, zLower[0][p], zUpper[1][p])) {
        dLower[p] = Math.max(0, dLower[p]);
      }
      if (isAbove(p, zLower[1][p], zUpper[0][p])) {
        dUpper[p] = Math.min(0, dUpper[p]);
      }
      empty |= hasCrossed(p);
      empty |= zLower[0][p] > zUpper[0][p] + noise[p] || zLower[1][p] > zUpper[1][p] + noise[p];
      if (!empty) {
        touch(p);
        zUpper[0][p] = Math.max(zLower[0][p], zUpper[0][p]);
        zUpper[1][p] = Math.max(zLower[1][p], zUpper[1][p]);
      }
    }
    return empty;
  }

  /** Whether bounds of a difference have crossed clearly. */
  boolean hasCrossed(int p) {
    return dLower[p] - dUpper[p] > NOISE * sizes[p];
  }

  /** What has hardly crossed counts as touching: others may find that it has not crossed. */
  void touch(int p) {
    dUpper[p] = Math.max(dLower[p], dUpper[p]);
  }

  /** Whether a bound is above another clearly, or on the other side of 0. */
  private boolean isAbove(int p, double lower, double upper) {
    return (lower >= 0 && upper <= 0) || lower - upper > noise[p];
  }
}
