package dev.crease.network;

import java.util.Arrays;

/**
 * One layer: {@code z = W x + b}, then {@code y_i = max(0, z_i)} for the neurons that have a ReLU
 * and {@code y_i = z_i} for those that do not. {@code W} is {@code outputs x inputs}.
 */
public final class Layer {

  private final Matrix weights;
  private final double[] bias;
  private final boolean[] relu;
  private final int reluCount;

  private Layer(Matrix weights, double[] bias, boolean[] relu) {
    if (bias.length != weights.rows() || relu.length != weights.rows()) {
      throw new IllegalArgumentException(
          "a layer of "
              + weights.rows()
              + " neurons cannot have "
              + bias.length
              + " biases and "
              + relu.length
              + " activations");
    }
    int count = 0;
    for (int i = 0; i < bias.length; i++) {
      if (!Double.isFinite(bias[i])) {
        throw new IllegalArgumentException("bias " + i + " is " + bias[i] + ", not finite");
      }
      count += relu[i] ? 1 : 0;
    }
    this.weights = weights;
    this.bias = bias.clone();
    this.relu = relu.clone();
    this.reluCount = count;
  }

  /** A layer with a ReLU on every neuron. */
  public static Layer relu(Matrix weights, double... bias) {
    boolean[] all = new boolean[weights.rows()];
    Arrays.fill(all, true);
    return new Layer(weights, bias, all);
  }

  /** An affine layer: no neuron has a ReLU. */
  public static Layer linear(Matrix weights, double... bias) {
    return new Layer(weights, bias, new boolean[weights.rows()]);
  }

  /**
   * A layer in which {@code relu[i]} says whether neuron {@code i} has a ReLU.
   *
   * @throws IllegalArgumentException if the lengths differ or a bias is not finite
   */
  public static Layer of(Matrix weights, double[] bias, boolean[] relu) {
    return new Layer(weights, bias, relu);
  }

  /** Number of inputs. */
  public int inputs() {
    return weights.columns();
  }

  /** Number of neurons. */
  public int outputs() {
    return weights.rows();
  }

  /** The weights, {@code outputs x inputs}. */
  public Matrix weights() {
    return weights;
  }

  /** The bias of neuron {@code i}. */
  public double bias(int i) {
    return bias[i];
  }

  /** A copy of the biases. */
  public double[] bias() {
    return bias.clone();
  }

  /** Whether neuron {@code i} has a ReLU. */
  public boolean isRelu(int i) {
    return relu[i];
  }

  /** Number of neurons with a ReLU. */
  public int reluCount() {
    return reluCount;
  }

  /** The pre-activations {@code W x + b}; the bias is added last. */
  public double[] preActivations(double[] x) {
    double[] z = weights.times(x);
    for (int i = 0; i < z.length; i++) {
      z[i] += bias[i];
    }
    return z;
  }

  /** Applies the ReLUs to pre-activations, in place. */
  void activate(double[] z) {
    for (int i = 0; i < z.length; i++) {
      if (relu[i] && !(z[i] > 0)) {
        z[i] = 0;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layer that
        && weights.equals(that.weights)
        && Arrays.equals(bias, that.bias)
        && Arrays.equals(relu, that.relu);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * weights.hashCode() + Arrays.hashCode(bias)) + Arrays.hashCode(relu);
  }

  @Override
  public String toString() {
    return "Layer[" + inputs() + " -> " + outputs() + ", " + reluCount + " ReLU]";
  }
}
