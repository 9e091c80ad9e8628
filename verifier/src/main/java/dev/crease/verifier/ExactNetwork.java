package dev.crease.verifier;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A network on points in homogeneous integer coordinates {@code (d, x_1, ..., x_m)}, {@code d > 0},
 * which stand for {@code (x_1/d, ..., x_m/d)}. A double is an integer over a power of two, so each
 * layer is an integer matrix, and {@code d} grows by the same factor at every point.
 */
final class ExactNetwork {

  private final List<BigInteger[][]> matrices = new ArrayList<>();
  private final List<Layer> layers;

  ExactNetwork(ReluNetwork network) {
    layers = network.layers();
    layers.forEach(layer -> matrices.add(matrix(layer)));
  }

  /** The layer on homogeneous coordinates: the common denominator, then the neurons. */
  private static BigInteger[][] matrix(Layer layer) {
    double[][] rows = new double[layer.outputs()][layer.inputs() + 1];
    int shift = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = layer.bias(i);
      System.arraycopy(layer.weights().row(i), 0, rows[i], 1, layer.inputs());
      for (double value : rows[i]) {
        shift = Math.max(shift, value == 0 ? 0 : -lowestBit(value));
      }
    }
    BigInteger[][] matrix = new BigInteger[rows.length + 1][layer.inputs() + 1];
    Arrays.fill(matrix[0], BigInteger.ZERO);
    matrix[0][0] = BigInteger.ONE.shiftLeft(shift);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= layer.inputs(); j++) {
        matrix[i + 1][j] = integer(rows[i][j], shift);
      }
    }
    return matrix;
  }

  /**
   * The pre-activations of a layer as linear forms, behind their common denominator.
   *
   * @param before those of what the layer before gives, behind their denominator
   */
  BigInteger[][] composed(int layer, BigInteger[][] before) {
    BigInteger[][] columns = Elimination.transpose(before);
    return Arrays.stream(matrices.get(layer))
        .map(
            row ->
                Arrays.stream(columns)
                    .map(column -> Elimination.dot(row, column))
                    .toArray(BigInteger[]::new))
        .toArray(BigInteger[][]::new);
  }

  /** How many weights there are, biases and zeros among them. */
  long weights() {
    return matrices.stream().mapToLong(matrix -> (long) matrix.length * matrix[0].length).sum();
  }

  private static int unit(double value) {
    return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
  }

  private static long mantissa(double value) {
    return (long) Math.scalb(value, -unit(value));
  }

  private static int lowestBit(double value) {
    return unit(value) + Long.numberOfTrailingZeros(mantissa(value));
  }

  /** {@code value * 2^shift}, an integer. */
  private static BigInteger integer(double value, int shift) {
    return BigInteger.valueOf(mantissa(value)).shiftLeft(unit(value) + shift);
  }

  /**
   * The value at a point.
   *
   * @param first number of the first ReLU
   * @param positive collects the numbers of the ReLUs whose pre-activation is positive
   * @param negative collects those of negative pre-activation
   */
  BigInteger[] evaluate(BigInteger[] point, int first, BitSet positive, BitSet negative) {
    int neuron = first;
    BigInteger[] y = point;
    for (int k = 0; k < matrices.size(); k++) {
      BigInteger[][] matrix = matrices.get(k);
      BigInteger[] z = new BigInteger[matrix.length];
      for (int i = 0; i < z.length; i++) {
        z[i] = Elimination.dot(matrix[i], y);
        if (i > 0 && layers.get(k).isRelu(i - 1)) {
          if (z[i].signum() != 0) {
            (z[i].signum() > 0 ? positive : negative).set(neuron);
          }
          z[i] = z[i].max(BigInteger.ZERO);
          neuron++;
        }
      }
      y = z;
    }
    return y;
  }
}
