package dev.crease.mip;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Proved;
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
  public void answer(Run run) {
    run.useThreshold(THRESHOLD);
    if (run.decides()) {
      decide(run);
    } else {
      bisect(run);
    }
  }

  private static void bisect(Run run) {
    run.useResolution(2 * RESOLUTION);
    double most = run.query().maxRadius();
    double low = 0;
    double radius = Math.min(FIRST_RADIUS, most);
    double high = Double.POSITIVE_INFINITY;
    while (!run.isOver()) {
      switch (step(run, radius)) {
        case HOLDS -> {
          low = radius;
          if (radius >= most) {
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
      radius = Double.isInfinite(high) ? Math.min(2 * low, most) : (low + high) / 2;
    }
  }

  private static void decide(Run run) {
    double most = run.query().maxRadius();
    if (step(run, most) == Step.FAILS) {
      if (run.bracket().witness().isEmpty()) {
        // Polishing may push a pair on the border of the ball out of it: look a little further in.
        step(run, most * (1 - INWARD));
      }
      needWitness(run);
    }
  }

  /** Without a collision that replays, an upper end is the solver's word only. */
  private static void needWitness(Run run) {
    if (run.bracket().witness().isEmpty()) {
      run.stopFor(SolveStatus.OTHER_LIMIT, "a collision that it found did not survive its replay");
    }
  }

  /** Asks about a ball so much larger that what holds there holds for the radius. */
  private static Step step(Run run, double radius) {
    double beyond = run.padding().beyond(radius);
    if (!run.trusts(beyond)) {
      run.ending().atLimit();
      return Step.UNKNOWN;
    }
    PairFormulation.Writing writing =
        new PairFormulation.Writing(
            (network, inputs, region) -> BoundsMethod.interval().bounds(network, inputs),
            new NetworkEncoder(ReluEncoding.bigM()),
            run.balls());
    PairFormulation furthest =
        PairFormulation.of(run.query(), 0, beyond, writing).furthest(norm(run.query()));
    SolveResult result = run.solving().solve(furthest.model(), Map.of(), run.options().threads());
    boolean separated = result.solution().map(s -> s.objective() > THRESHOLD).orElse(false);
    if (separated) {
      double[] values = result.solution().orElseThrow().values();
      Replays.Outcome replay =
          run.replays().offer(furthest.x(values), furthest.xPrime(values), THRESHOLD);
      if (replay == Replays.Outcome.NONE) {
        run.spurious();
      }
      return Step.FAILS;
    }
    Optional<Proved> proved = run.padding().differsBy(result, THRESHOLD, radius);
    if (proved.isPresent()) {
      run.bracket().claim(proved.get());
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
