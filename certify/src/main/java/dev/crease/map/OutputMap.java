package dev.crease.map;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.bounds.Interval;
import dev.crease.certify.Assurance;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import dev.crease.regions.BallRegions;
import dev.crease.regions.Match;
import dev.crease.regions.Piece;
import dev.crease.regions.RegionEngine;
import dev.crease.witness.Fractions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * The function {@code h} with {@code g = h o f} on a ball on which {@code f} is proved to determine
 * {@code g}; {@code g} is the identity for an {@link Inverse}, and another network for a {@link
 * Calibration}.
 *
 * <p>Why it is one. Every point of the ball lies in a linear region {@code P} of {@code f} and
 * {@code g}, where {@code f(x) = A x + b} and {@code g(x) = C x + d}. An output {@code y} is that
 * of a point of the ball iff in one of the regions the system {@code A x = y - b} has a solution in
 * {@code P} and in the ball. There may be several, in one region or in more; since {@code f}
 * determines {@code g}, all give one {@code C x + d}, and that is {@code h(y)}. Systems are solved
 * and compared with {@code P} in rational arithmetic, and the value is rounded once, at the end.
 *
 * <p>{@code h} is continuous on the image of the ball, which is closed: so an output that is off by
 * a little gives a value that is off by a little, and {@link #range} says by how much.
 *
 * <p>Immutable; may be used from several threads.
 */
public abstract sealed class OutputMap permits Inverse, Calibration {

  private final RadiusResult proof;
  private final double radius;
  private final BallRegions regions;

  OutputMap(RadiusResult proof, Problem problem, RegionEngine engine, Cancellation cancellation) {
    if (proof.query().problem() != problem) {
      throw new IllegalArgumentException(
          "a proof of " + problem + " is needed, not of " + proof.query().problem());
    }
    if (!(proof.certified() > 0)) {
      throw new BadInput("nothing is certified at this centre, so there is no ball to map");
    }
    if (proof.assurance() == Assurance.SOLVER || !proof.deltaIsRigorous()) {
      throw new BadInput(
          "the radius rests on a solver's word alone, and a map needs a proof; take --solver"
              + " regions or tree");
    }
    this.proof = proof;
    this.radius = Math.min(proof.certified(), proof.query().maxRadius());
    this.regions = engine.ball(valued(proof.query()), radius, cancellation);
  }

  /**
   * The question whose values are those of the map: where the ball has units of its own, an inverse
   * gives the inputs {@code c + s u}, exactly, not the points {@code u}.
   */
  private static Query valued(Query query) {
    return query.g().isEmpty() && query.shared().isEmpty() && query.units().isScaled()
        ? Query.transformation(query.f(), query.units().inputs(), query.norm(), query.center())
        : query;
  }

  /** What proves that the map exists. */
  public final RadiusResult proof() {
    return proof;
  }

  /** The radius of the ball: all that is certified, as far as was asked. */
  public final double radius() {
    return radius;
  }

  /** Number of entries of an output of {@code f}. */
  public final int outputs() {
    return regions.outputs();
  }

  /** Number of entries of a value. */
  public final int values() {
    return regions.values();
  }

  /** How many linear regions the ball has. */
  public final int regions() {
    return regions.count();
  }

  /**
   * The value that belongs to an output.
   *
   * @param output one entry per output of {@code f}
   * @return each entry the double nearest to the exact one; empty if no point of the ball has the
   *     output
   * @throws IllegalArgumentException if the output does not fit or is not finite
   */
  public final Optional<double[]> at(double... output) {
    return exactlyAt(exact(output)).map(Match::value);
  }

  /**
   * The value that belongs to an output, with a point of the question ({@link Query#units}) that
   * has it.
   *
   * @param output one entry per output of {@code f}
   * @return empty if no point of the ball has the output
   * @throws IllegalArgumentException if the output does not fit
   */
  public final Optional<Match> exactlyAt(List<BigFraction> output) {
    return regions.at(output);
  }

  /**
   * The point of the ball whose output is nearest to one in the Euclidean norm, and the value that
   * belongs to it: for outputs that rounding, or noise, has moved off the image.
   *
   * @param output one entry per output of {@code f}
   * @throws dev.crease.Unsupported for a ball of norm 2
   * @throws IllegalArgumentException if the output does not fit
   */
  public final Match nearest(List<BigFraction> output) {
    return regions.nearest(output);
  }

  /**
   * Where the values are of all points of the ball whose outputs are near one. The ends are exact
   * but for being rounded outward; in norm 2 they may be wider.
   *
   * @param output one entry per output of {@code f}
   * @param noise how far each entry may be off, not negative
   * @return an interval for each entry of the value; empty if no point of the ball has an output
   *     this near
   * @throws IllegalArgumentException if the output does not fit, or the noise is negative or not
   *     finite
   */
  public final Optional<List<Interval>> range(List<BigFraction> output, double noise) {
    return regions.range(output, exact(noise).get(0));
  }

  /**
   * The map as affine pieces on convex polygons of outputs.
   *
   * @throws dev.crease.Unsupported if {@code f} has not two outputs, or the ball is of norm 2 in
   *     more than two dimensions
   */
  public final List<Piece> pieces() {
    return regions.pieces();
  }

  private static List<BigFraction> exact(double... values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(Arrays.toString(values) + " is not finite");
      }
    }
    return Arrays.stream(values).mapToObj(Fractions::of).toList();
  }
}
