package dev.crease.mip;

import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import java.util.Optional;

/** Answers by mixed-integer programming, on any backend that can take the models. */
public final class MipCertifier implements Certifier {

  private static final String DIRECT = "direct";

  private final MipSolver solver;
  private final Optional<MipSolver> linear;

  /**
   * A certifier on a solver.
   *
   * @param solver one that is checked and guarded, as {@link
   *     dev.crease.solver.registry.SolverRegistry#select} gives it
   */
  public MipCertifier(MipSolver solver) {
    this(solver, Optional.of(solver).filter(s -> s.capabilities().has(Capability.LINEAR_SESSION)));
  }

  /**
   * A certifier on a solver, and another one for the linear programs that tighten bounds; what
   * those give is checked, so they need not be trusted.
   *
   * @param solver one that is checked and guarded
   * @param linear has {@link Capability#LINEAR_SESSION}; without it bounds {@code lp} are refused
   */
  public MipCertifier(MipSolver solver, Optional<MipSolver> linear) {
    this.solver = solver;
    this.linear = linear;
  }

  @Override
  public String id() {
    return solver.id();
  }

  @Override
  public boolean asksSolver() {
    return true;
  }

  @Override
  public boolean answersNoise() {
    return true;
  }

  @Override
  public boolean answersDomains() {
    return true;
  }

  @Override
  public Optional<String> refusal(Query query, CertifyOptions options) {
    Strategy strategy = Strategies.named(options.strategy());
    Optional<String> kind = Certifier.refusalOfKind(this, query);
    if (kind.isPresent()) {
      return kind;
    }
    boolean isDirect = options.strategy().equals(DIRECT) || options.strategy().equals("auto");
    if (!query.noise().isNone() && !isDirect) {
      return Optional.of(
          "strategy " + options.strategy() + " answers no questions with noise; choose " + DIRECT);
    }
    if (!solver.capabilities().has(Capability.INTEGER)) {
      return Optional.of(
          "solver "
              + solver.id()
              + " solves linear programs only; choose a solver of integer ones");
    }
    if (strategy.separationNorm(query) == Norm.L2
        && !solver.capabilities().has(Capability.QUADRATIC)) {
      return Optional.of(
          "a separation in norm 2 needs quadratic constraints, which solver "
              + solver.id()
              + " has not; choose another solver, or norm 1 or inf");
    }
    return strategy
        .needs(options)
        .filter(needed -> !solver.capabilities().has(needed))
        .map(
            needed ->
                "encoding "
                    + options.encoding()
                    + " needs "
                    + needed.label()
                    + " constraints, which solver "
                    + solver.id()
                    + " has not; choose another solver, or encoding big-m");
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    Strategy strategy = accept(query, options);
    if (!query.noise().isNone()) {
      return new NoisyAnswer(solver, query, options, listener).radius(DIRECT);
    }
    Run run = new Run(solver, linear, query, options, listener, false);
    strategy.answer(run);
    return run.result(strategy.id(query, options));
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    Strategy strategy = accept(upTo, options);
    if (!query.noise().isNone()) {
      return new NoisyAnswer(solver, upTo, options, listener).radius(DIRECT);
    }
    Run run = new Run(solver, linear, upTo, options, listener, true);
    strategy.answer(run);
    return run.result(strategy.id(upTo, options));
  }

  @Override
  public SpreadResult spread(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    accept(upTo, options);
    if (!query.noise().isNone()) {
      return new NoisyAnswer(solver, upTo, options, listener).spread();
    }
    Run run = new Run(solver, linear, upTo, options, listener, false);
    // In the norm 2 a tolerance on squares would pass for a difference.
    Norm norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    return new Spread(run, norm).answer();
  }

  private Strategy accept(Query query, CertifyOptions options) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    return Strategies.named(options.strategy());
  }
}
