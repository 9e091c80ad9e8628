package dev.crease.tree;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.question.Query;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The spread by a tree: 0 where it proves that nothing collides, and else between the widest
 * collision that is found and what the ball allows.
 */
final class TreeSpread {

  /** How wide collisions are looked for, from the diameter down by halves. */
  private static final int WIDTHS = 12;

  private final Query query;
  private final CertifyOptions options;
  private final Norm norm;
  private final Budget budget;
  private final Notes notes = new Notes();

  TreeSpread(Query query, CertifyOptions options) {
    this.query = query;
    this.options = options;
    this.norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    this.budget = Budget.of(options);
  }

  /**
   * The spread on the ball of the question's largest radius.
   *
   * @param checked whether anything collides there
   */
  SpreadResult answer(RadiusResult checked) {
    boolean isNothing = checked.holdsEverywhere();
    checked.notes().forEach(notes::add);
    Optional<Witness> widest = isNothing ? Optional.empty() : widest(checked.witness());
    double most = isNothing ? 0 : SpreadBound.of(query, norm);
    double least = widest.map(this::width).orElse(0.0);
    StopReason stop = checked.stop();
    if (!isNothing) {
      notes.add(new Note.ByTheBall());
      stop = budget.over().orElse(stop == StopReason.COMPLETE ? StopReason.LIMIT : stop);
    }
    if (norm != query.norm()) {
      notes.add(new Note.DifferenceInLinf());
    }
    return new SpreadResult(
        query,
        norm,
        Math.min(least, most),
        most,
        OptionalDouble.empty(),
        widest,
        TreeCertifier.ID,
        checked.solver(),
        Terms.none(),
        budget.seconds(),
        stop,
        notes.all());
  }

  private Optional<Witness> widest(Optional<Witness> known) {
    Optional<Witness> best = known;
    for (int k = 0; k < WIDTHS && !budget.isOver(); k++) {
      double width = Math.scalb(1.5 * query.maxRadius(), -k);
      Optional<Witness> found =
          CollisionSearch.search(query, width, options.seed(), budget::isOver);
      if (found.isPresent() && (best.isEmpty() || width(found.get()) > width(best.get()))) {
        return found;
      }
    }
    return best;
  }

  private double width(Witness w) {
    return SpreadBound.least(query, norm, w);
  }
}
