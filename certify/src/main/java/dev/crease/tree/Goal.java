package dev.crease.tree;

/**
 * What a proof bounds from below.
 *
 * @param kind of what
 * @param layer the layer of the neuron
 * @param index the place of the neuron, or the input
 * @param copy the copy, for a position
 * @param sign 1 or -1: whether the thing itself or its negative
 */
record Goal(Kind kind, int layer, int index, int copy, int sign) {

  enum Kind {
    /** Nothing: a bound above 0 is a contradiction. */
    NONE,
    /** The difference of a neuron by {@code t}. */
    DIFFERENCE,
    /** The difference of an input by {@code t}. */
    DIRECTION,
    /** The pre-activation of a neuron in one copy. */
    POSITION
  }

  static Goal none() {
    return new Goal(Kind.NONE, -1, -1, 0, 0);
  }

  static Goal difference(int layer, int index, int sign) {
    return new Goal(Kind.DIFFERENCE, layer, index, 0, sign);
  }

  static Goal direction(int input, int sign) {
    return new Goal(Kind.DIRECTION, -1, input, 0, sign);
  }

  static Goal position(int copy, int layer, int index, int sign) {
    return new Goal(Kind.POSITION, layer, index, copy, sign);
  }

  boolean isDifference(int k, int i) {
    return kind == Kind.DIFFERENCE && layer == k && index == i;
  }

  boolean isPosition(int c, int k, int i) {
    return kind == Kind.POSITION && copy == c && layer == k && index == i;
  }
}
