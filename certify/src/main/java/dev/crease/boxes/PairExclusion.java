package dev.crease.boxes;

import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
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

  /**
   * Whether all points of a pair whose outputs noise takes for one are within what is allowed;
   * false says nothing.
   *
   * @param norm 1 or infinity, of both differences
   */
  public boolean exclude(BoxPair pair, Noise noise, Norm norm) {
    return pair.isWithin(noise.within(), norm)
        || pair.isApart(noise.eps(), norm)
        || meanValue.provesWithin(pair, noise, norm);
  }

  /** Whether the pair has no collision; false says nothing. */
  public boolean exclude(BoxPair pair) {
    return pair.isApart()
        || meanValue.proves(pair)
        || secant.map(s -> s.proves(pair.first().bounds(), pair.second().bounds())).orElse(false);
  }
}
