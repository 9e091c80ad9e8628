package dev.crease.bench.report;

import dev.crease.bench.Outcome;
import dev.crease.bench.Score;
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
    Outcome outcome,
    OptionalDouble seconds,
    OptionalDouble certified,
    OptionalDouble refuted,
    OptionalDouble delta,
    OptionalDouble truth,
    String truthSource,
    OptionalLong nodes,
    OptionalLong models,
    String message)
    implements Score.Timed {

  /** Clocks and caches decide below a millisecond, and ratios of such times say nothing. */
  private static final double SHORTEST = 1e-3;

  boolean isSolved() {
    return outcome == Outcome.SOLVED;
  }

  /** The seconds of a solved run, at least a millisecond. */
  double time() {
    return Math.max(SHORTEST, seconds.orElseThrow());
  }
}
