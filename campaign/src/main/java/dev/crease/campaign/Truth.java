package dev.crease.campaign;

/**
 * The true answer of an instance.
 *
 * @param radius no collision is nearer, and where it is less than the question looks, collisions
 *     come as near as this; rounded up
 * @param source where it is known from: {@value #CONSTRUCTION}, {@value #ENUMERATION}, or the id of
 *     the exact engine
 */
public record Truth(double radius, String source) {

  /** Where an instance was made so that its answer is known. */
  public static final String CONSTRUCTION = "construction";

  /** Where every linear region within the radius was looked at, apart from any campaign. */
  public static final String ENUMERATION = "enumeration";

  /** Checks the radius. */
  public Truth {
    if (!(radius >= 0) || Double.isInfinite(radius)) {
      throw new IllegalArgumentException("a true radius cannot be " + radius);
    }
  }
}
