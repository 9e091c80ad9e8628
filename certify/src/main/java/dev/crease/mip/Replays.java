package dev.crease.mip;

import dev.crease.certify.Bracket;
import dev.crease.certify.Budget;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Padding;
import dev.crease.question.Query;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Newton;
import dev.crease.witness.Witness;
import java.util.Optional;

/** Polishes and replays the pairs that a solver finds; those that are collisions are kept. */
final class Replays {

  /** How a pair does in its replay. */
  enum Outcome {
    /** It is a collision within the largest radius. */
    COLLISION,
    /** It is a collision further away than is asked about. */
    BEYOND,
    /** It is none. */
    NONE
  }

  private final Query query;
  private final Padding padding;
  private final Bracket bracket;
  private final Budget budget;
  private final Notes notes;
  private final long seed;

  Replays(Query query, Padding padding, Bracket bracket, Budget budget, Notes notes, long seed) {
    this.query = query;
    this.padding = padding;
    this.bracket = bracket;
    this.budget = budget;
    this.notes = notes;
    this.seed = seed;
  }

  /**
   * Takes a pair; keeps it when it is a witness nearer than the best.
   *
   * @param apart how far its points were to be apart
   */
  Outcome offer(double[] x, double[] xPrime, double apart) {
    Optional<Witness> found = replayed(x, xPrime);
    if (found.isEmpty()) {
      return Outcome.NONE;
    }
    if (found.get().radius() > query.maxRadius()) {
      if (found.get().radius() > padding.reach()) {
        return Outcome.NONE;
      }
      notes.add(new Note.JustBeyond());
      return Outcome.BEYOND;
    }
    bracket.keep(found.get());
    // Polishing must not have brought the points together.
    return found.get().separation() >= apart / 2 ? Outcome.COLLISION : Outcome.NONE;
  }

  /** Takes a pair whose values may differ more than those of the best. */
  void offerFurther(double[] x, double[] xPrime) {
    replayed(x, xPrime).ifPresent(bracket::keepFurthest);
  }

  /** Looks for a collision across the nearest fold to a point. */
  void offerNear(double[] x, double delta) {
    CollisionSearch.around(query, x, 2 * delta, seed, budget::isOver).ifPresent(bracket::keep);
  }

  private Optional<Witness> replayed(double[] x, double[] xPrime) {
    return Newton.collision(query, x, query.isPinned() ? pinned(xPrime) : xPrime, budget::isOver)
        .flatMap(pair -> Witness.replay(query, pair[0], pair[1]));
  }

  private double[] pinned(double[] xPrime) {
    double[] w = xPrime.clone();
    double[] center = query.center();
    int next = 0;
    for (int i = 0; i < w.length; i++) {
      if (!query.shared().containsKey(i)) {
        w[i] = center[next++];
      }
    }
    return w;
  }
}
