package dev.crease.solver.scip;

import dev.crease.solver.SolveStatus;
import dev.crease.solver.scip.jni.ScipFunctions;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;

/** SCIP's status codes ({@code SCIP_STATUS}, scip/type_stat.h of SCIP 10) as Crease's. */
final class ScipStatus {

  private ScipStatus() {}

  /**
   * What a status code says.
   *
   * @param code of {@code SCIPgetStatus}
   * @param cancelled whether the user asked to stop; otherwise an interrupt is some other limit
   */
  static SolveStatus of(int code, boolean cancelled) {
    return switch (code) {
      case 1 -> SolveStatus.OPTIMAL;
      case 2 -> SolveStatus.INFEASIBLE;
      case 3 -> SolveStatus.UNBOUNDED;
      case 4 -> SolveStatus.INFEASIBLE_OR_UNBOUNDED;
      // User interrupt, and a termination signal.
      case 10, 11 -> cancelled ? SolveStatus.INTERRUPTED : SolveStatus.OTHER_LIMIT;
      case 20, 21 -> SolveStatus.NODE_LIMIT;
      case 23 -> SolveStatus.TIME_LIMIT;
      // The gap that was asked for is what Crease calls optimal.
      case 25 -> SolveStatus.OPTIMAL;
      // Stalling, memory, primal or dual limit, solutions, improvements, restarts.
      case 22, 24, 26, 27, 28, 29, 30 -> SolveStatus.OTHER_LIMIT;
      default -> SolveStatus.ERROR;
    };
  }

  /** SCIP's own words for a status code; empty for one that it does not know. */
  static Optional<String> words(int code) {
    BytePointer name = ScipFunctions.SCIPstatusName(code);
    if (name == null) {
      // Its complaint belongs to no call.
      ScipFunctions.creaseForgetErrors();
    }
    return Optional.ofNullable(name).map(BytePointer::getString);
  }
}
