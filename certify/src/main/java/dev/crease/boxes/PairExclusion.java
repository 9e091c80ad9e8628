package dev.crease.boxes;

import dev.crease.network.ReluNetwork;
import java.util.Optional;

/**
 * What proves that no two different points, one in each of two boxes, have one output: outputs that
 * are disjoint, the {@link MeanValueProof}, or the {@link SecantProof} of a square network.
 */
public final class PairExclusion {

  private final MeanValueProof meanValue;
  private final Optional<SecantProof> secant;

  public PairExclusion(ReluNetwork network) {
    this.meanValue = new MeanValueProof(network);
    this.secant =
        network.inputs() == network.outputs()
            ? Optional.of(new SecantProof(network))
            : Optional.empty();
  }

  /** Whether the pair has no collision; false says nothing. */
  public boolean exclude(BoxPair pair) {
    return pair.isApart()
        || meanValue.proves(pair)
        || secant.map(s -> s.proves(pair.first().bounds(), pair.second().bounds())).orElse(false);
  }
}
