package dev.crease.tree;

import dev.crease.bounds.Norm;

/**
 * Where the variables and rows of the {@link PositionModel} are. Variables and rows that a norm has
 * no use for are not there, or free.
 *
 * @param inputs of the network
 * @param count neurons in play
 * @param equations rows of the outputs
 */
record PositionLayout(Norm norm, int inputs, int count, int equations) {

  /** Tangent planes that the ball of the norm 2 may have at a time. */
  static final int PLANES = 64;

  boolean isL1() {
    return norm == Norm.L1;
  }

  boolean isL2() {
    return norm == Norm.L2;
  }

  int x(int copy, int j) {
    return copy * inputs + j;
  }

  int t() {
    return 2 * inputs;
  }

  int rho() {
    return 2 * inputs + 1;
  }

  int z(int copy, int p) {
    return 2 * inputs + 2 + copy * count + p;
  }

  int y(int copy, int p) {
    return 2 * inputs + 2 + (2 + copy) * count + p;
  }

  int away(int copy, int j) {
    return 2 * inputs + 2 + 4 * count + copy * inputs + j;
  }

  int columns() {
    return 2 * inputs + 2 + 4 * count + (isL1() ? 2 * inputs : 0);
  }

  // Rows, in order.

  int layer(int copy, int p) {
    return copy * count + p;
  }

  int above(int copy, int p) {
    return (2 + copy) * count + p;
  }

  int chord(int copy, int p) {
    return (4 + copy) * count + p;
  }

  int least(int p) {
    return 6 * count + p;
  }

  int most(int p) {
    return 7 * count + p;
  }

  int low(int p) {
    return 8 * count + p;
  }

  int up(int p) {
    return 9 * count + p;
  }

  int inputLeast(int j) {
    return 10 * count + j;
  }

  int inputMost(int j) {
    return 10 * count + inputs + j;
  }

  int output(int r) {
    return 10 * count + 2 * inputs + r;
  }

  int ball() {
    return 10 * count + 2 * inputs + equations;
  }

  int ball(int copy, int j, int sign) {
    return ball() + 2 * (copy * inputs + j) + (sign + 1) / 2;
  }

  int plane(int number) {
    return ball() + 4 * inputs + number;
  }

  int rows() {
    return ball() + 4 * inputs + (isL1() ? 2 : 0) + (isL2() ? PLANES : 0);
  }
}
