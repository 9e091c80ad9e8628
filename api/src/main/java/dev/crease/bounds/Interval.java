package dev.crease.bounds;

/**
 * A closed interval.
 *
 * @param lower finite
 * @param upper finite, not below {@code lower}
 */
public record Interval(double lower, double upper) {

  /** Checks the ends. */
  public Interval {
    if (!(lower <= upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
      throw new IllegalArgumentException("[" + lower + ", " + upper + "] is not an interval");
    }
  }

  /** The larger of the absolute values of the ends. */
  public double magnitude() {
    return Math.max(Math.abs(lower), Math.abs(upper));
  }
}
