package dev.crease.regions;

import dev.crease.bounds.Interval;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * The linear regions of a ball, found by what a network {@code f} gives there. Each point has a
 * <em>value</em>: what is to be told from the output, {@code g} of the point, or the point itself
 * where the query has no {@code g}. Where {@code f} determines {@code g} on the ball, the value is
 * a function of the output; whether it does is for others to prove. Immutable; may be used from
 * several threads.
 */
public interface BallRegions {

  /** Number of entries of an output. */
  int outputs();

  /** Number of entries of a value. */
  int values();

  /** How many linear regions meet the ball in more than a face. */
  int count();

  /**
   * A point of the closed ball with an output; where there are several, any.
   *
   * @param output one entry per output
   * @return empty if there is none
   * @throws IllegalArgumentException if the output does not fit
   */
  Optional<Match> at(List<BigFraction> output);

  /**
   * A point of the closed ball whose output is nearest, in the Euclidean norm.
   *
   * @param output one entry per output
   * @throws dev.crease.Unsupported for a ball of norm 2, whose border holds points that are not
   *     rational
   * @throws IllegalArgumentException if the output does not fit
   */
  Match nearest(List<BigFraction> output);

  /**
   * Where the values are of all points of the ball whose output is near one: the least and the
   * largest of each entry, rounded outward. For a ball of norm 2 they may be wider, since the
   * corners of the regions on its border count too.
   *
   * @param output one entry per output
   * @param noise how far each entry may be off, not negative
   * @return empty if no point of the ball has an output so near
   * @throws IllegalArgumentException if the output does not fit or the noise is negative
   */
  Optional<List<Interval>> range(List<BigFraction> output, BigFraction noise);

  /**
   * The function from outputs to values as affine pieces on convex polygons; for two outputs.
   * Together the polygons are the image of the ball; in norm 2, of a polygon of 64 corners within
   * it.
   *
   * @throws dev.crease.Unsupported if there are not two outputs, or the ball is of norm 2 in more
   *     than two dimensions
   * @throws IllegalStateException if the output does not determine the value
   */
  List<Piece> pieces();
}
