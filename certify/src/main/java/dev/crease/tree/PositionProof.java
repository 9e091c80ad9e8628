package dev.crease.tree;

/**
 * A proof about positions, on both copies at once: of every collision whose points are within
 * {@code r} of the centre
 *
 * <pre>
 * goal &gt;= goal + mu (f(x) - f(x')) - sum of multipliers times what is not negative &gt;= value - r slope
 * </pre>
 *
 * Differences here are not divided by {@code t}, so the lines of {@link Hulls} have their constants
 * times {@code t}. For a contradiction {@code r} must be at least {@code value / slope}.
 *
 * @param mu by output
 * @param low by neuron in play, not negative: of {@code Dy - low Dz - lowConstant t >= 0}
 * @param up by neuron in play, not negative: of {@code up Dz + upConstant t - Dy >= 0}
 * @param difference by neuron in play, with the sign of the side of {@code l t <= Dz <= u t}
 * @param above by copy and neuron in play, not negative: of {@code y - z >= 0}
 * @param side by copy and neuron in play, with the sign of the side of {@code l <= z <= u}
 * @param input by input, with the sign of the side of {@code l t <= x - x' <= u t}
 * @param reads the bounds on differences that it needs
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record PositionProof(
    double[] mu,
    double[] low,
    double[] up,
    double[] difference,
    double[][] above,
    double[][] side,
    double[] input,
    Reads reads) {

  /**
   * What such a proof proves.
   *
   * @param value rounded down
   * @param slope rounded up, not negative
   */
  record Bound(double value, double slope) {

    /** A number not above the goal within a radius. */
    double within(double radius) {
      if (slope == 0) {
        return value;
      }
      double at = value - Math.nextUp(radius * slope);
      return Double.isNaN(at) ? Double.NEGATIVE_INFINITY : Math.nextDown(at);
    }

    /** No collision is nearer than this, where the goal is nothing. */
    double radius() {
      if (!(value > 0) || !(slope < Double.POSITIVE_INFINITY)) {
        return 0;
      }
      return slope == 0 ? Double.POSITIVE_INFINITY : Math.max(0, Math.nextDown(value / slope));
    }
  }
}
