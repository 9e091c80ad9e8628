package dev.crease.solver;

import java.util.Objects;
import java.util.Optional;

/**
 * A linear program that is solved again and again with other objectives, each time from where the
 * last one ended. Not thread-safe; holds native memory until closed.
 */
public interface LinearSession extends AutoCloseable {

  /**
   * What a solve gave, as the solver sees it. Neither part proves anything by itself; the
   * multipliers give a bound that anybody can compute and round outward.
   *
   * @param values one entry per variable
   * @param multipliers the Lagrange multiplier of each constraint, in order: the change of the
   *     least objective with the constraint's right-hand side
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by whoever keeps it
  record Optimum(double[] values, double[] multipliers) {

    /** Has both. */
    public Optimum {
      Objects.requireNonNull(values, "the values of an optimum");
      Objects.requireNonNull(multipliers, "the multipliers of an optimum");
    }
  }

  /**
   * Minimises an objective over the constraints of the session.
   *
   * @param cost one coefficient per variable
   * @return empty when the solver does not come to an optimum
   */
  Optional<Optimum> minimize(double[] cost);

  @Override
  void close();
}
