package dev.crease.certify;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.Optional;

/**
 * What one answer may take: the time to its limit, unless somebody cancels it or interrupts the
 * thread that asked. May be looked at from several threads.
 */
public final class Budget {

  private final long start = System.nanoTime();
  private final Thread asking = Thread.currentThread();
  private final Cancellation cancellation;
  private final Optional<Duration> limit;

  private Budget(Cancellation cancellation, Optional<Duration> limit) {
    this.cancellation = cancellation;
    this.limit = limit;
  }

  /** The budget of an answer that starts now, on this thread. */
  public static Budget of(CertifyOptions options) {
    return new Budget(options.limits().cancellation(), options.limits().time());
  }

  /** Why the work must end now: cancelled, interrupted or out of time; empty while it may go on. */
  public Optional<StopReason> over() {
    if (cancellation.isCancelled() || asking.isInterrupted()) {
      return Optional.of(StopReason.INTERRUPTED);
    }
    return isSpent(1) ? Optional.of(StopReason.TIME_LIMIT) : Optional.empty();
  }

  /** Whether the work must end now. */
  public boolean isOver() {
    return over().isPresent();
  }

  /** Whether the work must end, or that part of the time limit is over. */
  public boolean isOver(int part) {
    return isOver() || isSpent(part);
  }

  private boolean isSpent(int part) {
    return limit.map(l -> elapsed().compareTo(l.dividedBy(part)) >= 0).orElse(false);
  }

  /** What is left of the time limit, not below 0; empty when there is none. */
  public Optional<Duration> remaining() {
    return limit.map(l -> l.minus(elapsed())).map(l -> l.isNegative() ? Duration.ZERO : l);
  }

  /** The time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The same in seconds. */
  public double seconds() {
    return elapsed().toNanos() / 1e9;
  }
}
