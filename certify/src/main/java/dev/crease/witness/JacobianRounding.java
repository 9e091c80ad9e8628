package dev.crease.witness;

import dev.crease.Rounding;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;

/**
 * How far computed Jacobians of a network may be from the exact ones: entry by entry {@code gamma}
 * times those of {@code |W_k| ... |W_1|}, whatever the slopes of the ReLUs in [0, 1] (Higham,
 * Accuracy and Stability of Numerical Algorithms, 2002, section 3.5), and a term for underflow that
 * later weights may magnify.
 */
public final class JacobianRounding {

  private JacobianRounding() {}

  /**
   * For each layer and neuron, a bound on the sum of the absolute errors in the neuron's row of the
   * Jacobian of pre-activations.
   */
  public static double[][] rows(ReluNetwork network) {
    int m = network.inputs();
    double[] magnitude = new double[m * m];
    for (int i = 0; i < m; i++) {
      magnitude[i * m + i] = 1;
    }
    double[][] rows = new double[network.layers().size()][];
    int operations = 0;
    for (int k = 0; k < rows.length; k++) {
      Layer layer = network.layers().get(k);
      operations += layer.inputs() + 2;
      double[] next = new double[layer.outputs() * m];
      rows[k] = new double[layer.outputs()];
      for (int i = 0; i < layer.outputs(); i++) {
        double sum = 0;
        for (int j = 0; j < m; j++) {
          double entry = 0;
          for (int t = 0; t < layer.inputs(); t++) {
            // Times the unit, the smallest normal number covers what underflow takes.
            entry += Math.abs(layer.weights().get(i, t)) * magnitude[t * m + j] + Double.MIN_NORMAL;
          }
          next[i * m + j] = entry;
          sum += entry;
        }
        // Twice gamma covers the rounding of this bound.
        rows[k][i] = 2 * operations * Rounding.UNIT * sum + Double.MIN_NORMAL;
      }
      magnitude = next;
    }
    return rows;
  }
}
