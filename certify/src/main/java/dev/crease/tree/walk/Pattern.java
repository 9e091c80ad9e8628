package dev.crease.tree.walk;

import dev.crease.tree.net.Net;
import java.util.BitSet;
import java.util.List;

/** Which ReLUs are active; neurons count through all layers of a {@link Net}. */
record Pattern(BitSet active) {

  /** Copies the set. */
  Pattern {
    active = (BitSet) active.clone();
  }

  /** At a point. */
  static Pattern at(Net net, double[] x) {
    BitSet active = new BitSet();
    double[] values = x;
    int neuron = 0;
    for (int k = 0; k < net.depth(); k++) {
      double[] next = new double[net.width(k)];
      for (int i = 0; i < next.length; i++) {
        double z = net.bias(k, i);
        double[] w = net.weights(k, i);
        for (int h = 0; h < w.length; h++) {
          z += w[h] * values[h];
        }
        active.set(neuron++, net.isRelu(k, i) && z > 0);
        next[i] = net.isRelu(k, i) ? Math.max(0, z) : z;
      }
      values = next;
    }
    return new Pattern(active);
  }

  @Override
  public BitSet active() {
    return (BitSet) active.clone();
  }

  boolean isActive(int neuron) {
    return active.get(neuron);
  }

  /** The same with some neurons on the other side. */
  Pattern flipped(List<Integer> neurons) {
    BitSet flipped = active();
    neurons.forEach(flipped::flip);
    return new Pattern(flipped);
  }
}
