package dev.crease.bounds;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import java.util.List;

/**
 * Interval bounds on how the neurons of a network change between two points: {@code z(x) - z(x') =
 * J (x - x')} for some matrix {@code J} within the bounds, for {@code x} in one set and {@code x'}
 * in another one. Each ReLU counts with the slopes that its secants have there; a secant of a
 * convex function is the steeper the larger its ends are, so the least and the largest ends give
 * the slopes. Rounded outward.
 */
public final class JacobianBounds {

  private final int inputs;
  private final double[][] lower;
  private final double[][] upper;
  private final double[][] postLower;
  private final double[][] postUpper;

  private JacobianBounds(int inputs, int layers) {
    this.inputs = inputs;
    this.lower = new double[layers][];
    this.upper = new double[layers][];
    this.postLower = new double[layers][];
    this.postUpper = new double[layers][];
  }

  /** The bounds between two points of one set that follow from bounds on the neurons over it. */
  public static JacobianBounds of(NetworkBounds bounds) {
    return between(bounds, bounds);
  }

  /**
   * The bounds that follow from bounds on the neurons.
   *
   * @param first over the set of the one point
   * @param second of the same network over the set of the other one
   */
  public static JacobianBounds between(NetworkBounds first, NetworkBounds second) {
    List<Layer> layers = first.network().layers();
    int m = first.network().inputs();
    JacobianBounds result = new JacobianBounds(m, layers.size());
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
      result.lower[k] = new double[nextLow.length];
      result.upper[k] = new double[nextLow.length];
      double gamma = Rounding.gamma(layer.inputs() + 2);
      for (int i = 0; i < layer.outputs(); i++) {
        boolean isRelu = layer.isRelu(i);
        double least = isRelu ? secantAtLeast(first.lower(k, i), second.lower(k, i)) : 1;
        double most = isRelu ? secantAtMost(first.upper(k, i), second.upper(k, i)) : 1;
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
          result.lower[k][at] = Rounding.down(lo, gamma * magnitude);
          result.upper[k][at] = Rounding.up(hi, gamma * magnitude);
          nextLow[at] = times(result.lower[k][at], least, most);
          nextHigh[at] = -times(-result.upper[k][at], least, most);
        }
      }
      low = nextLow;
      high = nextHigh;
      result.postLower[k] = nextLow;
      result.postUpper[k] = nextHigh;
    }
    return result;
  }

  /** The slope of the secant of a ReLU between two values, rounded down. */
  public static double secantAtLeast(double a, double b) {
    double on = Math.max(a, b);
    double off = Math.min(a, b);
    if (off >= 0) {
      return 1;
    }
    return on > 0 ? Math.max(0, on / (on - off) * (1 - Rounding.gamma(2)) - Double.MIN_NORMAL) : 0;
  }

  /** The slope of the secant of a ReLU between two values, rounded up. */
  public static double secantAtMost(double a, double b) {
    double on = Math.max(a, b);
    double off = Math.min(a, b);
    if (on <= 0) {
      return 0;
    }
    // The width may overflow.
    return off < 0 && on - off < Double.POSITIVE_INFINITY
        ? Math.min(1, on / (on - off) * (1 + Rounding.gamma(2)) + Double.MIN_NORMAL)
        : 1;
  }

  /** The least of a value not below {@code low}, times a slope, rounded down. */
  private static double times(double low, double least, double most) {
    double slope = low >= 0 ? least : most;
    // Exact for the slopes of neurons that are stable.
    return slope == 0 ? 0 : slope == 1 ? low : Rounding.down(low * slope, 0);
  }

  /** Lower bound of the derivative of what neuron {@code i} of layer {@code k} gives, by input. */
  public double postLower(int k, int i, int input) {
    return postLower[k][i * inputs + input];
  }

  /** Upper bound of the derivative of what neuron {@code i} of layer {@code k} gives, by input. */
  public double postUpper(int k, int i, int input) {
    return postUpper[k][i * inputs + input];
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
