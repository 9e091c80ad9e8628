package dev.crease.tree;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The spread by trees: 0 where one proves that nothing collides. Else what is left between the
 * widest pair that is found and the ball's diameter is halved, by asking of a distance whether any
 * two points further apart are taken for one.
 */
final class TreeSpread {

  /** How wide collisions are looked for, from the diameter down by halves. */
  private static final int WIDTHS = 12;

  /** How often a bracket is halved. */
  private static final int HALVINGS = 60;

  /** One question has this part of the time that is left. */
  private static final int SHARE = 4;

  /** Where a distance cannot be decided, the next is this part of the way from there. */
  private static final double NEXT = 0.5;

  private final MipSolver solver;
  private final Query query;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final Norm norm;
  private final Budget budget;
  private final Notes notes = new Notes();
  private double least;
  private double most;
  private Optional<Witness> widest = Optional.empty();

  /** The spread on the ball of the question's largest radius. */
  TreeSpread(MipSolver solver, Query query, CertifyOptions options, CertifyListener listener) {
    this.solver = solver;
    this.query = query;
    this.options = options;
    this.listener = listener;
    this.norm = Noise.norm(query.norm());
    this.budget = Budget.of(options);
    this.most = SpreadBound.of(query, norm);
  }

  SpreadResult answer() {
    if (query.noise().eps() > 0) {
      bisect();
    } else if (isOneToOne()) {
      most = 0;
    } else {
      widest();
      if (TreeCertifier.refusalOfNoise(apart(most)).isEmpty()) {
        bisect();
      }
    }
    if (norm != query.norm()) {
      notes.add(new Note.DifferenceInLinf());
    }
    boolean isClosed = isClosed();
    if (!isClosed && most >= SpreadBound.of(query, norm)) {
      notes.add(new Note.ByTheBall());
    }
    return new SpreadResult(
        query,
        norm,
        Math.min(least, most),
        most,
        OptionalDouble.empty(),
        widest,
        TreeCertifier.ID,
        solver.version(),
        Terms.none(),
        budget.seconds(),
        isClosed ? StopReason.COMPLETE : budget.over().orElse(StopReason.LIMIT),
        notes.all());
  }

  private boolean isClosed() {
    return most - least <= options.tolerances().relativeGap() * most;
  }

  private Query apart(double within) {
    return query.with(new Noise(query.noise().eps(), within));
  }

  private RadiusResult check(Query asked, int share) {
    CertifyOptions.Builder some = options.toBuilder().cover(false);
    budget.remaining().map(left -> left.dividedBy(share)).ifPresent(some::timeLimit);
    return new Growth(solver, asked, some.build(), listener, true).answer();
  }

  private boolean isOneToOne() {
    RadiusResult checked = check(query, 2);
    checked.notes().forEach(notes::add);
    widen(checked.witness());
    return checked.holdsEverywhere();
  }

  private void widen(Optional<Witness> found) {
    double width = found.map(w -> SpreadBound.least(query, norm, w)).orElse(0.0);
    if (width > least) {
      least = width;
      widest = found;
    }
  }

  private void widest() {
    for (int k = 0; k < WIDTHS && !budget.isOver(2); k++) {
      double width = Math.scalb(1.5 * query.maxRadius(), -k);
      widen(CollisionSearch.search(query, width, options.seed(), () -> budget.isOver(2)));
    }
  }

  /** Distances above the one that is decided last stay so; one that is not is passed by. */
  private void bisect() {
    double open = least;
    for (int i = 0; i < HALVINGS && !isClosed() && !isOver(); i++) {
      double within = open + (most - open) * NEXT;
      if (!(within > open) || !(within < most)) {
        return;
      }
      RadiusResult checked = check(apart(within), SHARE);
      widen(checked.witness());
      if (checked.holdsEverywhere()) {
        most = Math.max(least, within);
      } else if (checked.isRefuted()) {
        open = Math.max(least, within);
      } else if (checked.stop() == StopReason.FAILED) {
        return;
      } else {
        // Larger distances are easier.
        open = within;
      }
    }
  }

  private boolean isOver() {
    return budget.isOver()
        || budget.remaining().map(left -> left.compareTo(Duration.ofMillis(1)) < 0).orElse(false);
  }
}
