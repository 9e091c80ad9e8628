package dev.crease.bounds;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.List;

/**
 * Bounds on the pre-activations of every neuron of a network over a set of inputs. They hold in
 * exact arithmetic.
 */
public final class NetworkBounds {

  private final ReluNetwork network;
  private final InputSet inputs;
  private final double[][] lower;
  private final double[][] upper;

  NetworkBounds(ReluNetwork network, InputSet inputs, double[][] lower, double[][] upper) {
    this.network = network;
    this.inputs = inputs;
    this.lower = lower;
    this.upper = upper;
  }

  /** The network that the bounds are of. */
  public ReluNetwork network() {
    return network;
  }

  /** The set of inputs that the bounds hold over, or over a part of it. */
  public InputSet inputs() {
    return inputs;
  }

  /**
   * A bound on one pre-activation.
   *
   * @param layer its layer, counted from 0
   * @param index its place in the layer, counted from 0
   * @param isLower whether it is a lower bound
   * @param value the bound; infinite ones say nothing
   */
  public record Found(int layer, int index, boolean isLower, double value) {}

  /** The better of these and of bounds that were found. */
  public NetworkBounds tightened(List<Found> found) {
    double[][] newLower = new double[lower.length][];
    double[][] newUpper = new double[upper.length][];
    for (int k = 0; k < lower.length; k++) {
      newLower[k] = lower[k].clone();
      newUpper[k] = upper[k].clone();
    }
    for (Found f : found) {
      double[] row = f.isLower ? newLower[f.layer] : newUpper[f.layer];
      if (f.isLower ? f.value > row[f.index] : f.value < row[f.index]) {
        row[f.index] = f.value;
      }
    }
    return new NetworkBounds(network, inputs, newLower, newUpper);
  }

  /** Whether no input is left: a lower bound is above its upper bound. */
  public boolean isEmpty() {
    for (int k = 0; k < lower.length; k++) {
      for (int i = 0; i < lower[k].length; i++) {
        if (lower[k][i] > upper[k][i]) {
          return true;
        }
      }
    }
    return false;
  }

  /** Lower bound of the pre-activation of neuron {@code i} in layer {@code k}. */
  public double lower(int k, int i) {
    return lower[k][i];
  }

  /** Upper bound of the pre-activation of neuron {@code i} in layer {@code k}. */
  public double upper(int k, int i) {
    return upper[k][i];
  }

  /** Lower bound of output {@code i}. */
  public double outputLower(int i) {
    return postLower(network.layers().size() - 1, i);
  }

  /** Upper bound of output {@code i}. */
  public double outputUpper(int i) {
    return postUpper(network.layers().size() - 1, i);
  }

  /**
   * Whether neuron {@code i} of layer {@code k} has a ReLU that may be on either side of its kink.
   */
  public boolean isUnstable(int k, int i) {
    return network.layers().get(k).isRelu(i) && lower[k][i] < 0 && upper[k][i] > 0;
  }

  /** Number of unstable neurons. */
  public int unstableCount() {
    int count = 0;
    for (int k = 0; k < lower.length; k++) {
      for (int i = 0; i < lower[k].length; i++) {
        count += isUnstable(k, i) ? 1 : 0;
      }
    }
    return count;
  }

  /** Puts in bounds; one that overflowed to no number says nothing, and becomes infinite. */
  void set(int k, double[] newLower, double[] newUpper) {
    for (int i = 0; i < newLower.length; i++) {
      if (Double.isNaN(newLower[i]) || Double.isNaN(newUpper[i])) {
        newLower[i] = Double.NEGATIVE_INFINITY;
        newUpper[i] = Double.POSITIVE_INFINITY;
      }
    }
    lower[k] = newLower;
    upper[k] = newUpper;
  }

  /** Lower bound of what neuron {@code i} of layer {@code k} gives. */
  public double postLower(int k, int i) {
    Layer layer = network.layers().get(k);
    return layer.isRelu(i) ? Math.max(0, lower[k][i]) : lower[k][i];
  }

  /** Upper bound of what neuron {@code i} of layer {@code k} gives. */
  public double postUpper(int k, int i) {
    Layer layer = network.layers().get(k);
    return layer.isRelu(i) ? Math.max(0, upper[k][i]) : upper[k][i];
  }
}
