package dev.crease.certify;

import dev.crease.network.ReluNetwork;
import java.util.Optional;

/**
 * What proves that no two different points, one in each of two boxes, have one output: outputs that
 * are disjoint, the {@link MeanValueTest}, or the {@link SecantTest} of a square network.
 */
final class PairTests {

  private final MeanValueTest meanValue;
  private final Optional<SecantTest> secant;

  PairTests(ReluNetwork network) {
    this.meanValue = new MeanValueTest(network);
    this.secant =
        network.inputs() == network.outputs()
            ? Optional.of(new SecantTest(network))
            : Optional.empty();
  }

  /** Whether the pair has no collision; false says nothing. */
  boolean exclude(BoxPair pair) {
    return pair.isApart()
        || meanValue.proves(pair)
        || secant.map(s -> s.proves(pair.first().bounds(), pair.second().bounds())).orElse(false);
  }
}
