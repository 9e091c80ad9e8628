package dev.crease.mip;

import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.question.NormalizedQuery;
import dev.crease.question.Query;

/**
 * The integer programs of a question, to look at or to hand to another program. They are what
 * strategy {@code direct} and {@code spread} put to a solver before anything is known of the
 * question, in its normal form: outputs are scaled by powers of two, which changes no answer.
 */
public final class Formulations {

  private Formulations() {}

  /**
   * Minimise {@code rho} subject to {@code f(x) = f(x')}, {@code ||g(x) - g(x')|| >= delta} and
   * {@code x, x'} in {@code B_q(c, rho)}, {@code rho} up to the question's largest radius.
   *
   * @param options encoding, bounds ({@code auto}, {@code interval} or {@code symbolic}) and delta
   * @throws BadInput if the bounds take a solver to find
   * @throws Unsupported if the question has noise
   */
  public static Model nearest(Query query, CertifyOptions options) {
    refuseNoise(query);
    NormalizedQuery normal = query.normalized();
    double delta = options.delta().orElse(CertifyOptions.DEFAULT_DELTA) / normal.unit();
    return PairFormulation.of(normal.query(), 0, query.maxRadius(), writing(options))
        .apart(delta)
        .nearest()
        .model();
  }

  /**
   * Maximise {@code ||g(x) - g(x')||} subject to {@code f(x) = f(x')} and {@code x, x'} in the ball
   * of the question's largest radius (Cui et al. 2023, equation 4); in L-infinity where the
   * question's norm is 2.
   *
   * @param options encoding and bounds, as for {@link #nearest}
   * @throws BadInput if the bounds take a solver to find
   * @throws Unsupported if the question has noise
   */
  public static Model furthest(Query query, CertifyOptions options) {
    refuseNoise(query);
    NormalizedQuery normal = query.normalized();
    Norm norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    return PairFormulation.of(normal.query(), 0, query.maxRadius(), writing(options))
        .furthest(norm)
        .model();
  }

  /** In other units of the outputs noise is another. */
  private static void refuseNoise(Query query) {
    if (!query.noise().isNone()) {
      throw new Unsupported("integer programs are written of questions without noise");
    }
  }

  private static PairFormulation.Writing writing(CertifyOptions options) {
    BoundsMethod method =
        switch (BoundsKind.choices().named(options.bounds())) {
          case AUTO, SYMBOLIC -> BoundsMethod.symbolic();
          case INTERVAL -> BoundsMethod.interval();
          case LP, MIP ->
              throw new BadInput(
                  "bounds "
                      + options.bounds()
                      + " take a solver, and none is asked here; choose symbolic or interval");
        };
    ReluEncoding encoding = ReluEncoding.choices().named(options.encoding());
    return new PairFormulation.Writing(
        (network, inputs, region) -> method.bounds(network, inputs),
        new NetworkEncoder(encoding),
        BallEncoding.exact());
  }
}
