package dev.crease.campaign;

import dev.crease.certify.Assurance;
import dev.crease.certify.Claim;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares an answer with the true one. Tolerances are relative to the radius, however small it is:
 *
 * <ul>
 *   <li>Nothing may be certified beyond the true radius, and nothing claimed: on a solver's word,
 *       not by more than ten times its feasibility tolerance. (What solvers' tolerances can hide in
 *       absolute terms is taken off before anything is claimed.) A {@code delta} excuses nothing:
 *       next to a fold a claim for pairs that are so far apart may be above the truth, and a user
 *       who takes it for the radius is wrong.
 *   <li>Nothing may be refuted below the true radius. A collision in doubles may have to move by a
 *       thousandth of its separation to be exact ({@link dev.crease.witness.Witness}); one in
 *       rational numbers may not.
 * </ul>
 *
 * <p>A bracket that is closed by what is certified is solved by proof, one that is closed by a
 * claim alone is {@link Outcome#CLAIMED}.
 */
public final class Judge {

  /**
   * The width at which a bracket is closed, relative to the radius where that is above 1; what the
   * solver's tolerances take off its ends comes on top.
   */
  public static final double CLOSED = 1e-3;

  /** A bracket wider than this part of the radius is never closed, however small the radius. */
  private static final double WIDEST = 0.1;

  /** Of radii as doubles, relative to them. */
  private static final double ROUNDING = 1e-12;

  /** How much of a solver's feasibility tolerance may show in its claim, relative to the radius. */
  private static final double TOLERANCES = 10;

  private static final double REACH = 1e-3;

  private Judge() {}

  /**
   * A verdict.
   *
   * @param outcome what became of it
   * @param message why, where that is not plain; may be empty
   */
  public record Judgement(Outcome outcome, String message) {}

  /**
   * Judges an answer.
   *
   * @param asksSolver whether a solver was to answer, so that what is decided without one is not
   *     its merit
   * @param truth the true answer, if it is known
   * @param seconds how long it took
   * @param limit how long it might have taken
   */
  public static Judgement judge(
      RadiusResult result,
      boolean asksSolver,
      Optional<Truth> truth,
      double seconds,
      double limit) {
    Optional<Judgement> untrue = truth.flatMap(t -> contradiction(result, t));
    if (untrue.isPresent()) {
      return untrue.get();
    }
    StopReason stop = result.stop();
    if (stop == StopReason.FAILED) {
      return new Judgement(Outcome.FAILED, notes(result));
    }
    if (stop == StopReason.TIME_LIMIT || stop == StopReason.INTERRUPTED) {
      return new Judgement(Outcome.TIMEOUT, "");
    }
    boolean isProved = isClosed(result, result.certified(), result.assurance(), result.terms());
    boolean isClaimed =
        result
            .claimed()
            .filter(c -> isClosed(result, c.radius(), c.assurance(), c.terms()))
            .isPresent();
    if (!isProved && !isClaimed) {
      boolean isPlain = stop == StopReason.COMPLETE || stop == StopReason.CLAIMED;
      return new Judgement(Outcome.OPEN, isPlain ? "" : notes(result));
    }
    if (seconds > limit) {
      return new Judgement(Outcome.TIMEOUT, "answered after the limit");
    }
    if (!isProved || result.assurance() == Assurance.SOLVER) {
      return new Judgement(Outcome.CLAIMED, "");
    }
    return new Judgement(asksSolver ? Outcome.WITHOUT_SOLVER : Outcome.SOLVED, "");
  }

  /** Whether nothing is left to be found above a lower end. */
  private static boolean isClosed(
      RadiusResult result, double lower, Assurance assurance, Terms terms) {
    if (result.refuted().isEmpty()) {
      return lower >= result.query().maxRadius();
    }
    double refuted = result.refuted().getAsDouble();
    double width = Math.min(CLOSED * Math.max(1, refuted), WIDEST * refuted);
    double slack = tolerance(assurance, terms) * refuted + 2 * terms.pad();
    return refuted - lower <= width + slack;
  }

  /** What the truth says against it, if anything. */
  private static Optional<Judgement> contradiction(RadiusResult result, Truth truth) {
    double radius = truth.radius();
    OptionalDouble refuted = result.refuted();
    if (refuted.isPresent() && refuted.getAsDouble() < radius * (1 - ROUNDING) - blur(result)) {
      return Optional.of(
          new Judgement(
              Outcome.WRONG, "refutes at " + refuted.getAsDouble() + ", below the true " + radius));
    }
    if (isAbove(result.certified(), result.assurance(), result.terms(), radius)) {
      return Optional.of(
          new Judgement(
              Outcome.WRONG, "certifies " + result.certified() + ", beyond the true " + radius));
    }
    return result
        .claimed()
        .filter(c -> isAbove(c.radius(), c.assurance(), c.terms(), radius))
        .map(c -> new Judgement(Outcome.WRONG, claims(c) + ", beyond the true " + radius));
  }

  private static String claims(Claim claim) {
    return "claims "
        + claim.radius()
        + (claim.deltaIsRigorous() ? "" : " under a delta of " + claim.delta());
  }

  private static boolean isAbove(double lower, Assurance assurance, Terms terms, double truth) {
    return lower > truth * (1 + tolerance(assurance, terms));
  }

  /** How far a collision in doubles may have to move to be exact. */
  private static double blur(RadiusResult result) {
    return result.evidence().collision().isPresent()
        ? 0
        : result.witness().map(w -> result.query().norm().distance(w.x(), w.xPrime())).orElse(0.0)
            * REACH;
  }

  /** What may be above the truth, relative to the radius; nothing where no solver's word is in. */
  private static double tolerance(Assurance assurance, Terms terms) {
    return assurance == Assurance.SOLVER
        ? ROUNDING + TOLERANCES * terms.tolerances().feasibility()
        : 0;
  }

  private static String notes(RadiusResult result) {
    return String.join("; ", result.notes().stream().map(Note::text).toList());
  }
}
