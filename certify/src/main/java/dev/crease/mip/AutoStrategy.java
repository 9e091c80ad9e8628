package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import java.util.Optional;

/**
 * Chooses by the question: {@link BoxesStrategy} for a local or pseudo one of few inputs and as
 * many outputs, {@link ConesStrategy} for another pseudo one when there are threads for its parts,
 * {@link DirectStrategy} otherwise. Says what it chose.
 */
final class AutoStrategy implements Strategy {

  private final DirectStrategy direct = new DirectStrategy();
  private final ConesStrategy cones = new ConesStrategy();
  private final BoxesStrategy boxes = new BoxesStrategy();

  private Strategy choice(Query query, CertifyOptions options) {
    if (query.f().inputs() <= BoxesSearch.FEW_INPUTS
        && query.f().inputs() <= query.f().outputs()
        && query.shared().isEmpty()) {
      return boxes;
    }
    return query.isPinned() && options.threads() > 1 ? cones : direct;
  }

  @Override
  public String id() {
    return "auto";
  }

  @Override
  public String id(Query query, CertifyOptions options) {
    return choice(query, options).id();
  }

  @Override
  public Norm separationNorm(Query query) {
    return direct.separationNorm(query);
  }

  @Override
  public Optional<Capability> needs(CertifyOptions options) {
    return direct.needs(options);
  }

  @Override
  public void answer(Run run) {
    choice(run.query(), run.options()).answer(run);
  }
}
