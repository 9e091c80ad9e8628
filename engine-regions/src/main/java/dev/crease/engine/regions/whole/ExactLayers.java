package dev.crease.engine.regions.whole;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network in integers. What layer {@code l} computes on the inputs of one activation pattern is
 * an affine function of the input; all of one layer are integers over {@code 2^shift(l)}.
 */
final class ExactLayers {

  private final List<Layer> layers;
  private final List<BigInteger[][]> rows = new ArrayList<>();
  private final int[] shifts;
  private final int inputs;

  ExactLayers(ReluNetwork network) {
    layers = network.layers();
    inputs = network.inputs();
    shifts = new int[layers.size()];
    int shift = 0;
    for (int l = 0; l < layers.size(); l++) {
      int own = scale(layers.get(l));
      shift += own;
      shifts[l] = shift;
      rows.add(integers(layers.get(l), own));
    }
  }

  int count() {
    return layers.size();
  }

  Layer layer(int l) {
    return layers.get(l);
  }

  /** The pre-activations of a layer are integers over two to this. */
  int shift(int l) {
    return shifts[l];
  }

  /** The inputs themselves, in homogeneous coordinates. */
  Vector[] inputs() {
    Vector[] units = new Vector[inputs];
    for (int k = 0; k < inputs; k++) {
      units[k] = Vector.unit(inputs + 1, k);
    }
    return units;
  }

  /**
   * The pre-activations of a layer.
   *
   * @param before what the layer before gives, zero where a ReLU is not active
   */
  Vector[] preActivations(int l, Vector[] before) {
    BigInteger unit = BigInteger.ONE.shiftLeft(l == 0 ? 0 : shifts[l - 1]);
    BigInteger[][] own = rows.get(l);
    Vector[] functions = new Vector[own.length];
    for (int i = 0; i < own.length; i++) {
      BigInteger[] sum = new BigInteger[inputs + 1];
      Arrays.fill(sum, BigInteger.ZERO);
      sum[inputs] = own[i][before.length].multiply(unit);
      for (int j = 0; j < before.length; j++) {
        for (int k = 0; own[i][j].signum() != 0 && k <= inputs; k++) {
          if (before[j].entry(k).signum() != 0) {
            sum[k] = sum[k].add(own[i][j].multiply(before[j].entry(k)));
          }
        }
      }
      functions[i] = Vector.of(sum);
    }
    return functions;
  }

  /** The weights of each neuron, its bias last, times a power of two. */
  private static BigInteger[][] integers(Layer layer, int scale) {
    BigInteger[][] integers = new BigInteger[layer.outputs()][layer.inputs() + 1];
    for (int i = 0; i < layer.outputs(); i++) {
      for (int j = 0; j <= layer.inputs(); j++) {
        double value = j < layer.inputs() ? layer.weights().get(i, j) : layer.bias(i);
        BigDecimal exact = new BigDecimal(value);
        integers[i][j] =
            exact.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(scale))).toBigIntegerExact();
      }
    }
    return integers;
  }

  /** The least power of two by which all numbers of a layer become integers. */
  private static int scale(Layer layer) {
    int scale = 0;
    for (double value : layer.weights().toRowMajor()) {
      scale = Math.max(scale, scale(value));
    }
    for (double value : layer.bias()) {
      scale = Math.max(scale, scale(value));
    }
    return scale;
  }

  /** A decimal with so many places behind the point is an odd integer over two to that. */
  private static int scale(double value) {
    return Math.max(0, new BigDecimal(value).stripTrailingZeros().scale());
  }
}
