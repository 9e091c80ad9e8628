package dev.crease.mip;

import dev.crease.bounds.InputSet;
import dev.crease.bounds.NetworkBounds;
import dev.crease.network.ReluNetwork;
import dev.crease.tightening.Region;

/** Where a formulation gets its bounds on neurons from. */
@FunctionalInterface
interface Bounding {

  /**
   * Bounds on every pre-activation wherever the inputs lie in a set and a region.
   *
   * @return bounds that may be {@linkplain NetworkBounds#isEmpty empty}, which proves that nothing
   *     lies there
   */
  NetworkBounds bounds(ReluNetwork network, InputSet inputs, Region region);
}
