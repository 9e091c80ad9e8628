package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import java.util.Optional;

/**
 * One model whose optimum is the radius (design 1.3): minimise {@code rho} subject to {@code f(x) =
 * f(x')}, {@code ||g(x) - g(x')|| >= delta} and {@code x, x'} in the ball of radius {@code rho}.
 * The solver's dual bound is certified and its incumbent, replayed, refuted, so every stop leaves a
 * bracket.
 *
 * <p>A search for a near collision comes first: it caps {@code rho}, which tightens every big-M.
 * Where it finds none, {@code rho} is capped by a radius that doubles until there is a collision.
 * Linear programs come next ({@link LinearProof}): what they prove needs no {@code delta}.
 */
final class DirectStrategy implements Strategy {

  @Override
  public String id() {
    return "direct";
  }

  @Override
  public Norm separationNorm(Query query) {
    return Norm.LINF;
  }

  @Override
  public Optional<Capability> needs(CertifyOptions options) {
    return ReluEncoding.choices().named(options.encoding()).needs();
  }

  @Override
  public void answer(Run run) {
    Stages.answer(run, CertifyOptions.DEFAULT_DELTA, true, () -> search(run));
  }

  /** Brackets the radius in one model, once everything is prepared. */
  static void search(Run run) {
    new NearestSearch(run, Formulation.whole(run), run.options().threads(), run.bracket()::claim)
        .search();
  }
}
