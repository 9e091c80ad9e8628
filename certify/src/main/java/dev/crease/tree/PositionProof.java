package dev.crease.tree;

/**
 * A proof about positions, on both copies at once: of every collision whose points are within
 * {@code r} of the centre
 *
 * <pre>
 * 0 = mu (f(x) - f(x')) &gt;= that - sum of multipliers times what is not negative &gt;= value - r slope
 * </pre>
 *
 * Differences here are not divided by {@code t}, so the lines of {@link Hulls} have their constants
 * times {@code t}. So {@code r} is at least {@code value / slope}. With noise the left side is
 * {@code |mu| eps} at most, and {@code t} is not below what points are to be apart.
 *
 * @param mu by output
 * @param low by neuron in play, not negative: of {@code Dy - low Dz - lowConstant t >= 0}
 * @param up by neuron in play, not negative: of {@code up Dz + upConstant t - Dy >= 0}
 * @param pair by neuron in play, what the bounds {@code l t <= Dz <= u t} leave of what the lines
 *     put on {@code Dz}; no number leaves all that there is
 * @param above by copy and neuron in play, not negative: of {@code y - z >= 0}
 * @param pass by copy and neuron in play, what the bounds {@code l <= z <= u} leave of {@code z},
 *     which goes on to the layer before; no number leaves all that there is
 * @param input by input, with the sign of the side of {@code l t <= x - x' <= u t}
 * @param inBall by copy and input, what the sides of the domain leave of {@code x} to the ball; no
 *     number leaves all that there is
 * @param reads the bounds on differences that it needs
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record PositionProof(
    double[] mu,
    double[] low,
    double[] up,
    double[] pair,
    double[][] above,
    double[][] pass,
    double[] input,
    double[][] inBall,
    Reads reads) {

  /**
   * What such a proof proves.
   *
   * @param value rounded down
   * @param slope rounded up, not negative
   */
  record Bound(double value, double slope) {

    /** No collision is nearer than this. */
    double radius() {
      if (!(value > 0) || !(slope < Double.POSITIVE_INFINITY)) {
        return 0;
      }
      return slope == 0 ? Double.POSITIVE_INFINITY : Math.max(0, Math.nextDown(value / slope));
    }
  }
}
