package dev.crease.mip;

import java.util.Optional;

/** Makes the model of a part of the question between two radii. */
@FunctionalInterface
interface Formulation {

  /** Empty when it is proved already that the part has no collision up to {@code cap}. */
  Optional<PairFormulation> between(double floor, double cap);

  /** The question in one model. */
  static Formulation whole(Run run) {
    return (floor, cap) ->
        Optional.of(
            run.strengthened(
                PairFormulation.of(run.query(), floor, cap, run.writing())
                    .apart(run.delta().value())
                    .nearest()));
  }
}
