package dev.crease.campaign;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares an answer with the true one. Tolerances are relative to the radius, however small it is:
 *
 * <ul>
 *   <li>Nothing may be certified beyond the true radius; on a solver's word, not by more than ten
 *       times its feasibility tolerance. (What solvers' tolerances can hide in absolute terms is
 *       taken off before anything is claimed.)
 *   <li>Where {@code delta} is not rigorous only collisions that are so far apart count. Next to a
 *       fold the nearest of them is further out than the true radius by up to their distance in
 *       each coordinate. A claim that is above the truth by no more than twice that is {@link
 *       Outcome#WITHIN_DELTA}: neither solved nor wrong. That distance is {@code delta}, or for a
 *       transformation, where {@code delta} is a difference of what is determined, how far points
 *       are apart that differ by so much there, as at the collision that the answer ends at.
 *   <li>Nothing may be refuted below the true radius. A collision in doubles may have to move by a
 *       thousandth of its separation to be exact ({@link dev.crease.witness.Witness}); one in
 *       rational numbers may not.
 * </ul>
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

  /** Points so near to each other, relative to the radius, are next to a fold. */
  private static final double NEAR = 1e-2;

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
    if (!isClosed(result)) {
      return new Judgement(Outcome.OPEN, stop == StopReason.COMPLETE ? "" : notes(result));
    }
    if (seconds > limit) {
      return new Judgement(Outcome.TIMEOUT, "answered after the limit");
    }
    boolean isOwn = !asksSolver || result.assurance() == Assurance.SOLVER;
    return new Judgement(isOwn ? Outcome.SOLVED : Outcome.WITHOUT_SOLVER, "");
  }

  /** Whether nothing is left to be found. */
  private static boolean isClosed(RadiusResult result) {
    if (result.refuted().isEmpty()) {
      return result.holdsEverywhere();
    }
    double refuted = result.refuted().getAsDouble();
    double width = Math.min(CLOSED * Math.max(1, refuted), WIDEST * refuted);
    double slack = tolerance(result) * refuted + 2 * result.terms().pad();
    return refuted - result.certified() <= width + slack;
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
    double certified = result.certified();
    if (certified <= radius * (1 + tolerance(result))) {
      return Optional.empty();
    }
    double separation = separation(result, radius);
    if (!result.deltaIsRigorous() && certified - radius <= 2 * separation * unit(result.query())) {
      return Optional.of(
          new Judgement(
              Outcome.WITHIN_DELTA,
              "certifies "
                  + certified
                  + " for pairs "
                  + separation
                  + " apart; the true radius is "
                  + radius));
    }
    return Optional.of(
        new Judgement(Outcome.WRONG, "certifies " + certified + ", beyond the true " + radius));
  }

  /** How far a collision in doubles may have to move to be exact. */
  private static double blur(RadiusResult result) {
    return result.evidence().collision().isPresent()
        ? 0
        : result.witness().map(w -> result.query().norm().distance(w.x(), w.xPrime())).orElse(0.0)
            * REACH;
  }

  /** How far apart the points may be of the nearest collision that the answer looks for. */
  private static double separation(RadiusResult result, double radius) {
    if (result.query().g().isEmpty()) {
      return result.delta();
    }
    return Math.min(
        NEAR * radius,
        result
            .witness()
            .map(w -> across(w, result.delta()))
            .filter(apart -> apart <= NEAR * radius)
            .orElse(result.delta()));
  }

  /**
   * How far apart points are where what they determine differs by delta, as it does at a collision;
   * that itself may be a nearer one, found beside those that the answer looks for.
   */
  private static double across(Witness collision, double delta) {
    double apart = Norm.LINF.distance(collision.x(), collision.xPrime());
    return apart * Math.max(1, delta / collision.separation());
  }

  /** What may be above the truth, relative to the radius; nothing where no solver's word is in. */
  private static double tolerance(RadiusResult result) {
    return result.assurance() == Assurance.SOLVER
        ? ROUNDING + TOLERANCES * result.terms().tolerances().feasibility()
        : 0;
  }

  /** The norm of a vector of ones: what a unit in each coordinate is in the question's norm. */
  private static double unit(Query query) {
    double[] ones = new double[query.dimension()];
    Arrays.fill(ones, 1);
    return query.norm() == Norm.LINF ? 1 : query.norm().of(ones);
  }

  private static String notes(RadiusResult result) {
    return String.join("; ", result.notes().stream().map(Note::text).toList());
  }
}
