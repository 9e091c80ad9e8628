package dev.crease.solver.ortools;

import java.util.Arrays;
import java.util.Optional;

/**
 * How HiGHS says that a run ended: {@code kHighsModelStatus...} of HiGHS 1.12's {@code
 * interfaces/highs_c_api.h}.
 */
enum HighsModelStatus {
  NOT_SET(0),
  LOAD_ERROR(1),
  MODEL_ERROR(2),
  PRESOLVE_ERROR(3),
  SOLVE_ERROR(4),
  POSTSOLVE_ERROR(5),
  MODEL_EMPTY(6),
  OPTIMAL(7),
  INFEASIBLE(8),
  UNBOUNDED_OR_INFEASIBLE(9),
  UNBOUNDED(10),
  OBJECTIVE_BOUND(11),
  OBJECTIVE_TARGET(12),
  TIME_LIMIT(13),
  ITERATION_LIMIT(14),
  UNKNOWN(15),
  SOLUTION_LIMIT(16),
  INTERRUPT(17),
  MEMORY_LIMIT(18),
  HIGHS_INTERRUPT(19);

  private final int code;

  HighsModelStatus(int code) {
    this.code = code;
  }

  /** The status of a code; empty for one that this header does not have. */
  static Optional<HighsModelStatus> of(int code) {
    return Arrays.stream(values()).filter(s -> s.code == code).findFirst();
  }
}
