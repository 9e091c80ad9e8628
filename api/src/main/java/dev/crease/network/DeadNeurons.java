package dev.crease.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A network without the hidden neurons that do nothing: those whose value is one and the same
 * everywhere, as all their weights are 0, and those that nothing takes up. Pruning leaves them. The
 * function stays the same, exactly: a constant goes into the biases after it only where that rounds
 * nothing.
 */
final class DeadNeurons {

  /** Products below this may have lost digits to underflow. */
  private static final double SMALLEST_PRODUCT = 1e-290;

  private DeadNeurons() {}

  static ReluNetwork removed(ReluNetwork network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int k = 0; k + 1 < layers.size(); k++) {
        for (int i = layers.get(k).outputs() - 1; i >= 0 && layers.get(k).outputs() > 1; i--) {
          changed |= remove(layers, k, i);
        }
      }
    }
    return ReluNetwork.of(network.name(), layers);
  }

  private static boolean remove(List<Layer> layers, int k, int i) {
    Layer layer = layers.get(k);
    Layer next = layers.get(k + 1);
    boolean isUnused = true;
    for (int j = 0; j < next.outputs(); j++) {
      isUnused &= next.weights().get(j, i) == 0;
    }
    double[] bias = next.bias();
    if (!isUnused) {
      for (int j = 0; j < layer.inputs(); j++) {
        if (layer.weights().get(i, j) != 0) {
          return false;
        }
      }
      double value = layer.isRelu(i) ? Math.max(0, layer.bias(i)) : layer.bias(i);
      for (int j = 0; j < bias.length; j++) {
        double w = next.weights().get(j, i);
        if (!isExact(bias[j], w, value)) {
          return false;
        }
        bias[j] += w * value;
      }
    }
    layers.set(k, withoutRow(layer, i));
    layers.set(k + 1, withoutColumn(next, i, bias));
    return true;
  }

  /** Whether {@code b + w v} rounds nothing. */
  private static boolean isExact(double b, double w, double v) {
    if (w == 0 || v == 0) {
      return true;
    }
    double product = w * v;
    double sum = b + product;
    double part = sum - b;
    double lost = (b - (sum - part)) + (product - part);
    return Math.abs(product) > SMALLEST_PRODUCT && Math.fma(w, v, -product) == 0 && lost == 0;
  }

  private static Layer withoutRow(Layer layer, int row) {
    int[] kept = new int[layer.outputs() - 1];
    double[] bias = new double[kept.length];
    boolean[] relu = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = i < row ? i : i + 1;
      bias[i] = layer.bias(kept[i]);
      relu[i] = layer.isRelu(kept[i]);
    }
    return Layer.of(layer.weights().selectRows(kept), bias, relu);
  }

  private static Layer withoutColumn(Layer layer, int column, double[] bias) {
    double[][] rows = new double[layer.outputs()][layer.inputs() - 1];
    boolean[] relu = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      relu[i] = layer.isRelu(i);
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = layer.weights().get(i, j < column ? j : j + 1);
      }
    }
    return Layer.of(Matrix.of(rows), bias, relu);
  }
}
