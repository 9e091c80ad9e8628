package dev.crease.mip;

import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Statistics;
import dev.crease.model.Model;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.Tolerances;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The solver of one answer: what is asked of it is within the answer's budget and by its options,
 * and is counted. A failure is a status, so that what was proved before is kept.
 */
final class Solving {

  /** What all solvers take. */
  private static final double TIGHTEST = 1e-9;

  private static final double TIGHTER = 100;

  private final MipSolver solver;
  private final CertifyOptions options;
  private final Budget budget;
  private final Consumer<Progress> listener;

  private Statistics statistics = Statistics.none();
  private double tolerance;
  private boolean isTightened;

  /**
   * The solving of one answer.
   *
   * @throws BadInput if an option is out of range
   */
  Solving(MipSolver solver, CertifyOptions options, Budget budget, Consumer<Progress> listener) {
    this.solver = solver;
    this.options = options;
    this.budget = budget;
    this.listener = listener;
    this.tolerance = options.tolerances().feasibility();
    base(Map.of());
  }

  MipSolver solver() {
    return solver;
  }

  boolean has(Capability capability) {
    return solver.capabilities().has(capability);
  }

  /** What it cost so far. */
  synchronized Statistics statistics() {
    return statistics;
  }

  /**
   * Makes the tolerances tighter, once.
   *
   * @return the new one, if that could be done
   */
  synchronized Optional<Double> tighten() {
    if (isTightened || tolerance <= TIGHTEST) {
      return Optional.empty();
    }
    isTightened = true;
    tolerance = Math.max(TIGHTEST, tolerance / TIGHTER);
    return Optional.of(tolerance);
  }

  /** Solves one model within what is left of the time. */
  SolveResult solve(Model model, Map<Integer, Double> warmStart, int threads) {
    return solve(model, base(warmStart).toBuilder().threads(threads).build());
  }

  /** Solves a small model on one thread, to the end or until that many nodes are done. */
  SolveResult solve(Model model, long nodes) {
    SolveOptions one = base(Map.of()).toBuilder().threads(1).build();
    // Without a limit on nodes a solver takes what it takes; the limit on time holds.
    return solve(
        model, has(Capability.NODE_LIMIT) ? one.toBuilder().nodeLimit(nodes).build() : one);
  }

  private SolveResult solve(Model model, SolveOptions limits) {
    SolveOptions.Builder within = limits.toBuilder();
    budget.remaining().ifPresent(within::timeLimit);
    options.logSink().ifPresent(within::logSink);
    SolveResult result;
    try {
      result = solver.solve(model, within.build(), listener::accept);
    } catch (SolverFailure | Unsupported e) {
      result =
          SolveResult.without(
              SolveStatus.ERROR, model.objective().sense(), -1, Duration.ZERO, e.getMessage());
    }
    synchronized (this) {
      statistics = statistics.plus(model, result.nodes());
    }
    return result;
  }

  /** Options of the programs that bound neurons. */
  SolveOptions programs() {
    SolveOptions.Builder one = base(Map.of()).toBuilder().parameters(Map.of()).threads(1);
    budget.remaining().ifPresent(one::timeLimit);
    return one.build();
  }

  private synchronized SolveOptions base(Map<Integer, Double> warmStart) {
    Tolerances given = options.tolerances();
    try {
      return SolveOptions.builder()
          .threads(options.threads())
          .seed(options.seed())
          .tolerances(given)
          .tolerances(Math.min(tolerance, given.feasibility()), given.integrality())
          .warmStart(warmStart)
          .cancellation(options.limits().cancellation())
          .parameters(options.parameters())
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }
}
