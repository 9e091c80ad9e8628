package dev.crease.tree.walk;

import dev.crease.tree.net.Net;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;

/**
 * A network on the region of one pattern, in double arithmetic: every pre-activation and output as
 * an affine function of the inputs.
 */
final class LocalMap {

  /** Determinants of rows of unit size that are below this may be 0. */
  private static final double SINGULAR = 1e-11;

  /** By neuron, counted through all layers: coefficients of the inputs, then a constant. */
  private final double[][] rows;

  private final int outputs;

  private LocalMap(double[][] rows, int outputs) {
    this.rows = rows;
    this.outputs = outputs;
  }

  static LocalMap of(Net net, Pattern pattern) {
    int m = net.inputs();
    List<double[]> rows = new ArrayList<>();
    int before = 0;
    for (int k = 0; k < net.depth(); k++) {
      int first = rows.size();
      for (int i = 0; i < net.width(k); i++) {
        double[] row = new double[m + 1];
        double[] w = net.weights(k, i);
        row[m] = net.bias(k, i);
        for (int h = 0; h < w.length; h++) {
          if (k == 0) {
            row[h] = w[h];
          } else if (w[h] != 0 && (!net.isRelu(k - 1, h) || pattern.isActive(before + h))) {
            double[] value = rows.get(before + h);
            for (int j = 0; j <= m; j++) {
              row[j] += w[h] * value[j];
            }
          }
        }
        rows.add(row);
      }
      before = first;
    }
    return new LocalMap(rows.toArray(double[][]::new), net.outputs());
  }

  /** A neuron's pre-activation: coefficients of the inputs, then a constant; do not modify. */
  double[] row(int neuron) {
    return rows[neuron];
  }

  int neurons() {
    return rows.length;
  }

  /** The outputs' derivatives by some inputs. */
  double[][] jacobian(int[] inputs) {
    double[][] jacobian = new double[outputs][inputs.length];
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < inputs.length; j++) {
        jacobian[i][j] = rows[rows.length - outputs + i][inputs[j]];
      }
    }
    return jacobian;
  }

  /** The sign of their determinant; 0 where rounding may have made it. */
  int sign(int[] inputs) {
    double[][] jacobian = jacobian(inputs);
    for (double[] row : jacobian) {
      double size = Arrays.stream(row).map(Math::abs).max().orElse(0);
      if (!(size > 0) || !Double.isFinite(size)) {
        return 0;
      }
      for (int j = 0; j < row.length; j++) {
        row[j] /= size;
      }
    }
    double determinant =
        new LUDecomposition(new Array2DRowRealMatrix(jacobian, false), SINGULAR).getDeterminant();
    return Math.abs(determinant) > SINGULAR ? (int) Math.signum(determinant) : 0;
  }
}
