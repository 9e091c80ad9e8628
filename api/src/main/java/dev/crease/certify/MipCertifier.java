package dev.crease.certify;

import dev.crease.Unsupported;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers by mixed-integer programming, on any backend that can take the models. */
public final class MipCertifier implements Certifier {

  /**
   * How far a solver's tolerance may move a collision, by slope and tolerance. On narrow dips false
   * proofs were seen from 0.3 on, and none up to 0.03.
   */
  private static final double MOST_HIDDEN = 0.02;

  private final MipSolver solver;
  private final Optional<MipSolver> linear;

  /**
   * A certifier on a solver.
   *
   * @param solver one that is checked and guarded, as {@link
   *     dev.crease.solver.SolverRegistry#select} gives it
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
  public Optional<String> refusal(Query query, CertifyOptions options) {
    Strategy strategy = Strategy.byId(options.strategy());
    if (!solver.capabilities().has(Capability.INTEGER)) {
      return Optional.of(
          "solver "
              + solver.id()
              + " solves linear programs only; choose a solver of integer ones");
    }
    double[] at = new double[query.f().inputs()];
    int next = 0;
    for (int i = 0; i < at.length; i++) {
      at[i] =
          query.shared().containsKey(i) ? query.shared().get(i).upper() : query.center()[next++];
    }
    double error = query.f().evaluationError(at);
    if (!(error <= options.feasibilityTolerance())) {
      return Optional.of(
          "network "
              + query.f().name()
              + " cannot be computed to the solver's tolerance: rounding"
              + " alone may be "
              + error
              + "; its weights are out of scale");
    }
    // Tolerances out of range are bad input, which is said later.
    boolean isTolerance = options.feasibilityTolerance() <= 1e-2;
    double slope = isTolerance ? steepest(query.balanced()) : 0;
    if (isTolerance && !(slope * options.feasibilityTolerance() <= MOST_HIDDEN)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "network %s may be as steep as %.2g within %s of the centre, so that a solver's"
                  + " tolerance of %s hides too much; look less far, use smaller tolerances, or"
                  + " solver regions or splitting",
              query.f().name(),
              slope,
              query.maxRadius(),
              options.feasibilityTolerance()));
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

  /** A bound on how much any neuron may change with the inputs, in L-infinity. */
  private static double steepest(Query query) {
    boolean[] varies = LinearProof.varies(query);
    double most = 0;
    for (ReluNetwork network : Stream.concat(Stream.of(query.f()), query.g().stream()).toList()) {
      JacobianBounds slopes =
          JacobianBounds.of(
              BoundsMethod.symbolic().bounds(network, query.inputs(query.maxRadius())));
      for (int k = 0; k < network.layers().size(); k++) {
        for (int i = 0; i < network.layers().get(k).outputs(); i++) {
          double slope = slopes.lipschitz(k, i, varies);
          most = slope <= most ? most : slope;
        }
      }
    }
    return most;
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    Strategy strategy = accept(query, options);
    Run run = new Run(solver, linear, query, options, listener);
    strategy.radius(query.balanced(), run, options);
    return run.result(strategy.id(query, options));
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    Strategy strategy = accept(upTo, options);
    Run run = new Run(solver, linear, upTo, options, listener);
    strategy.check(upTo.balanced(), run, options);
    return run.result(strategy.id(upTo, options));
  }

  /**
   * Brackets how far {@code g} may differ between two points of the ball with one output of {@code
   * f}; for a local question how far apart such points may be.
   *
   * @param radius of the ball
   * @throws Unsupported if there is a {@link #refusal}
   */
  public SpreadResult spread(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    accept(upTo, options);
    Run run = new Run(solver, linear, upTo, options, listener);
    // In the norm 2 a tolerance on squares would pass for a difference.
    Norm norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    if (norm != query.norm()) {
      run.note("the difference is measured in norm inf");
    }
    double most =
        run.linearProof(upTo.balanced()) ? 0 : run.furthest(upTo.balanced(), radius, norm);
    return run.spread(norm, most);
  }

  private Strategy accept(Query query, CertifyOptions options) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    return Strategy.byId(options.strategy());
  }
}
