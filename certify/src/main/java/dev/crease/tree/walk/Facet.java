package dev.crease.tree.walk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Where two linear regions meet: the pattern of one, and the neurons that differ in the other. More
 * than one differ where they have their kinks at the same place.
 *
 * @param off the pattern of the region where the first of these neurons is inactive
 * @param differing the neurons that differ, in order
 */
record Facet(Pattern off, List<Integer> differing) {

  /** The facet between two regions; at least one neuron must differ. */
  static Facet between(Pattern a, Pattern b) {
    List<Integer> differing = new ArrayList<>();
    BitSet other = a.active();
    other.xor(b.active());
    other.stream().forEach(differing::add);
    return new Facet(a.isActive(differing.get(0)) ? b : a, List.copyOf(differing));
  }

  /** The pattern of the region where the first of the neurons is active. */
  Pattern on() {
    return off.flipped(differing);
  }

  /** The neuron by whose kink the facet is described. */
  int neuron() {
    return differing.get(0);
  }
}
