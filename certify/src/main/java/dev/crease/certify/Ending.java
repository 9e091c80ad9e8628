package dev.crease.certify;

import dev.crease.solver.SolveStatus;
import java.util.Optional;

/** Why an answer in the making ends, once it does. May be used by several threads. */
public final class Ending {

  private StopReason reason = StopReason.COMPLETE;

  /** It may go on. */
  public Ending() {}

  /** Whether the work must end now; remembers why. */
  public synchronized boolean isOver(Budget budget) {
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> reason = why);
    return over.isPresent();
  }

  /** A solve ended the work. */
  public synchronized StopReason by(SolveStatus status) {
    reason =
        switch (status) {
          case TIME_LIMIT -> StopReason.TIME_LIMIT;
          case INTERRUPTED -> StopReason.INTERRUPTED;
          case NODE_LIMIT, OTHER_LIMIT -> StopReason.LIMIT;
          default -> StopReason.FAILED;
        };
    return reason;
  }

  /** The work cannot go on, though no time is up and nothing failed. */
  public synchronized void atLimit() {
    if (reason == StopReason.COMPLETE) {
      reason = StopReason.LIMIT;
    }
  }

  /** What was found cannot be. */
  public synchronized void failed() {
    reason = StopReason.FAILED;
  }

  /** Why; complete where nothing ended it. */
  public synchronized StopReason reason() {
    return reason;
  }
}
