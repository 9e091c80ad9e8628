package dev.crease.mip;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.Map;
import java.util.Optional;

/**
 * The procedure of Cui et al. (2023), kept as the baseline: two copies of the network, interval
 * bounds, big-M; {@code p* = max ||g(x) - g(x')||} at a fixed radius, which holds when {@code p* <=
 * 1e-4}; the radius doubles until it does not, then bisection to 1e-3.
 */
final class PaperStrategy implements Strategy {

  static final double THRESHOLD = 1e-4;
  static final double RESOLUTION = 1e-3;
  static final double FIRST_RADIUS = 0.1;

  private static final double INWARD = 1e-5;

  @Override
  public String id() {
    return "paper";
  }

  @Override
  public Norm separationNorm(Query query) {
    return norm(query);
  }

  private static Norm norm(Query query) {
    // p^2 <= ||d||^2 to a tolerance of 1e-7 lets p be 3e-4 at d = 0, above the threshold.
    return query.norm() == Norm.L2 ? Norm.LINF : query.norm();
  }

  @Override
  public Optional<Capability> needs(CertifyOptions options) {
    return Optional.empty();
  }

  /** What one radius gave. */
  private enum Step {
    HOLDS,
    FAILS,
    UNKNOWN
  }

  @Override
  public void answer(Query query, Run run, CertifyOptions options) {
    run.useThreshold(THRESHOLD);
    if (run.decides()) {
      decide(query, run, options);
    } else {
      bisect(query, run, options);
    }
  }

  private static void bisect(Query query, Run run, CertifyOptions options) {
    run.useResolution(2 * RESOLUTION);
    double low = 0;
    double radius = Math.min(FIRST_RADIUS, query.maxRadius());
    double high = Double.POSITIVE_INFINITY;
    while (!run.isOver()) {
      switch (step(query, run, options, radius)) {
        case HOLDS -> {
          run.certify(radius);
          low = radius;
          if (radius >= query.maxRadius()) {
            return;
          }
        }
        case FAILS -> high = radius;
        case UNKNOWN -> {
          return;
        }
      }
      if (high - low <= RESOLUTION) {
        needWitness(run);
        return;
      }
      radius = Double.isInfinite(high) ? Math.min(2 * low, query.maxRadius()) : (low + high) / 2;
    }
  }

  private static void decide(Query query, Run run, CertifyOptions options) {
    switch (step(query, run, options, query.maxRadius())) {
      case HOLDS -> run.certify(query.maxRadius());
      case FAILS -> {
        if (run.witness().isEmpty()) {
          // Polishing may push a pair on the border of the ball out of it: look a little further
          // in.
          step(query, run, options, query.maxRadius() * (1 - INWARD));
        }
        needWitness(run);
      }
      case UNKNOWN -> {}
    }
  }

  /** Without a collision that replays, an upper end is the solver's word only. */
  private static void needWitness(Run run) {
    if (run.witness().isEmpty()) {
      run.stopFor(SolveStatus.OTHER_LIMIT, "a collision that it found did not survive its replay");
    }
  }

  /** Asks about a ball so much larger that what holds there holds for the radius. */
  private static Step step(Query query, Run run, CertifyOptions options, double radius) {
    double beyond = run.beyond(radius);
    if (!run.trusts(beyond)) {
      run.stopAtLimit();
      return Step.UNKNOWN;
    }
    PairFormulation furthest =
        PairFormulation.furthest(
            query,
            beyond,
            norm(query),
            (network, inputs, region) -> BoundsMethod.interval().bounds(network, inputs),
            new NetworkEncoder(ReluEncoding.bigM()),
            run.balls());
    SolveResult result = run.solve(furthest.model(), Map.of(), options.threads());
    boolean separated = result.solution().map(s -> s.objective() > THRESHOLD).orElse(false);
    if (separated) {
      double[] values = result.solution().orElseThrow().values();
      if (run.offer(furthest.x(values), furthest.xPrime(values)) == Run.Replay.NONE) {
        run.spurious();
      }
      return Step.FAILS;
    }
    // A time-out comes back with p = 0 as well: only a closed bound says that p* is small.
    if (result.status() == SolveStatus.OPTIMAL && result.dualBound() <= THRESHOLD) {
      return Step.HOLDS;
    }
    if (result.status() == SolveStatus.INFEASIBLE) {
      run.stopFor(SolveStatus.ERROR, "infeasible, though x = x' is feasible");
    } else {
      run.stopFor(
          result.status() == SolveStatus.OPTIMAL ? SolveStatus.OTHER_LIMIT : result.status(),
          result.message());
    }
    return Step.UNKNOWN;
  }
}
