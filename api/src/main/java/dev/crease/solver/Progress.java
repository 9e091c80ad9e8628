package dev.crease.solver;

import java.time.Duration;

/**
 * Where a running solve stands: for people to look at. It proves nothing, since solvers report
 * bounds of sub-problems on the way as well; only {@link SolveResult#dualBound} does.
 *
 * @param incumbent objective of the best point so far, infinite when there is none
 * @param dualBound best bound so far, infinite when there is none
 * @param nodes nodes so far, or -1
 * @param elapsed time since the solve began
 */
public record Progress(double incumbent, double dualBound, long nodes, Duration elapsed) {

  /** The gap {@code |incumbent - dualBound|}, infinite while one of them is missing. */
  public double gap() {
    return Math.abs(incumbent - dualBound);
  }
}
