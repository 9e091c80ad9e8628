package dev.crease.tree;

import java.util.BitSet;

/** Which bounds on differences a proof has read: without them it would prove less. */
final class Reads {

  private final BitSet lower = new BitSet();
  private final BitSet upper = new BitSet();

  void lower(int p) {
    lower.set(p);
  }

  void upper(int p) {
    upper.set(p);
  }

  /** The lines of a neuron, by the ends of its difference. */
  void lines(State state, int p) {
    if (state.passes(p) || state.isLost(p)) {
      return;
    }
    // Where the sign is known only that end matters.
    if (state.dLower[p] >= 0) {
      lower.set(p);
    } else if (state.dUpper[p] <= 0) {
      upper.set(p);
    } else {
      lower.set(p);
      upper.set(p);
    }
  }

  /** The ends that have crossed. */
  static Reads ofCrossing(State state) {
    Reads reads = new Reads();
    for (int p = 0; p < state.dLower.length; p++) {
      if (state.dLower[p] > state.dUpper[p]) {
        reads.lower.set(p);
        reads.upper.set(p);
      }
    }
    return reads;
  }

  void addAll(Reads other) {
    lower.or(other.lower);
    upper.or(other.upper);
  }

  /** Takes a bound out; returns whether it was in. */
  boolean take(int p, boolean isLower) {
    BitSet side = isLower ? lower : upper;
    boolean was = side.get(p);
    side.clear(p);
    return was;
  }
}
