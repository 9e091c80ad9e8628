package org.example.crease.ojalgo;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.Optional;

/** The limits of one solve that may strike at any moment: time, and somebody who cancels. */
final class Clock {

  /** Beyond a year nobody waits, and nanoseconds overflow. */
  private static final Duration YEAR = Duration.ofDays(365);

  private final long start = System.nanoTime();
  private final long limit;
  private final Cancellation cancellation;

  Clock(Optional<Duration> limit, Cancellation cancellation) {
    this.limit = limit.filter(l -> l.compareTo(YEAR) < 0).orElse(YEAR).toNanos();
    this.cancellation = cancellation;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  boolean isCancelled() {
    return cancellation.isCancelled();
  }

  boolean isOver() {
    return isCancelled() || elapsed().toNanos() >= limit;
  }

  /** At least 1, since ojAlgo's limit of 0 ends before it begins. */
  long millisLeft() {
    return Math.max(1, (limit - elapsed().toNanos()) / 1_000_000);
  }
}
