package dev.crease.tree;

/**
 * What is known of the two points of a collision at a node of the tree: bounds on the
 * pre-activations in play of either copy, and on the differences {@code x - x'} and {@code z - z'}
 * by {@code t}, the difference of the input of the face. Modified in place by its owner.
 */
final class State {

  final Face face;

  /** By copy and neuron in play. */
  final double[][] zLower;

  final double[][] zUpper;

  /** By neuron in play. */
  final double[] dLower;

  final double[] dUpper;

  /** By input; those of the face, in all its states. */
  final double[] qLower;

  final double[] qUpper;

  private State(
      Face face,
      double[][] zLower,
      double[][] zUpper,
      double[] dLower,
      double[] dUpper,
      double[] qLower,
      double[] qUpper) {
    this.face = face;
    this.zLower = zLower;
    this.zUpper = zUpper;
    this.dLower = dLower;
    this.dUpper = dUpper;
    this.qLower = qLower;
    this.qUpper = qUpper;
  }

  /** What is known on a face before any proof but back-substitution. */
  static State of(Ball ball, Face face) {
    int count = ball.inPlay();
    double[][] zLower = new double[2][count];
    double[][] zUpper = new double[2][count];
    for (int p = 0; p < count; p++) {
      for (int c = 0; c < 2; c++) {
        zLower[c][p] = ball.lower(c, ball.layer(p), ball.index(p));
        zUpper[c][p] = ball.upper(c, ball.layer(p), ball.index(p));
      }
    }
    return new State(
        face,
        zLower,
        zUpper,
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
        dLower.clone(),
        dUpper.clone(),
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
      if (zLower[0][p] >= zUpper[1][p]) {
        dLower[p] = Math.max(0, dLower[p]);
      }
      if (zUpper[0][p] <= zLower[1][p]) {
        dUpper[p] = Math.min(0, dUpper[p]);
      }
      empty |= dLower[p] > dUpper[p];
      empty |= zLower[0][p] > zUpper[0][p] || zLower[1][p] > zUpper[1][p];
    }
    return empty;
  }
}
