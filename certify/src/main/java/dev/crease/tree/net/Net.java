package dev.crease.tree.net;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.function.IntToDoubleFunction;

/** A network in plain arrays. Layers and neurons count from 0; do not modify what it gives. */
public final class Net {

  private final double[][][] weights;
  private final double[][] bias;
  private final boolean[][] relu;
  private final int inputs;

  private Net(double[][][] weights, double[][] bias, boolean[][] relu, int inputs) {
    this.weights = weights;
    this.bias = bias;
    this.relu = relu;
    this.inputs = inputs;
  }

  public static Net of(ReluNetwork network) {
    int depth = network.layers().size();
    double[][][] weights = new double[depth][][];
    double[][] bias = new double[depth][];
    boolean[][] relu = new boolean[depth][];
    for (int k = 0; k < depth; k++) {
      Layer layer = network.layers().get(k);
      weights[k] = new double[layer.outputs()][];
      bias[k] = layer.bias();
      relu[k] = new boolean[layer.outputs()];
      for (int i = 0; i < layer.outputs(); i++) {
        weights[k][i] = layer.weights().row(i);
        relu[k][i] = layer.isRelu(i);
      }
    }
    return new Net(weights, bias, relu, network.inputs());
  }

  public int depth() {
    return weights.length;
  }

  public int inputs() {
    return inputs;
  }

  public int outputs() {
    return weights[weights.length - 1].length;
  }

  /** How many neurons a layer has. */
  public int width(int k) {
    return weights[k].length;
  }

  /** How many values go into a layer. */
  public int fanIn(int k) {
    return k == 0 ? inputs : weights[k - 1].length;
  }

  /** The weights of a neuron. */
  public double[] weights(int k, int i) {
    return weights[k][i];
  }

  public double bias(int k, int i) {
    return bias[k][i];
  }

  public boolean isRelu(int k, int i) {
    return relu[k][i];
  }

  /** Whether one is a ReLU, of the neurons counted through all layers. */
  public boolean isRelu(int neuron) {
    int k = 0;
    int i = neuron;
    while (i >= width(k)) {
      i -= width(k++);
    }
    return relu[k][i];
  }

  /**
   * The coefficients on what goes into a layer, from those on what it computes.
   *
   * @param c by neuron
   * @param total is charged for their rounding
   * @param size of what goes in, at the most
   */
  public double[] before(int k, double[] c, Total total, IntToDoubleFunction size) {
    double[] on = new double[fanIn(k)];
    double[] magnitude = new double[on.length];
    int terms = 0;
    for (int i = 0; i < c.length; i++) {
      if (c[i] == 0) {
        continue;
      }
      double[] w = weights[k][i];
      terms++;
      for (int j = 0; j < on.length; j++) {
        double product = c[i] * w[j];
        on[j] += product;
        magnitude[j] += Math.abs(product);
      }
    }
    double gamma = Rounding.gamma(terms);
    for (int j = 0; j < on.length; j++) {
      total.blur((gamma * magnitude[j] + Double.MIN_NORMAL) * size.applyAsDouble(j));
    }
    return on;
  }
}
