package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import java.util.Optional;

/** Pairs of boxes, those left undecided put to the solver ({@link BoxesSearch}); for few inputs. */
final class BoxesStrategy implements Strategy {

  @Override
  public String id() {
    return "boxes";
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
    if (BoxesSearch.takes(run.query())) {
      // The tests of boxes prove as much as linear programs, and sooner.
      double delta = BoxesSearch.defaultDelta(run.options());
      Stages.answer(run, delta, false, () -> new BoxesSearch(run).search());
      return;
    }
    Stages.answer(
        run,
        CertifyOptions.DEFAULT_DELTA,
        true,
        () -> {
          run.notes().add(new Note.OtherStrategy(id(), "takes no shared inputs", "direct"));
          DirectStrategy.search(run);
        });
  }
}
