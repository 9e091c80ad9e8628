package dev.crease.verifier.proof;

import java.util.Arrays;

/**
 * The numbers of a proof: {@code mu} by output, {@code inputs} by input, all others by neuron. No
 * number in {@code pair}, {@code pass} or {@code ball} leaves all that there is.
 *
 * @param mu multiplies the outputs' difference
 * @param low and {@code up}, not negative, the lines of a pair (positions only)
 * @param pair what the pair's rows leave of {@code dz}, the rest being bounded (positions only)
 * @param above not negative, {@code y >= z} by copy (positions only)
 * @param pass what is taken on of {@code z} by copy, the rest being bounded (positions), or of
 *     {@code dz} in the first copy's place (directions)
 * @param inputs the bounds of an input's difference (positions only)
 * @param ball what the sides of the domain leave of an input to the ball, by copy (positions only)
 */
@SuppressWarnings("ArrayRecordComponent") // made and used once
public record Multipliers(
    double[] mu,
    double[] low,
    double[] up,
    double[] pair,
    double[][] above,
    double[][] pass,
    double[] inputs,
    double[][] ball) {

  public static Multipliers none(Layers net) {
    int n = net.neurons();
    return new Multipliers(
        new double[net.outputs()],
        new double[n],
        new double[n],
        all(n),
        new double[2][n],
        new double[][] {all(n), all(n)},
        new double[net.inputs()],
        new double[][] {all(net.inputs()), all(net.inputs())});
  }

  private static double[] all(int n) {
    double[] none = new double[n];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** How much of a coefficient bounds are to take, given what is to be left of it. */
  public static double taken(double coefficient, double left) {
    return Double.isNaN(left) ? 0 : coefficient - left;
  }
}
