package dev.crease.engine.regions;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import java.util.Arrays;

/**
 * One layer of one of the networks, laid out for the cutting: its weights by column, and bounds on
 * how far the coefficients of its local maps in doubles are from the exact ones.
 */
final class Stage {

  private final int network;
  private final int layer;
  private final boolean isLast;
  private final int neurons;
  private final boolean[] relu;
  private final double[][] columns;
  private final double[] bias;
  private final int offset;
  private final double[][] magnitudes;
  private final double[][] errors;

  /**
   * @param network index of the network that the layer belongs to
   * @param offset number of its first neuron, counted over all layers of all networks
   * @param before the layer before in the same network; for the first layer its own inputs
   */
  private Stage(
      int network,
      int layer,
      boolean isLast,
      Layer source,
      int offset,
      double[][] magnitudes,
      double[][] errors) {
    this.network = network;
    this.layer = layer;
    this.isLast = isLast;
    this.neurons = source.outputs();
    this.relu = new boolean[neurons];
    for (int i = 0; i < neurons; i++) {
      relu[i] = source.isRelu(i);
    }
    this.columns = columns(source);
    this.bias = source.bias();
    this.offset = offset;
    this.magnitudes = magnitudes;
    this.errors = errors;
  }

  private static double[][] columns(Layer source) {
    double[][] columns = new double[source.inputs()][source.outputs()];
    double[] rows = source.weights().toRowMajor();
    for (int i = 0; i < source.outputs(); i++) {
      for (int j = 0; j < source.inputs(); j++) {
        columns[j][i] = rows[i * source.inputs() + j];
      }
    }
    return columns;
  }

  /** The first layer of a network; its rows are its weights, and its constants W c + b. */
  static Stage first(int network, Layer source, boolean isLast, int offset, double[] origin) {
    int m = origin.length;
    double[][] magnitudes = new double[m + 1][source.outputs()];
    double[][] errors = new double[m + 1][source.outputs()];
    for (int i = 0; i < source.outputs(); i++) {
      double size = Math.abs(source.bias(i));
      for (int k = 0; k < m; k++) {
        double w = Math.abs(source.weights().get(i, k));
        magnitudes[k][i] = w;
        size += w * Math.abs(origin[k]);
      }
      magnitudes[m][i] = size * (1 + 1e-9);
      errors[m][i] = rounding(m, size);
    }
    return new Stage(network, 0, isLast, source, offset, magnitudes, errors);
  }

  /**
   * The layer after this one. A coefficient is a sum of products {@code w_ij a_jk} over the active
   * neurons, in any order: its error is at most {@code sum |w_ij| e_jk + gamma sum |w_ij| |a_jk|}
   * (Higham, 2002, section 3.1), for whatever pattern.
   */
  Stage then(Layer source, boolean last) {
    int m = magnitudes.length - 1;
    double[][] nextMagnitudes = new double[m + 1][source.outputs()];
    double[][] nextErrors = new double[m + 1][source.outputs()];
    double[] rows = source.weights().toRowMajor();
    for (int k = 0; k <= m; k++) {
      for (int i = 0; i < source.outputs(); i++) {
        double size = k == m ? Math.abs(source.bias(i)) : 0;
        double carried = 0;
        for (int j = 0; j < neurons; j++) {
          double w = Math.abs(rows[i * neurons + j]);
          size += w * (magnitudes[k][j] + errors[k][j]);
          carried += w * errors[k][j];
        }
        nextMagnitudes[k][i] = size * (1 + 1e-9);
        nextErrors[k][i] = carried * (1 + 1e-9) + rounding(neurons, size);
      }
    }
    return new Stage(
        network, layer + 1, last, source, offset + neurons, nextMagnitudes, nextErrors);
  }

  private static double rounding(int terms, double size) {
    return Rounding.gamma(terms + 2) * size + (terms + 4) * Double.MIN_NORMAL;
  }

  int network() {
    return network;
  }

  int layer() {
    return layer;
  }

  /** Whether it is the last layer of its network. */
  boolean isLast() {
    return isLast;
  }

  int neurons() {
    return neurons;
  }

  boolean isRelu(int i) {
    return relu[i];
  }

  /** The weights from a neuron of the layer before (or an input) to every neuron of this one. */
  double[] column(int j) {
    return columns[j];
  }

  double bias(int i) {
    return bias[i];
  }

  /** Number of a neuron, counted over all layers of all networks. */
  int number(int i) {
    return offset + i;
  }

  /** Error bounds of coefficient {@code k} of the rows of all neurons. */
  double[] errors(int k) {
    return errors[k];
  }

  /** The constant rows that every local map starts from: the biases. */
  double[][] start(int m) {
    double[][] rows = new double[m + 1][neurons];
    rows[m] = Arrays.copyOf(bias, neurons);
    return rows;
  }
}
