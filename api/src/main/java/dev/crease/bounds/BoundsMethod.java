package dev.crease.bounds;

import dev.crease.network.ReluNetwork;

/** A way to bound the neurons of a network over a set of inputs. */
public interface BoundsMethod {

  /** The name by which configuration selects it. */
  String id();

  /**
   * Bounds on every pre-activation.
   *
   * @param network the network
   * @param inputs a set of the network's input dimension
   * @return bounds that hold in exact arithmetic for every input of the set
   */
  NetworkBounds bounds(ReluNetwork network, InputSet inputs);

  /** Interval arithmetic. */
  static BoundsMethod interval() {
    return new IntervalBounds();
  }

  /** Symbolic back-substitution, never worse than interval arithmetic. */
  static BoundsMethod symbolic() {
    return new SymbolicBounds();
  }
}
