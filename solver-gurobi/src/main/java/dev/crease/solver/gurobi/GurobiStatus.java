package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.solver.SolveStatus;
import java.util.Optional;

/** Gurobi's status codes, and what each of them says. Of Gurobi only constants are used. */
enum GurobiStatus {
  LOADED(GRB.Status.LOADED, SolveStatus.ERROR),
  OPTIMAL(GRB.Status.OPTIMAL, SolveStatus.OPTIMAL),
  INFEASIBLE(GRB.Status.INFEASIBLE, SolveStatus.INFEASIBLE),
  INF_OR_UNBD(GRB.Status.INF_OR_UNBD, SolveStatus.INFEASIBLE_OR_UNBOUNDED),
  UNBOUNDED(GRB.Status.UNBOUNDED, SolveStatus.UNBOUNDED),
  /** Nothing is better than the user's cutoff: says nothing of points that are worse. */
  CUTOFF(GRB.Status.CUTOFF, SolveStatus.OTHER_LIMIT),
  ITERATION_LIMIT(GRB.Status.ITERATION_LIMIT, SolveStatus.OTHER_LIMIT),
  NODE_LIMIT(GRB.Status.NODE_LIMIT, SolveStatus.NODE_LIMIT),
  TIME_LIMIT(GRB.Status.TIME_LIMIT, SolveStatus.TIME_LIMIT),
  SOLUTION_LIMIT(GRB.Status.SOLUTION_LIMIT, SolveStatus.OTHER_LIMIT),
  INTERRUPTED(GRB.Status.INTERRUPTED, SolveStatus.INTERRUPTED),
  NUMERIC(GRB.Status.NUMERIC, SolveStatus.ERROR),
  /** The tolerances could not be met. */
  SUBOPTIMAL(GRB.Status.SUBOPTIMAL, SolveStatus.ERROR),
  INPROGRESS(GRB.Status.INPROGRESS, SolveStatus.ERROR),
  USER_OBJ_LIMIT(GRB.Status.USER_OBJ_LIMIT, SolveStatus.OTHER_LIMIT),
  WORK_LIMIT(GRB.Status.WORK_LIMIT, SolveStatus.OTHER_LIMIT),
  MEM_LIMIT(GRB.Status.MEM_LIMIT, SolveStatus.OTHER_LIMIT);

  private final int code;
  private final SolveStatus status;

  GurobiStatus(int code, SolveStatus status) {
    this.code = code;
    this.status = status;
  }

  /** What a code says; an unknown one is an error, a stop that nobody asked for a limit. */
  static SolveStatus solveStatus(int code, boolean cancelled) {
    SolveStatus status = of(code).map(s -> s.status).orElse(SolveStatus.ERROR);
    return status == SolveStatus.INTERRUPTED && !cancelled ? SolveStatus.OTHER_LIMIT : status;
  }

  /** Gurobi's words for a code. */
  static String message(int code) {
    return "Gurobi status " + code + of(code).map(s -> " (" + s + ")").orElse("");
  }

  private static Optional<GurobiStatus> of(int code) {
    for (GurobiStatus status : values()) {
      if (status.code == code) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
