package dev.crease.tree;

import dev.crease.certify.Budget;
import dev.crease.certify.CertifyOptions;
import dev.crease.solver.SolveOptions;

/** How the linear programs of a tree are solved. */
final class ProgramOptions {

  /** It is their multipliers that count. */
  private static final double TOLERANCE = 1e-9;

  private ProgramOptions() {}

  /** With the time that is left. */
  static SolveOptions of(CertifyOptions options, Budget budget) {
    SolveOptions.Builder solve =
        SolveOptions.builder()
            .cancellation(options.limits().cancellation())
            .tolerances(TOLERANCE, TOLERANCE)
            .seed(options.seed())
            .parameters(options.parameters());
    budget.remaining().ifPresent(solve::timeLimit);
    return solve.build();
  }
}
