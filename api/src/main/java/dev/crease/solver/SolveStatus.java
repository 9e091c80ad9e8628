package dev.crease.solver;

/**
 * Why a solve ended. Only {@link #OPTIMAL} and {@link #INFEASIBLE} prove something about the whole
 * model; every other status leaves at most a bound and an incumbent.
 */
public enum SolveStatus {
  /** The incumbent is optimal within the gap that was asked for. */
  OPTIMAL,
  /** There is no feasible point, to the tolerances. */
  INFEASIBLE,
  /** The objective is unbounded. */
  UNBOUNDED,
  /** One of the two, the solver does not say which; it proves nothing. */
  INFEASIBLE_OR_UNBOUNDED,
  /** The time limit was reached, with or without an incumbent. */
  TIME_LIMIT,
  /** The node limit was reached, with or without an incumbent. */
  NODE_LIMIT,
  /** Another limit of the solver was reached: memory, iterations, stalling. */
  OTHER_LIMIT,
  /** Somebody cancelled the solve. */
  INTERRUPTED,
  /** The solver failed; the message says how. */
  ERROR;

  /** Whether the status proves something about the whole model. */
  public boolean isProof() {
    return this == OPTIMAL || this == INFEASIBLE;
  }

  /** Whether it stopped at a limit or on request: its bound holds, as far as it got. */
  public boolean isLimit() {
    return this == TIME_LIMIT || this == NODE_LIMIT || this == OTHER_LIMIT || this == INTERRUPTED;
  }
}
