package dev.crease.bounds;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;

/**
 * Symbolic back-substitution: each pre-activation is bounded by an affine function of the input,
 * found by replacing unstable ReLUs, layer by layer towards the input, with the chord above and a
 * line through the origin below (Zhang et al., CROWN, 2018, section 3; Singh et al., DeepPoly,
 * 2019, section 4). The better of this and interval arithmetic is kept for each neuron.
 *
 * <p>Rounding: the coefficients are doubles, and what they miss of the exact ones is added to the
 * bound as {@code gamma} times the largest values that they multiply.
 */
final class SymbolicBounds implements BoundsMethod {

  /** Triangles this much alike are the same, however they were rounded. */
  private static final double TIE = 1e-9;

  @Override
  public String id() {
    return "symbolic";
  }

  @Override
  public NetworkBounds bounds(ReluNetwork network, InputSet inputs) {
    int depth = network.layers().size();
    NetworkBounds bounds =
        new NetworkBounds(network, inputs, new double[depth][], new double[depth][]);
    double[][] range = IntervalBounds.inputRange(inputs);
    double[][] rowMagnitude = new double[depth][];
    for (int k = 0; k < depth; k++) {
      rowMagnitude[k] = rowMagnitude(network.layers().get(k), range);
      IntervalBounds.fill(bounds, k, range);
      tighten(bounds, k, inputs, rowMagnitude);
      range = IntervalBounds.outputRange(bounds, k);
    }
    return bounds;
  }

  /** {@code sum_j |W_ij| max|x_j| + |b_i|}: the largest sum of magnitudes in neuron i. */
  private static double[] rowMagnitude(Layer layer, double[][] range) {
    double[] magnitude = new double[layer.outputs()];
    Matrix w = layer.weights();
    for (int i = 0; i < magnitude.length; i++) {
      double sum = Math.abs(layer.bias(i));
      for (int k = w.start(i); k < w.end(i); k++) {
        int j = w.column(i, k);
        sum += Math.abs(w.stored(k)) * Math.max(Math.abs(range[0][j]), Math.abs(range[1][j]));
      }
      magnitude[i] = sum;
    }
    return magnitude;
  }

  private static void tighten(
      NetworkBounds bounds, int k, InputSet inputs, double[][] rowMagnitude) {
    int width = bounds.network().layers().get(k).outputs();
    double[] lower = new double[width];
    double[] upper = new double[width];
    Scratch scratch = new Scratch(bounds.network());
    for (int i = 0; i < width; i++) {
      double up = largest(bounds, k, i, 1, inputs, rowMagnitude, scratch);
      double down = -largest(bounds, k, i, -1, inputs, rowMagnitude, scratch);
      // Not a number when something overflowed: then the interval bound stays.
      upper[i] = up < bounds.upper(k, i) ? up : bounds.upper(k, i);
      lower[i] = down > bounds.lower(k, i) ? down : bounds.lower(k, i);
    }
    bounds.set(k, lower, upper);
  }

  /**
   * Coefficients of the neurons of one layer and of the one below, kept from neuron to neuron:
   * where a neuron sees few of a wide layer, only those are looked at and cleared.
   */
  private static final class Scratch {

    private double[] a;
    private double[] next;
    private int from;
    private int to;
    private int nextFrom = Integer.MAX_VALUE;
    private int nextTo;

    Scratch(ReluNetwork network) {
      int widest =
          network.layers().stream()
              .mapToInt(layer -> Math.max(layer.inputs(), layer.outputs()))
              .max()
              .orElseThrow();
      this.a = new double[widest];
      this.next = new double[widest];
    }

    void begin(int i, double coefficient) {
      Arrays.fill(a, from, to, 0);
      a[i] = coefficient;
      from = i;
      to = i + 1;
    }

    /** Adds a multiple of a row of weights to the coefficients of the layer below. */
    void add(Matrix weights, int row, double factor) {
      int start = weights.start(row);
      int end = weights.end(row);
      if (start < end) {
        weights.addRow(row, factor, next);
        nextFrom = Math.min(nextFrom, weights.column(row, start));
        nextTo = Math.max(nextTo, weights.column(row, end - 1) + 1);
      }
    }

    /** Goes on to the layer below. */
    void descend() {
      Arrays.fill(a, from, to, 0);
      double[] cleared = a;
      a = next;
      next = cleared;
      from = Math.min(nextFrom, nextTo);
      to = nextTo;
      nextFrom = Integer.MAX_VALUE;
      nextTo = 0;
    }
  }

  /** An upper bound of {@code sign * z} for neuron {@code i} of layer {@code k}. */
  private static double largest(
      NetworkBounds bounds,
      int k,
      int i,
      int sign,
      InputSet inputs,
      double[][] rowMagnitude,
      Scratch scratch) {
    scratch.begin(i, sign);
    double constant = 0;
    double constantMagnitude = 0;
    double error = 0;
    int operations = 0;
    for (int j = k; j >= 0; j--) {
      Layer layer = bounds.network().layers().get(j);
      double[] a = scratch.a;
      double gamma = Rounding.gamma(layer.outputs() + 2);
      for (int t = scratch.from; t < scratch.to; t++) {
        if (a[t] == 0) {
          continue;
        }
        if (j < k && layer.isRelu(t)) {
          double l = bounds.lower(j, t);
          double u = bounds.upper(j, t);
          if (u <= 0) {
            continue;
          }
          if (l < 0) {
            if (a[t] > 0) {
              // Rounded up, the slope still bounds the ReLU: s (z - l) >= max(0, z) for larger s.
              double slope = u / (u - l) * (1 + Rounding.gamma(6));
              boolean flat = !(slope >= Double.MIN_NORMAL);
              double shift = flat ? a[t] * u : a[t] * slope * -l;
              constant += shift;
              constantMagnitude += shift;
              operations += 2;
              if (flat) {
                // The chord underflowed: the neuron is bounded by its largest value.
                continue;
              }
              a[t] *= slope;
            } else if (u <= -l * (1 + TIE)) {
              continue;
            }
          }
        }
        double bias = a[t] * layer.bias(t);
        constant += bias;
        constantMagnitude += Math.abs(bias);
        operations++;
        error += gamma * Math.abs(a[t]) * rowMagnitude[j][t];
        scratch.add(layer.weights(), t, a[t]);
      }
      scratch.descend();
    }
    double reach = inputs.largest(Arrays.copyOf(scratch.a, inputs.dimension()));
    error += Rounding.gamma(operations + 4) * (constantMagnitude + Math.abs(reach));
    return Rounding.up(reach + constant, error);
  }
}
