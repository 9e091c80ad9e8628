package dev.crease.bounds;

import dev.crease.network.Layer;
import java.util.List;

/**
 * Interval bounds on how the pre-activations of a network change along a segment: {@code z(x) -
 * z(x') = J (x - x')} for some matrix {@code J} within the bounds, for any two points of the set
 * that the network's bounds are of. Each ReLU counts with the slopes that it may have there: 1, 0,
 * or anything between. Rounded outward.
 */
public final class JacobianBounds {

  private final int inputs;
  private final double[][] lower;
  private final double[][] upper;

  private JacobianBounds(int inputs, double[][] lower, double[][] upper) {
    this.inputs = inputs;
    this.lower = lower;
    this.upper = upper;
  }

  /** The bounds that follow from bounds on the neurons over a convex set. */
  public static JacobianBounds of(NetworkBounds bounds) {
    List<Layer> layers = bounds.network().layers();
    int m = bounds.network().inputs();
    double[][] allLower = new double[layers.size()][];
    double[][] allUpper = new double[layers.size()][];
    double[] low = new double[m * m];
    double[] high = new double[m * m];
    for (int i = 0; i < m; i++) {
      low[i * m + i] = 1;
      high[i * m + i] = 1;
    }
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      double[] nextLow = new double[layer.outputs() * m];
      double[] nextHigh = new double[layer.outputs() * m];
      allLower[k] = new double[nextLow.length];
      allUpper[k] = new double[nextLow.length];
      double gamma = Rounding.gamma(layer.inputs() + 2);
      for (int i = 0; i < layer.outputs(); i++) {
        boolean maybeOff = layer.isRelu(i) && !(bounds.lower(k, i) >= 0);
        boolean maybeOn = !layer.isRelu(i) || bounds.upper(k, i) > 0;
        for (int j = 0; j < m; j++) {
          double lo = 0;
          double hi = 0;
          double magnitude = 0;
          for (int t = 0; t < layer.inputs(); t++) {
            double weight = layer.weights().get(i, t);
            double atLow = weight * low[t * m + j];
            double atHigh = weight * high[t * m + j];
            lo += Math.min(atLow, atHigh);
            hi += Math.max(atLow, atHigh);
            magnitude += Math.max(Math.abs(atLow), Math.abs(atHigh));
          }
          int at = i * m + j;
          allLower[k][at] = Rounding.down(lo, gamma * magnitude);
          allUpper[k][at] = Rounding.up(hi, gamma * magnitude);
          nextLow[at] = !maybeOn ? 0 : maybeOff ? Math.min(0, allLower[k][at]) : allLower[k][at];
          nextHigh[at] = !maybeOn ? 0 : maybeOff ? Math.max(0, allUpper[k][at]) : allUpper[k][at];
        }
      }
      low = nextLow;
      high = nextHigh;
    }
    return new JacobianBounds(m, allLower, allUpper);
  }

  /** Lower bound of the derivative of pre-activation {@code i} of layer {@code k} by input. */
  public double lower(int k, int i, int input) {
    return lower[k][i * inputs + input];
  }

  /** Upper bound of the derivative of pre-activation {@code i} of layer {@code k} by input. */
  public double upper(int k, int i, int input) {
    return upper[k][i * inputs + input];
  }

  /**
   * An upper bound of {@code |z(x) - z(x')|} for points that are 1 apart in L-infinity.
   *
   * @param varies whether each input may differ between the points
   */
  public double lipschitz(int k, int i, boolean[] varies) {
    double sum = 0;
    for (int j = 0; j < inputs; j++) {
      if (varies[j]) {
        sum += Math.max(Math.abs(lower(k, i, j)), Math.abs(upper(k, i, j)));
      }
    }
    return Rounding.up(sum, Rounding.gamma(inputs) * sum);
  }
}
