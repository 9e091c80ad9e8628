package dev.crease.bounds;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;

/**
 * Interval arithmetic, layer by layer (Tjeng et al., Evaluating Robustness of Neural Networks with
 * Mixed Integer Programming, 2019, section 4.2), rounded outward.
 */
final class IntervalBounds implements BoundsMethod {

  @Override
  public String id() {
    return "interval";
  }

  @Override
  public NetworkBounds bounds(ReluNetwork network, InputSet inputs) {
    int depth = network.layers().size();
    NetworkBounds bounds =
        new NetworkBounds(network, inputs, new double[depth][], new double[depth][]);
    double[][] range = inputRange(inputs);
    for (int k = 0; k < depth; k++) {
      range = fill(bounds, k, range);
    }
    return bounds;
  }

  static double[][] inputRange(InputSet inputs) {
    double[][] range = new double[2][inputs.dimension()];
    for (int i = 0; i < inputs.dimension(); i++) {
      range[0][i] = inputs.lower(i);
      range[1][i] = inputs.upper(i);
    }
    return range;
  }

  /** What the neurons of layer {@code k} give, from the bounds that stand. */
  static double[][] outputRange(NetworkBounds bounds, int k) {
    int width = bounds.network().layers().get(k).outputs();
    double[][] range = new double[2][width];
    for (int i = 0; i < width; i++) {
      range[0][i] = bounds.postLower(k, i);
      range[1][i] = bounds.postUpper(k, i);
    }
    return range;
  }

  /** Puts in the bounds of layer {@code at} and returns the range of what it gives. */
  static double[][] fill(NetworkBounds bounds, int at, double[][] range) {
    Layer layer = bounds.network().layers().get(at);
    Matrix w = layer.weights();
    double[] lower = new double[layer.outputs()];
    double[] upper = new double[layer.outputs()];
    double gamma = Rounding.gamma(layer.inputs() + 2);
    for (int i = 0; i < layer.outputs(); i++) {
      double lo = 0;
      double up = 0;
      double magnitude = Math.abs(layer.bias(i));
      for (int k = w.start(i); k < w.end(i); k++) {
        double a = w.stored(k);
        if (a != 0) {
          int j = w.column(i, k);
          double atLower = a * range[0][j];
          double atUpper = a * range[1][j];
          lo += Math.min(atLower, atUpper);
          up += Math.max(atLower, atUpper);
          magnitude += Math.max(Math.abs(atLower), Math.abs(atUpper));
        }
      }
      lower[i] = Rounding.down(lo + layer.bias(i), gamma * magnitude);
      upper[i] = Rounding.up(up + layer.bias(i), gamma * magnitude);
    }
    bounds.set(at, lower, upper);
    return outputRange(bounds, at);
  }
}
