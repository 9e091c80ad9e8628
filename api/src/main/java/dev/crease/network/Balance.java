package dev.crease.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network's neurons in units of what they do to the next layer. A ReLU of a multiple is the
 * multiple of the ReLU, so a hidden neuron may be scaled by a power of two and its outgoing weights
 * by the inverse: the function is the same, exactly. A solver's tolerance is absolute; a neuron in
 * small units whose value is magnified later would turn it into a large error of the outputs.
 */
final class Balance {

  /** Entries stay within these, so that no product of them with a power of two rounds. */
  private static final int MOST_EXPONENT = 400;

  private Balance() {}

  static ReluNetwork of(ReluNetwork network) {
    int depth = network.layers().size();
    double[][][] weights = new double[depth][][];
    double[][] bias = new double[depth][];
    for (int k = 0; k < depth; k++) {
      Layer layer = network.layers().get(k);
      weights[k] = new double[layer.outputs()][];
      for (int i = 0; i < layer.outputs(); i++) {
        weights[k][i] = layer.weights().row(i).clone();
      }
      bias[k] = layer.bias().clone();
    }
    // From the outputs back, each layer is measured by a next one that is scaled already.
    for (int k = depth - 2; k >= 0; k--) {
      for (int i = 0; i < weights[k].length; i++) {
        scale(weights[k][i], bias[k], i, weights[k + 1]);
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      Layer layer = network.layers().get(k);
      boolean[] relu = new boolean[layer.outputs()];
      for (int i = 0; i < relu.length; i++) {
        relu[i] = layer.isRelu(i);
      }
      layers.add(Layer.of(Matrix.of(weights[k]), bias[k], relu));
    }
    return ReluNetwork.of(network.name(), layers);
  }

  static ReluNetwork scaledOutputs(ReluNetwork network, int... exponents) {
    Layer last = network.layers().get(network.layers().size() - 1);
    if (exponents.length != last.outputs()) {
      throw new IllegalArgumentException(
          last.outputs() + " outputs cannot be scaled by " + exponents.length + " exponents");
    }
    double[][] weights = new double[last.outputs()][];
    double[] bias = last.bias();
    boolean[] relu = new boolean[last.outputs()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = last.weights().row(i);
      relu[i] = last.isRelu(i);
      for (int j = 0; j < weights[i].length; j++) {
        weights[i][j] = scaled(weights[i][j], exponents[i]);
      }
      bias[i] = scaled(bias[i], exponents[i]);
    }
    List<Layer> layers = new ArrayList<>(network.layers().subList(0, network.layers().size() - 1));
    layers.add(Layer.of(Matrix.of(weights), bias, relu));
    return ReluNetwork.of(network.name(), layers);
  }

  private static double scaled(double value, int exponent) {
    if (exponent != 0 && !(isScalable(value) && Math.abs(exponent) <= MOST_EXPONENT)) {
      throw new IllegalArgumentException(
          value + " cannot be scaled by 2^" + exponent + " without rounding");
    }
    return Math.scalb(value, exponent);
  }

  private static void scale(double[] row, double[] bias, int i, double[][] next) {
    double most = 0;
    for (double[] after : next) {
      most = Math.max(most, Math.abs(after[i]));
    }
    if (most == 0) {
      return;
    }
    int exponent = Math.getExponent(most);
    boolean isExact = Math.abs(exponent) <= MOST_EXPONENT && isScalable(bias[i]);
    for (double w : row) {
      isExact &= isScalable(w);
    }
    for (double[] after : next) {
      isExact &= isScalable(after[i]);
    }
    if (!isExact) {
      return;
    }
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.scalb(row[j], exponent);
    }
    bias[i] = Math.scalb(bias[i], exponent);
    for (double[] after : next) {
      after[i] = Math.scalb(after[i], -exponent);
    }
  }

  private static boolean isScalable(double value) {
    return value == 0 || Math.abs(Math.getExponent(value)) <= MOST_EXPONENT;
  }
}
