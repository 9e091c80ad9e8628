package dev.crease.solver;

import java.util.Objects;
import java.util.Optional;

/**
 * A linear program that is solved again and again with other objectives, bounds, sides and
 * coefficients, each time from where the last one ended. Its size stays. Not thread-safe; holds
 * native memory until closed.
 */
public interface LinearSession extends AutoCloseable {

  /** What a solve gave, as the solver sees it. No part of it proves anything by itself. */
  sealed interface Outcome permits Optimum, Infeasible, Undecided {}

  /**
   * An optimum. Its multipliers give a bound that anybody can compute and round outward.
   *
   * @param values one entry per variable
   * @param multipliers the Lagrange multiplier of each constraint, in order: the change of the
   *     least objective with the constraint's right-hand side
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by whoever keeps it
  record Optimum(double[] values, double[] multipliers) implements Outcome {

    /** Has both. */
    public Optimum {
      Objects.requireNonNull(values, "the values of an optimum");
      Objects.requireNonNull(multipliers, "the multipliers of an optimum");
    }
  }

  /**
   * No point fulfils all. For the rows {@code L <= A x <= U} and the bounds {@code l <= x <= u} the
   * multipliers {@code y} of Farkas' lemma make
   *
   * <pre>
   * sum_i min(y_i L_i, y_i U_i) + sum_j min over [l_j, u_j] of -(y A)_j x_j &gt; 0
   * </pre>
   *
   * up to rounding.
   *
   * @param multipliers one entry per constraint, in order; their scale means nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by whoever keeps it
  record Infeasible(double[] multipliers) implements Outcome {

    /** Has them. */
    public Infeasible {
      Objects.requireNonNull(multipliers, "the multipliers of infeasibility");
    }
  }

  /** The solver came to no end: a limit, an interruption, a numerical failure, no multipliers. */
  record Undecided() implements Outcome {}

  /**
   * Minimises an objective over the constraints as they are now.
   *
   * @param cost one coefficient per variable
   * @throws IllegalArgumentException if there are more or fewer
   * @throws IllegalStateException if the session is closed
   */
  Outcome solve(double[] cost);

  /**
   * The optimum for an objective, where there is one.
   *
   * @param cost one coefficient per variable
   * @return empty when the solver does not come to an optimum
   */
  default Optional<Optimum> minimize(double[] cost) {
    return solve(cost) instanceof Optimum optimum ? Optional.of(optimum) : Optional.empty();
  }

  /**
   * Changes the bounds of all variables. All are finite, and none is above the other. The arrays
   * are not kept.
   *
   * @throws IllegalArgumentException if there are more or fewer than variables
   */
  void setBounds(double[] lower, double[] upper);

  /**
   * Changes the sides of all constraints; an infinite one is no side. The arrays are not kept.
   *
   * @throws IllegalArgumentException if there are more or fewer than constraints
   */
  void setSides(double[] lower, double[] upper);

  /**
   * Changes one coefficient of a constraint, whether there was one or not.
   *
   * @param row the constraint, by its place in the model
   * @param variable the variable, by its index
   * @param value finite; 0 takes the variable out of the constraint
   * @throws IllegalArgumentException if there is no such constraint or variable
   */
  void setCoefficient(int row, int variable, double value);

  @Override
  void close();
}
