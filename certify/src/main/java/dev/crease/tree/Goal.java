package dev.crease.tree;

/**
 * What a proof about directions bounds from below: the difference of a neuron by {@code t}, or
 * nothing, so that a bound above 0 is a contradiction.
 *
 * @param layer the layer of the neuron; -1 for nothing
 * @param index the place of the neuron in it
 * @param sign 1 or -1: whether the difference itself or its negative
 */
record Goal(int layer, int index, int sign) {

  static Goal none() {
    return new Goal(-1, -1, 0);
  }

  static Goal difference(int layer, int index, int sign) {
    return new Goal(layer, index, sign);
  }

  boolean isNone() {
    return layer < 0;
  }

  boolean is(int k, int i) {
    return layer == k && index == i;
  }
}
