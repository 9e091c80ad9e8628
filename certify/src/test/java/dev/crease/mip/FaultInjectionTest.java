package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.CreaseException;
import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Assurance;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.ForwardingSession;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Trust;
import dev.crease.model.Model;
import dev.crease.question.Query;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.guard.ForwardingSolver;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.Networks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HiGHS with faults put in: whatever it says, nothing false is certified, or claimed unseen. */
class FaultInjectionTest {

  /** What goes wrong. */
  enum Fault {
    /** A bound that is better than the incumbent. */
    BOUND_BEYOND_THE_POINT,
    /** Infeasible, where a collision is known. */
    INFEASIBLE_AGAINST_A_WITNESS,
    /** A time-out that comes with the point x = x'. */
    TIME_OUT_WITH_NOTHING_APART,
    /** Values that are no numbers. */
    NOT_A_NUMBER,
    /** A point that violates the model. */
    ANOTHER_POINT,
    /** An error with a bound. */
    ERROR_WITH_A_BOUND,
    /** An exception. */
    EXCEPTION,
    /** Multipliers that are noise. */
    NOISY_MULTIPLIERS,
    /** Multipliers with the wrong sign. */
    NEGATED_MULTIPLIERS,
    /** Multipliers that are no numbers. */
    MULTIPLIERS_NOT_A_NUMBER
  }

  private static final CertifyOptions OPTIONS =
      CertifyOptions.builder().timeLimit(Duration.ofSeconds(2)).build();

  private static final String[] STRATEGIES = {"direct", "cones", "fold", "boxes", "paper"};

  private static final List<Known> KNOWN =
      List.of(
          Known.of(Query.local(Networks.random(1, 2, 4, 4, 2), Norm.LINF, 0.2, 0.1).upTo(3)),
          Known.of(Query.pseudo(Networks.random(2, 2, 4, 4, 2), Norm.LINF, 0.2, 0.1).upTo(3)));

  /** A question, and its answer without a solver. */
  private record Known(Query query, RadiusResult truth) {
    static Known of(Query query) {
      return new Known(
          query, new SplittingCertifier().radius(query, OPTIONS, CertifyListener.none()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingFalseIsClaimed(Fault fault) {
    for (Known known : KNOWN) {
      Query query = known.query();
      RadiusResult truth = known.truth();
      for (String strategy : STRATEGIES) {
        Optional<RadiusResult> answer = answer(query, fault, strategy, Trust.SOLVER);
        if (answer.isEmpty()) {
          continue;
        }
        RadiusResult result = answer.get();
        double most = truth.refuted().orElse(query.maxRadius());
        double room = result.deltaIsRigorous() ? 1e-5 : 1e-5 + 4 * Math.max(result.delta(), 1e-4);
        assertTrue(
            result.certified() <= most + room + (strategy.equals("paper") ? 1e-3 : 0),
            () -> fault + " " + strategy + ": " + result + ", the truth is " + truth);
        result
            .refuted()
            .ifPresent(
                r ->
                    assertTrue(
                        r >= truth.certified() - 1e-5,
                        () -> fault + " " + strategy + ": " + result));
      }
    }
  }

  /** Lies are claims at the most: what is certified then does not know of them. */
  @ParameterizedTest
  @EnumSource
  void whatIsCertifiedRestsOnNoSolver(Fault fault) {
    for (Known known : KNOWN) {
      double most = known.truth().refuted().orElse(known.query().maxRadius());
      for (String strategy : STRATEGIES) {
        answer(known.query(), fault, strategy, Trust.PROOF)
            .ifPresent(
                result -> {
                  assertNotEquals(Assurance.SOLVER, result.assurance(), result::toString);
                  assertTrue(result.deltaIsRigorous() && result.delta() == 0, result::toString);
                  assertTrue(
                      result.certified() <= most,
                      () -> fault + " " + strategy + ": " + result + ", the truth is " + most);
                });
      }
    }
  }

  private static Optional<RadiusResult> answer(
      Query query, Fault fault, String strategy, Trust trust) {
    CertifyOptions options =
        OPTIONS.toBuilder().strategy(strategy).bounds("lp").trust(trust).build();
    MipSolver faulty =
        SolverRegistry.guarded(new Faulty(Backends.REGISTRY.select("ortools-highs"), fault));
    try {
      return Optional.of(new MipCertifier(faulty).radius(query, options, CertifyListener.none()));
    } catch (CreaseException e) {
      return Optional.empty();
    }
  }

  private static final class Faulty extends ForwardingSolver {

    private final MipSolver solver;
    private final Fault fault;

    Faulty(MipSolver solver, Fault fault) {
      super(solver);
      this.solver = solver;
      this.fault = fault;
    }

    @Override
    public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
      SolveResult r = solver.solve(model, options, listener);
      Random random = new Random(1 + model.variables().size());
      double worse = model.objective().isMinimize() ? 1 : -1;
      return switch (fault) {
        case BOUND_BEYOND_THE_POINT ->
            changed(r, r.status(), r.solution(), r.dualBound() + 0.5 * worse);
        case INFEASIBLE_AGAINST_A_WITNESS ->
            r.solution().isPresent()
                ? changed(r, SolveStatus.INFEASIBLE, Optional.empty(), r.dualBound())
                : r;
        case TIME_OUT_WITH_NOTHING_APART ->
            changed(
                r,
                SolveStatus.TIME_LIMIT,
                r.solution(),
                SolveResult.noBound(model.objective().sense()));
        case NOT_A_NUMBER ->
            changed(r, r.status(), r.solution().map(s -> filled(s, Double.NaN)), Double.NaN);
        case ANOTHER_POINT ->
            changed(
                r,
                r.status(),
                r.solution().map(s -> filled(s, random.nextGaussian())),
                r.dualBound());
        case ERROR_WITH_A_BOUND -> changed(r, SolveStatus.ERROR, r.solution(), 100 * worse);
        case EXCEPTION -> throw new IllegalStateException("a fault");
        default -> r;
      };
    }

    private static SolveResult changed(
        SolveResult r, SolveStatus status, Optional<SolveResult.Solution> point, double bound) {
      return new SolveResult(status, point, bound, r.nodes(), r.elapsed(), r.message());
    }

    private static SolveResult.Solution filled(SolveResult.Solution s, double value) {
      double[] values = s.values().clone();
      java.util.Arrays.fill(values, value);
      return new SolveResult.Solution(values, s.objective());
    }

    @Override
    public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
      Random random = new Random(1);
      return solver
          .linearSession(model, options)
          .map(
              session ->
                  new ForwardingSession(session) {
                    @Override
                    public Outcome solve(double[] cost) {
                      Outcome outcome = super.solve(cost);
                      return outcome instanceof Optimum optimum
                          ? spoiled(optimum, random)
                          : outcome;
                    }
                  });
    }

    private LinearSession.Optimum spoiled(LinearSession.Optimum o, Random random) {
      double[] y = o.multipliers().clone();
      for (int i = 0; i < y.length; i++) {
        y[i] =
            switch (fault) {
              case NOISY_MULTIPLIERS -> y[i] * (1 + random.nextGaussian()) + random.nextGaussian();
              case NEGATED_MULTIPLIERS -> -y[i];
              case MULTIPLIERS_NOT_A_NUMBER -> i % 3 == 0 ? Double.NaN : y[i];
              default -> y[i];
            };
      }
      return new LinearSession.Optimum(o.values(), y);
    }
  }
}
