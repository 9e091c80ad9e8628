package dev.crease.solver;

import dev.crease.model.Objective;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a solve gave. Why it stopped, what point it has and how far it is from proof are three
 * separate things.
 *
 * @param status why it ended
 * @param solution the incumbent, when there is one
 * @param dualBound no feasible point is better than this; {@code -Infinity} when minimising and
 *     {@code +Infinity} when maximising say nothing
 * @param nodes branch-and-bound nodes, or -1 when the backend does not tell
 * @param elapsed wall-clock time of the solve
 * @param message the backend's own words on how it ended
 */
public record SolveResult(
    SolveStatus status,
    Optional<Solution> solution,
    double dualBound,
    long nodes,
    Duration elapsed,
    String message) {

  /** Has no {@code null} in it. */
  public SolveResult {
    Objects.requireNonNull(status, "the status of a result");
    Objects.requireNonNull(solution, "the solution of a result");
    Objects.requireNonNull(elapsed, "the time of a result");
    Objects.requireNonNull(message, "the message of a result");
  }

  /**
   * A feasible point, as the solver sees it.
   *
   * @param values one entry per variable of the model; do not modify
   * @param objective the objective there
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by whoever keeps it
  public record Solution(double[] values, double objective) {

    /** Has values. */
    public Solution {
      Objects.requireNonNull(values, "the values of a point");
    }
  }

  /** A result with neither solution nor bound. */
  public static SolveResult without(
      SolveStatus status, Objective.Sense sense, long nodes, Duration elapsed, String message) {
    return new SolveResult(status, Optional.empty(), noBound(sense), nodes, elapsed, message);
  }

  /** The dual bound that says nothing: {@code -Infinity} when minimising. */
  public static double noBound(Objective.Sense sense) {
    return sense == Objective.Sense.MINIMIZE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** The same result with another status and message, without solution or bound. */
  public SolveResult rejected(Objective.Sense sense, String why) {
    return without(
        SolveStatus.ERROR, sense, nodes, elapsed, why + " (" + status + ": " + message + ")");
  }
}
