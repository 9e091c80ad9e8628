package dev.crease.certify;

import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The bracket of one answer in the making: the best of what is proved, by what it rests on, and the
 * nearest collision. A proof and a collision that exclude each other are found here. May be used by
 * several threads.
 */
public final class Bracket {

  /** Is told when an end has moved. */
  @FunctionalInterface
  public interface Listener {
    /**
     * The ends now.
     *
     * @param outright what is proved of all pairs without a solver's word
     * @param lower what anybody says
     */
    void moved(double outright, double lower, OptionalDouble refuted);
  }

  private final Query query;
  private final Padding padding;
  private final Listener listener;

  /** What anybody says. */
  private double lower;

  private double withoutSolver;
  private double ofAllPairs;
  private double outright;
  private double delta;
  private Optional<Witness> witness = Optional.empty();

  /** The nearest that a solver should have seen: its points are delta apart. */
  private Optional<Witness> apart = Optional.empty();

  /** A bracket of a question of which nothing is known. */
  public Bracket(Query query, Padding padding, Listener listener) {
    this.query = query;
    this.padding = padding;
    this.listener = listener;
  }

  /** Sets how far apart the points of a collision are that a solver must see. */
  public synchronized void useDelta(double value) {
    delta = value;
  }

  /**
   * Takes a proof.
   *
   * @throws IllegalArgumentException if it is about near pairs only
   */
  public synchronized void claim(Proved proved) {
    if (proved.pairs() == Proved.Pairs.NEAR) {
      throw new IllegalArgumentException("half a proof claims nothing: " + proved);
    }
    double within = Math.min(proved.radius(), query.maxRadius());
    lower = Math.max(lower, within);
    if (proved.isWithoutSolver()) {
      withoutSolver = Math.max(withoutSolver, within);
    }
    if (proved.isOfAllPairs()) {
      ofAllPairs = Math.max(ofAllPairs, within);
    }
    if (proved.isOutright()) {
      outright = Math.max(outright, within);
    }
    tell();
  }

  /** Takes a collision, when it is within the largest radius and nearer than the best. */
  public synchronized void keep(Witness found) {
    if (found.separation() >= delta && (apart.isEmpty() || found.radius() < apart.get().radius())) {
      apart = Optional.of(found);
    }
    if (found.radius() <= query.maxRadius()
        && (witness.isEmpty() || found.radius() < witness.get().radius())) {
      witness = Optional.of(found);
      tell();
    }
  }

  /** Takes the collision whose values differ most. */
  public synchronized void keepFurthest(Witness found) {
    if (found.radius() <= query.maxRadius()
        && (witness.isEmpty() || found.separation() > witness.get().separation())) {
      witness = Optional.of(found);
      apart = witness;
    }
  }

  /** How far anybody says that nothing collides, by whatever it is said. */
  public synchronized double lower() {
    return lower;
  }

  /** The same, with what it rests on, as far as that is one proof. */
  public synchronized Proved proved() {
    if (lower <= outright) {
      return Proved.outright(lower);
    }
    Proved one = Proved.outright(lower);
    if (lower > withoutSolver || lower <= ofAllPairs) {
      // Two proofs that each leave something out make none that leaves nothing out.
      one = one.onASolversWord();
    }
    return lower <= ofAllPairs ? one : one.ofFarPairs();
  }

  /** The nearest collision. */
  public synchronized Optional<Witness> witness() {
    return witness;
  }

  /** The nearest collision whose points are so far apart that a solver must not deny it. */
  public synchronized Optional<Witness> apart() {
    return apart;
  }

  /** Whether such a collision lies within a radius that should have none, tolerances or not. */
  public synchronized boolean contradicts(double bound) {
    return apart.filter(w -> bound > w.radius() + 2 * padding.of(w.radius())).isPresent();
  }

  /** Drops all that rests on a solver's word. */
  public synchronized void dropSolvers() {
    lower = withoutSolver;
    ofAllPairs = outright;
  }

  /**
   * The ends as they are said: where a collision can be made exact that one counts, wherever it
   * lies, and what it contradicts is dropped.
   *
   * @param solver whose claims these are, for the notes
   * @return whether the claims and the collision agree
   */
  public synchronized boolean settle(String solver, Notes notes) {
    witness = witness.map(w -> w.refined(query));
    if (witness.isPresent() && witness.get().radius() > query.maxRadius()) {
      notes.add(new Note.ExactlyBeyond(witness.get().radius()));
      witness = Optional.empty();
    }
    boolean agree = true;
    if (witness.isPresent()) {
      double radius = witness.get().radius();
      if (contradicts(lower)) {
        notes.add(
            new Note.ClaimDropped(
                solver, String.valueOf(lower), apart.map(Witness::radius).orElseThrow()));
        dropSolvers();
        agree = false;
      }
      if (outright > radius || contradicts(withoutSolver)) {
        notes.add(new Note.ProofContradicted(withoutSolver, radius));
        lower = 0;
        agree = false;
      }
      lower = Math.min(lower, witness.get().below(query));
    }
    return agree;
  }

  /** As much of the lower end as is proved of all pairs and without a solver's word. */
  public synchronized Proved provedOutright() {
    return Proved.outright(Math.min(lower, outright));
  }

  /** Up to where all pairs are excluded without a solver's word. */
  public synchronized double outright() {
    return outright;
  }

  /** Tells the listener again. */
  public synchronized void tell() {
    OptionalDouble refuted =
        witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
    double most = refuted.orElse(Double.POSITIVE_INFINITY);
    listener.moved(Math.min(Math.min(outright, lower), most), Math.min(lower, most), refuted);
  }
}
