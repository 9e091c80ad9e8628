package dev.crease.campaign.report;

import dev.crease.campaign.Outcome;
import dev.crease.campaign.Score;
import dev.crease.campaign.SpikeScore;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One cell of a campaign: an instance, a configuration, and what came of them. */
record Run(
    String cell,
    String instance,
    String family,
    OptionalLong inputs,
    OptionalLong neurons,
    String problem,
    String norm,
    Configuration configuration,
    OptionalLong seed,
    OptionalLong repeat,
    OptionalDouble slope,
    Outcome outcome,
    OptionalDouble seconds,
    OptionalDouble certified,
    OptionalDouble refuted,
    String assurance,
    OptionalDouble delta,
    boolean deltaIsRigorous,
    OptionalDouble truth,
    String truthSource,
    OptionalLong nodes,
    OptionalLong models,
    String message)
    implements Score.Timed, SpikeScore.Spike {

  /** Clocks and caches decide below a millisecond, and ratios of such times say nothing. */
  private static final double SHORTEST = 1e-3;

  boolean isSolved() {
    return outcome == Outcome.SOLVED;
  }

  /** Whether it was solved, with the solver or without. */
  boolean isAnswered() {
    return outcome.isAnswered();
  }

  @Override
  public String round() {
    return seed.orElse(1) + "." + repeat.orElse(1);
  }

  /** By how much more than the truth is certified, relative to it; empty where it is not more. */
  OptionalDouble excess() {
    if (certified.isEmpty() || truth.isEmpty()) {
      return OptionalDouble.empty();
    }
    double excess = certified.getAsDouble() / truth.getAsDouble() - 1;
    return excess > 0 ? OptionalDouble.of(excess) : OptionalDouble.empty();
  }

  /** The seconds of a solved run, at least a millisecond. */
  double time() {
    return Math.max(SHORTEST, seconds.orElseThrow());
  }
}
