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
    this.tolerance = options.feasibilityTolerance();
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
    return solve(model, base(warmStart).withThreads(threads));
  }

  /** Solves a small model on one thread, to the end or until that many nodes are done. */
  SolveResult solve(Model model, long nodes) {
    SolveOptions one = base(Map.of()).withThreads(1);
    // Without a limit on nodes a solver takes what it takes; the limit on time holds.
    return solve(model, has(Capability.NODE_LIMIT) ? one.withNodeLimit(nodes) : one);
  }

  private SolveResult solve(Model model, SolveOptions limits) {
    SolveOptions solveOptions = limits;
    Optional<Duration> left = budget.remaining();
    if (left.isPresent()) {
      solveOptions = solveOptions.withTimeLimit(left.get());
    }
    if (options.logSink().isPresent()) {
      solveOptions = solveOptions.withLogSink(options.logSink().get());
    }
    SolveResult result;
    try {
      result = solver.solve(model, solveOptions, listener::accept);
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
    SolveOptions base = base(Map.of()).withParameters(Map.of()).withThreads(1);
    return budget.remaining().map(base::withTimeLimit).orElse(base);
  }

  private synchronized SolveOptions base(Map<Integer, Double> warmStart) {
    try {
      return SolveOptions.defaults()
          .withThreads(options.threads())
          .withSeed(options.seed())
          .withGaps(0, options.relativeGap())
          .withTolerances(
              Math.min(tolerance, options.feasibilityTolerance()), options.integralityTolerance())
          .withWarmStart(warmStart)
          .withCancellation(options.cancellation())
          .withParameters(options.parameters());
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }
}
