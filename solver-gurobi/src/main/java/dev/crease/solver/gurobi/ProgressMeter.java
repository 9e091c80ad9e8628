package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.model.Objective;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns what Gurobi's callback says into progress: the best so far, infinite where there is nothing
 * yet, and not more often than people can read unless something changed.
 */
final class ProgressMeter {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Objective.Sense sense;
  private Optional<Progress> last = Optional.empty();

  ProgressMeter(Objective.Sense sense) {
    this.sense = sense;
  }

  /** The progress to report, if it is worth it. */
  Optional<Progress> next(double incumbent, double bound, double nodes, Duration elapsed) {
    double none = SolveResult.noBound(sense);
    double best = finite(incumbent) ? incumbent : -none;
    double dual = finite(bound) ? bound : none;
    if (last.isPresent()) {
      boolean minimize = sense == Objective.Sense.MINIMIZE;
      double bestBefore = last.get().incumbent();
      double dualBefore = last.get().dualBound();
      best = minimize ? Math.min(best, bestBefore) : Math.max(best, bestBefore);
      dual = minimize ? Math.max(dual, dualBefore) : Math.min(dual, dualBefore);
      boolean same = best == bestBefore && dual == dualBefore;
      if (same && elapsed.minus(last.get().elapsed()).compareTo(PAUSE) < 0) {
        return Optional.empty();
      }
    }
    last = Optional.of(new Progress(best, dual, (long) nodes, elapsed));
    return last;
  }

  /** Gurobi's infinity is a number; not a number is nothing either. */
  private static boolean finite(double value) {
    return Math.abs(value) < GRB.INFINITY;
  }
}
