package dev.crease.bench;

import dev.crease.bounds.Norm;
import dev.crease.certify.Query;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Tolerances;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares an answer with the true one. An answer is wrong when it certifies more than the true
 * radius, or refutes less, beyond what it states:
 *
 * <ul>
 *   <li>Under a solver's tolerances both ends may be off by ten times the feasibility tolerance,
 *       relative to the radius where that is above 1.
 *   <li>Where {@code delta} is not rigorous only collisions that are so far apart count. Next to a
 *       fold the nearest of them is further out than the true radius by up to their distance in
 *       each coordinate, so twice that is allowed: {@code delta}, or for a transformation, where
 *       {@code delta} is a difference of what is determined, how far the points are apart of the
 *       collision that the answer ends at.
 *   <li>A collision in doubles may have to move by a thousandth of its separation to be exact
 *       ({@link dev.crease.certify.Witness}); one in rational numbers may not.
 * </ul>
 */
public final class Judge {

  /**
   * The width at which a bracket is closed, relative to the radius where that is above 1; what the
   * solver's tolerances take off its ends comes on top.
   */
  public static final double CLOSED = 1e-3;

  private static final double ROUNDING = 1e-12;
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
   * @param truth the true answer, if it is known
   * @param seconds how long it took
   * @param limit how long it might have taken
   */
  public static Judgement judge(
      RadiusResult result, Optional<Truth> truth, double seconds, double limit) {
    Optional<String> wrong = truth.flatMap(t -> contradiction(result, t));
    if (wrong.isPresent()) {
      return new Judgement(Outcome.WRONG, wrong.get());
    }
    StopReason stop = result.stop();
    if (stop == StopReason.FAILED) {
      return new Judgement(Outcome.FAILED, notes(result));
    }
    if (stop == StopReason.TIME_LIMIT || stop == StopReason.INTERRUPTED) {
      return new Judgement(Outcome.TIMEOUT, "");
    }
    if (isClosed(result)) {
      return seconds > limit
          ? new Judgement(Outcome.TIMEOUT, "answered after the limit")
          : new Judgement(Outcome.SOLVED, "");
    }
    return new Judgement(Outcome.OPEN, stop == StopReason.COMPLETE ? "" : notes(result));
  }

  /** Whether nothing is left to be found. */
  private static boolean isClosed(RadiusResult result) {
    if (result.refuted().isEmpty()) {
      return result.holdsEverywhere();
    }
    double refuted = result.refuted().getAsDouble();
    double slack = slack(result.tolerances(), refuted) + 2 * result.tolerances().pad();
    return refuted - result.certified() <= CLOSED * scale(refuted) + slack;
  }

  private static Optional<String> contradiction(RadiusResult result, Truth truth) {
    double radius = truth.radius();
    double slack = slack(result.tolerances(), radius);
    double bias = result.deltaIsRigorous() ? 0 : 2 * separation(result) * unit(result.query());
    if (result.certified() > radius + slack + bias) {
      return Optional.of("certifies " + result.certified() + ", beyond the true " + radius);
    }
    OptionalDouble refuted = result.refuted();
    if (refuted.isPresent()) {
      double blur =
          result.evidence().collision().isPresent()
              ? 0
              : result.witness().map(w -> apart(result, w.x(), w.xPrime())).orElse(0.0) * REACH;
      if (refuted.getAsDouble() < radius - slack - blur) {
        return Optional.of("refutes at " + refuted.getAsDouble() + ", below the true " + radius);
      }
    }
    return Optional.empty();
  }

  /** How far apart the points may be of the nearest collision that the answer looks for. */
  private static double separation(RadiusResult result) {
    double delta = result.delta();
    if (result.query().g().isEmpty()) {
      return delta;
    }
    double radius = result.refuted().orElse(result.query().maxRadius());
    return result
        .witness()
        .map(w -> Norm.LINF.distance(w.x(), w.xPrime()))
        .filter(apart -> apart <= NEAR * radius)
        .map(apart -> Math.max(delta, apart))
        .orElse(delta);
  }

  private static double slack(Tolerances tolerances, double radius) {
    return (ROUNDING + 10 * tolerances.feasibility()) * scale(radius);
  }

  private static double apart(RadiusResult result, double[] x, double[] y) {
    return result.query().norm().distance(x, y);
  }

  /** The norm of a vector of ones: what a unit in each coordinate is in the question's norm. */
  private static double unit(Query query) {
    double[] ones = new double[query.dimension()];
    Arrays.fill(ones, 1);
    return query.norm() == Norm.LINF ? 1 : query.norm().of(ones);
  }

  private static double scale(double radius) {
    return Math.max(1, radius);
  }

  private static String notes(RadiusResult result) {
    return String.join("; ", result.notes());
  }
}
