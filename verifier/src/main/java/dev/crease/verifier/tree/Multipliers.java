package dev.crease.verifier.tree;

/**
 * The numbers of a proof: {@code mu} by output, {@code inputs} by input, all others by neuron.
 *
 * @param mu multiplies the outputs' difference
 * @param low and {@code up}, not negative, the lines of a pair (positions only)
 * @param difference the bounds of a pair's difference
 * @param above not negative, {@code y >= z} by copy (positions only)
 * @param side the bounds of {@code z} by copy (positions only)
 * @param inputs the bounds of an input's difference (positions only)
 */
@SuppressWarnings("ArrayRecordComponent") // made and used once
record Multipliers(
    double[] mu,
    double[] low,
    double[] up,
    double[] difference,
    double[][] above,
    double[][] side,
    double[] inputs) {

  static Multipliers none(Layers net) {
    int n = net.neurons();
    return new Multipliers(
        new double[net.outputs()],
        new double[n],
        new double[n],
        new double[n],
        new double[2][n],
        new double[2][n],
        new double[net.inputs()]);
  }
}
