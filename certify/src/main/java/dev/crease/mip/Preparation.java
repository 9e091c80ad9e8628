package dev.crease.mip;

import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.question.Query;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.CollisionSearch;
import java.util.Optional;

/**
 * What comes before any integer program, and after the last: the centre's own region, the choice of
 * delta, a search for a near collision, which caps {@code rho} and with it every big-M, and a proof
 * by linear programs alone, which needs no delta.
 */
final class Preparation {

  private final Run run;
  private final Query query;
  private final CertifyOptions options;

  Preparation(Run run) {
    this.run = run;
    this.query = run.query();
    this.options = run.options();
  }

  /**
   * Sets delta and looks for a collision.
   *
   * @param defaultDelta where the user gives none
   * @param byPrograms whether linear programs are to try alone
   * @return whether the answer is known
   */
  boolean isAll(double defaultDelta, boolean byPrograms) {
    CenterAnalysis center = run.center();
    run.useDelta(delta(defaultDelta));
    if (center.collapse().isPresent()) {
      run.bracket().keep(center.collapse().get());
      run.useResolution(center.collapse().get().radius());
      run.notes().add(Note.ofCollapse(query));
      return true;
    }
    if (run.bracket().lower() >= query.maxRadius()) {
      return true;
    }
    run.refuseVacuous();
    lookForCollisions();
    return byPrograms && run.linearProof();
  }

  private Delta delta(double defaultDelta) {
    Optional<Double> rigorous =
        query.isPinned()
            ? run.center()
                .rigorousDelta()
                .map(d -> Math.min(d, query.maxRadius()))
                .filter(d -> d >= Delta.least(options))
            : Optional.empty();
    // A delta of the user's that is smaller than the rigorous one is rigorous too, but no better.
    double given =
        options.delta().isPresent() ? options.delta().getAsDouble() / run.unit() : defaultDelta;
    return new Delta(rigorous.orElse(given), rigorous.isPresent());
  }

  private void lookForCollisions() {
    double apart = query.isPinned() ? 0 : run.delta().value();
    CollisionSearch.search(query, apart, options.seed(), run::isSearchOver)
        .ifPresent(run.bracket()::keep);
    // At a fold the points of a collision are as near as one likes: these count as well.
    run.bracket()
        .witness()
        .map(w -> CollisionSearch.nearer(query, w, options.seed(), run::isSearchOver))
        .orElseGet(() -> CollisionSearch.search(query, 0, options.seed(), run::isSearchOver))
        .ifPresent(run.bracket()::keep);
  }

  /** What the solver found is delta apart; nearer to a fold than that there may be others. */
  void lookNearer() {
    run.bracket()
        .witness()
        .flatMap(w -> CollisionSearch.nearer(query, w, options.seed(), run.budget()::isOver))
        .ifPresent(run.bracket()::keep);
  }
}
