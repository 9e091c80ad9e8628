package dev.crease.tree;

import dev.crease.tree.net.Net;
import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The network of a ball with its stable neurons composed into affine maps: each pre-activation in
 * play and each output by the inputs and by the values in play before it. Rounded as it comes: it
 * makes linear programs, whose multipliers are checked on the layers themselves.
 */
final class Composed {

  /** A Jacobian worse than this is not inverted. */
  private static final double WORST_CONDITION = 1e9;

  private final int inputs;

  /** By neuron in play, then outputs: coefficients on inputs, on values in play, and a constant. */
  private final double[][] neurons;

  private final double[][] outputs;
  private final double[][] mixed;
  private final double[][] mixing;

  private Composed(int inputs, double[][] neurons, double[][] outputs, double[][] mixing) {
    this.inputs = inputs;
    this.neurons = neurons;
    this.outputs = outputs;
    this.mixing = mixing;
    this.mixed = product(mixing, outputs);
  }

  static Composed of(Ball ball) {
    Net net = ball.net();
    int m = net.inputs();
    int count = ball.inPlay();
    int columns = m + count + 1;
    double[][] neurons = new double[count][];
    double[][] values = new double[m][columns];
    for (int j = 0; j < m; j++) {
      values[j][j] = 1;
    }
    for (int k = 0; k < net.depth(); k++) {
      double[][] next = new double[net.width(k)][];
      for (int i = 0; i < next.length; i++) {
        int p = ball.play(k, i);
        if (p < 0 && !ball.passes(k, i)) {
          next[i] = new double[columns];
          continue;
        }
        double[] row = new double[columns];
        double[] w = net.weights(k, i);
        for (int j = 0; j < w.length; j++) {
          if (w[j] != 0) {
            for (int c = 0; c < columns; c++) {
              row[c] += w[j] * values[j][c];
            }
          }
        }
        row[columns - 1] += net.bias(k, i);
        if (p >= 0) {
          neurons[p] = row;
          next[i] = new double[columns];
          next[i][m + p] = 1;
        } else {
          next[i] = row;
        }
      }
      values = next;
    }
    return new Composed(m, neurons, values, mixing(ball, neurons, values));
  }

  /** What makes the outputs of the centre's region the inputs, or only scales them. */
  private static double[][] mixing(Ball ball, double[][] neurons, double[][] outputs) {
    int m = ball.net().inputs();
    double[][] slopes = new double[neurons.length][];
    double[] value = new double[neurons.length];
    for (int p = 0; p < neurons.length; p++) {
      slopes[p] = slope(neurons[p], slopes, p, m);
      double z = neurons[p][neurons[p].length - 1];
      for (int j = 0; j < m; j++) {
        z += neurons[p][j] * ball.center(j);
      }
      for (int q = 0; q < p; q++) {
        z += neurons[p][m + q] * value[q];
      }
      value[p] = Math.max(0, z);
      if (z <= 0) {
        slopes[p] = new double[m];
      }
    }
    double[][] jacobian = new double[outputs.length][];
    for (int i = 0; i < outputs.length; i++) {
      jacobian[i] = slope(outputs[i], slopes, neurons.length, m);
    }
    int[] free = java.util.stream.IntStream.range(0, m).filter(ball::isFree).toArray();
    double[][] square = new double[outputs.length][free.length];
    for (int i = 0; i < square.length; i++) {
      for (int j = 0; j < free.length; j++) {
        square[i][j] = jacobian[i][free[j]];
      }
    }
    // Noise is by output.
    if (square.length == free.length && ball.isEqual()) {
      try {
        RealMatrix a = new Array2DRowRealMatrix(square, false);
        SingularValueDecomposition svd = new SingularValueDecomposition(a);
        if (svd.getConditionNumber() < WORST_CONDITION) {
          return new QRDecomposition(a).getSolver().getInverse().getData();
        }
      } catch (MathRuntimeException e) {
        // Not to be inverted.
        return scaling(outputs, square);
      }
    }
    return scaling(outputs, square);
  }

  private static double[][] scaling(double[][] outputs, double[][] jacobian) {
    double[][] scaling = new double[outputs.length][outputs.length];
    for (int i = 0; i < scaling.length; i++) {
      double size = Trim.largest(jacobian[i]);
      if (!(size > 0)) {
        size = Trim.largest(Arrays.copyOf(outputs[i], outputs[i].length - 1));
      }
      scaling[i][i] = size > 0 && Double.isFinite(1 / size) ? 1 / size : 1;
    }
    return scaling;
  }

  private static double[] slope(double[] row, double[][] slopes, int before, int m) {
    double[] slope = Arrays.copyOf(row, m);
    for (int q = 0; q < before; q++) {
      double w = row[m + q];
      if (w != 0) {
        for (int j = 0; j < m; j++) {
          slope[j] += w * slopes[q][j];
        }
      }
    }
    return slope;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] result = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int r = 0; r < b.length; r++) {
        for (int j = 0; j < result[i].length && a[i][r] != 0; j++) {
          result[i][j] += a[i][r] * b[r][j];
        }
      }
    }
    return result;
  }

  /** How many equations the outputs make. */
  int equations() {
    return mixed.length;
  }

  /** The coefficient of a pre-activation in play on an input. */
  double onInput(int p, int j) {
    return neurons[p][j];
  }

  /** The coefficient of a pre-activation in play on a value in play. */
  double onValue(int p, int q) {
    return neurons[p][inputs + q];
  }

  /** The constant of a pre-activation in play. */
  double constant(int p) {
    return neurons[p][neurons[p].length - 1];
  }

  /** The coefficient of an equation of the mixed outputs on an input. */
  double mixedOnInput(int r, int j) {
    return mixed[r][j];
  }

  /** The coefficient of an equation of the mixed outputs on a value in play. */
  double mixedOnValue(int r, int q) {
    return mixed[r][inputs + q];
  }

  /** How much an output is of its equation, where outputs are not mixed. */
  double unit(int r) {
    return mixing[r][r];
  }

  /** How much a value in play moves the mixed outputs. */
  double influence(int q) {
    double most = 0;
    for (double[] row : mixed) {
      most = Math.max(most, Math.abs(row[inputs + q]));
    }
    return most;
  }

  /** The multipliers of the outputs from those of their mixture, negated. */
  double[] unmixed(double[] multipliers) {
    double[] mu = new double[outputs.length];
    for (int r = 0; r < multipliers.length; r++) {
      // There may be two rows for each equation.
      double[] row = mixing[r % mixing.length];
      for (int i = 0; i < mu.length; i++) {
        mu[i] -= multipliers[r] * row[i];
      }
    }
    return mu;
  }
}
