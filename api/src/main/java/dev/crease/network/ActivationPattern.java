package dev.crease.network;

import java.util.BitSet;
import java.util.List;

/**
 * Which ReLUs are active, layer by layer: bit {@code i} of layer {@code k} is set when neuron
 * {@code i} of that layer has a ReLU and passes its input through. Bits of neurons without a ReLU
 * are clear.
 */
public final class ActivationPattern {

  private final List<BitSet> layers;

  private ActivationPattern(List<BitSet> layers) {
    this.layers = layers;
  }

  /** A pattern from one bit set per layer, copied. */
  public static ActivationPattern of(List<BitSet> layers) {
    return new ActivationPattern(layers.stream().map(bits -> (BitSet) bits.clone()).toList());
  }

  /** Number of layers. */
  public int layers() {
    return layers.size();
  }

  /** Whether the ReLU of neuron {@code i} in layer {@code k} is active. */
  public boolean isActive(int k, int i) {
    return layers.get(k).get(i);
  }

  /** Number of active ReLUs. */
  public int activeCount() {
    return layers.stream().mapToInt(BitSet::cardinality).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationPattern that && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return "ActivationPattern" + layers;
  }
}
