package dev.crease.solver;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When work stops, done or not.
 *
 * @param time wall-clock limit; empty for none
 * @param nodes of branch and bound, at the most; empty for no limit
 * @param cancellation stops the work from another thread
 */
public record Limits(Optional<Duration> time, OptionalLong nodes, Cancellation cancellation) {

  /** Checks the ranges. */
  public Limits {
    if (time.isPresent() && time.get().isNegative()) {
      throw new IllegalArgumentException("time limit cannot be " + time);
    }
    if (nodes.isPresent() && nodes.getAsLong() < 0) {
      throw new IllegalArgumentException("node limit cannot be " + nodes);
    }
  }

  /** No limits, and a cancellation of its own. */
  public static Limits none() {
    return new Limits(Optional.empty(), OptionalLong.empty(), new Cancellation());
  }

  /** With a wall-clock limit. */
  public Limits withTime(Duration limit) {
    return new Limits(Optional.of(limit), nodes, cancellation);
  }

  /** With a limit on nodes. */
  public Limits withNodes(long limit) {
    return new Limits(time, OptionalLong.of(limit), cancellation);
  }

  /** With another way to stop the work. */
  public Limits withCancellation(Cancellation other) {
    return new Limits(time, nodes, other);
  }
}
