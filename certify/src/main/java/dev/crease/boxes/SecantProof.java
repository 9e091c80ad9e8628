package dev.crease.boxes;

import dev.crease.Rounding;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.NetworkBounds;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import dev.crease.witness.JacobianRounding;

/**
 * Proves that a square network is one-to-one across two boxes: {@code f(x) - f(x') = M (x - x')}
 * for {@code x} in one and {@code x'} in the other, {@code M = W_L D_(L-1) ... D_1 W_1}, where the
 * entry of {@code D} for a neuron is the slope of its secant: 1 when it is active on both boxes, 0
 * when it is inactive on both, otherwise what {@link JacobianBounds#secantAtLeast} and {@link
 * JacobianBounds#secantAtMost} leave of [0, 1]. The determinant of {@code M} is affine in each
 * entry, because one entry changes {@code M} by a matrix of rank one; so if it has one sign at
 * every vertex of the box of undecided entries, it is nowhere zero there and {@code f(x) = f(x')}
 * only for {@code x = x'}.
 *
 * <p>Twins: neurons of one layer whose weights and bias are equal or opposite have slopes that are
 * equal, or add up to 1, as in {@code x = max(0, x) - max(0, -x)}; they count as one entry. The
 * change that it makes still has rank one, as all its rows are multiples of one row.
 *
 * <p>Rounding: the entries of the computed {@code M} are off by at most {@code gamma} times those
 * of {@code |W_L| ... |W_1|}, and by multilinearity and Hadamard's inequality the determinant by at
 * most {@code prod (|m_i| + |e_i|) - prod |m_i|} over the rows.
 */
final class SecantProof {

  /** More undecided neurons than this are not tried: halving the boxes is cheaper. */
  private static final int MOST_UNDECIDED = 8;

  private final ReluNetwork network;
  private final int dimension;
  private final double[][] weights;
  private final double[] rowError;

  /** For each neuron the first one of its layer that it is a twin of, or itself. */
  private final int[][] twin;

  SecantProof(ReluNetwork network) {
    if (network.inputs() != network.outputs()) {
      throw new IllegalArgumentException("the secant test needs a square network");
    }
    this.network = network;
    this.dimension = network.inputs();
    this.weights = new double[network.layers().size()][];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = network.layers().get(k).weights().toRowMajor();
    }
    double[][] errors = JacobianRounding.rows(network);
    this.rowError = errors[errors.length - 1];
    this.twin = new int[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      twin[k] = twins(network.layers().get(k));
    }
  }

  private static int[] twins(Layer layer) {
    int[] first = new int[layer.outputs()];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
      for (int j = 0; j < i && first[i] == i && layer.isRelu(i); j++) {
        if (first[j] == j
            && layer.isRelu(j)
            && (related(layer, i, j, 1) || related(layer, i, j, -1))) {
          first[i] = j;
        }
      }
    }
    return first;
  }

  private static boolean related(Layer layer, int i, int j, int sign) {
    boolean same = layer.bias(i) == sign * layer.bias(j);
    for (int t = 0; t < layer.inputs() && same; t++) {
      same = layer.weights().get(i, t) == sign * layer.weights().get(j, t);
    }
    return same;
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
  }

  /** Whether no two different points, one in each box, have one output; false says nothing. */
  boolean proves(NetworkBounds first, NetworkBounds second) {
    int depth = weights.length;
    int[][] undecided = new int[depth][];
    boolean[][] on = new boolean[depth][];
    double[][] least = new double[depth][];
    double[][] most = new double[depth][];
    int count = 0;
    for (int k = 0; k < depth; k++) {
      Layer layer = network.layers().get(k);
      int[] found = new int[layer.outputs()];
      int n = 0;
      on[k] = new boolean[layer.outputs()];
      least[k] = new double[layer.outputs()];
      most[k] = new double[layer.outputs()];
      boolean[] counted = new boolean[layer.outputs()];
      for (int i = 0; i < layer.outputs(); i++) {
        if (!layer.isRelu(i) || (first.lower(k, i) >= 0 && second.lower(k, i) >= 0)) {
          on[k][i] = true;
          // A twin may look undecided by its own bounds.
          least[k][i] = 1;
          most[k][i] = 1;
        } else if (!(first.upper(k, i) <= 0 && second.upper(k, i) <= 0)) {
          found[n++] = i;
          least[k][i] = JacobianBounds.secantAtLeast(first.lower(k, i), second.lower(k, i));
          most[k][i] = JacobianBounds.secantAtMost(first.upper(k, i), second.upper(k, i));
          if (!counted[twin[k][i]] && ++count > MOST_UNDECIDED) {
            return false;
          }
          counted[twin[k][i]] = true;
        }
      }
      undecided[k] = java.util.Arrays.copyOf(found, n);
    }
    return new Vertices(undecided, on, least, most).haveOneSign();
  }

  /** One walk over the vertices. */
  private final class Vertices {
    private final int[][] undecided;
    private final boolean[][] on;
    private final double[][] least;
    private final double[][] most;
    private int sign;

    Vertices(int[][] undecided, boolean[][] on, double[][] least, double[][] most) {
      this.undecided = undecided;
      this.on = on;
      this.least = least;
      this.most = most;
    }

    boolean haveOneSign() {
      return from(0, identity(dimension));
    }

    private boolean from(int k, double[] jacobian) {
      if (k == weights.length) {
        return agrees(jacobian);
      }
      int m = dimension;
      Layer layer = network.layers().get(k);
      int inputs = layer.inputs();
      double[] z = new double[layer.outputs() * m];
      boolean[] used = new boolean[layer.outputs()];
      for (int i : undecided[k]) {
        used[i] = true;
      }
      for (int i = 0; i < layer.outputs(); i++) {
        if (on[k][i] || used[i]) {
          for (int t = 0; t < inputs; t++) {
            double w = weights[k][i * inputs + t];
            for (int j = 0; j < m; j++) {
              z[i * m + j] += w * jacobian[t * m + j];
            }
          }
        }
      }
      int[] open = undecided[k];
      int[] bit = bits(k, open);
      int free = 0;
      for (int b : bit) {
        free = Math.max(free, b + 1);
      }
      for (int vertex = 0; vertex < 1 << free; vertex++) {
        double[] y = free == 0 ? z : z.clone();
        for (int n = 0; n < open.length; n++) {
          int leader = twin[k][open[n]];
          double slope = (vertex >> bit[n] & 1) != 0 ? most[k][leader] : least[k][leader];
          if (leader != open[n] && !related(layer, open[n], leader, 1)) {
            slope = 1 - slope;
          }
          for (int j = 0; j < m; j++) {
            y[open[n] * m + j] *= slope;
          }
        }
        if (!from(k + 1, y)) {
          return false;
        }
      }
      return true;
    }

    /** For each undecided neuron the bit of a vertex that says its slope; twins share one. */
    private int[] bits(int k, int[] open) {
      int[] bit = new int[open.length];
      int next = 0;
      for (int n = 0; n < open.length; n++) {
        bit[n] = -1;
        for (int p = 0; p < n && bit[n] < 0; p++) {
          if (twin[k][open[p]] == twin[k][open[n]]) {
            bit[n] = bit[p];
          }
        }
        if (bit[n] < 0) {
          bit[n] = next++;
        }
      }
      return bit;
    }

    private boolean agrees(double[] matrix) {
      int m = dimension;
      double exact = 1;
      double wide = 1;
      for (int i = 0; i < m; i++) {
        // Not below the Euclidean norm, and it does not underflow as a sum of squares does.
        double norm = 0;
        for (int j = 0; j < m; j++) {
          norm += Math.abs(matrix[i * m + j]);
        }
        exact *= norm;
        wide *= norm + rowError[i];
      }
      double[] columnsLeft = determinant(matrix, 0, (1 << m) - 1);
      double error =
          (wide - exact)
              + 8 * m * Rounding.UNIT * wide
              + 4 * m * m * Rounding.UNIT * columnsLeft[1]
              + Double.MIN_NORMAL;
      if (!(Math.abs(columnsLeft[0]) > 2 * error)) {
        return false;
      }
      int s = columnsLeft[0] > 0 ? 1 : -1;
      if (sign == 0) {
        sign = s;
      }
      return s == sign;
    }

    /** The determinant of the rows from {@code row} on, and the sum of its terms' magnitudes. */
    private double[] determinant(double[] matrix, int row, int columns) {
      if (row == dimension) {
        return new double[] {1, 1};
      }
      double sum = 0;
      double magnitude = 0;
      int parity = 1;
      for (int j = 0; j < dimension; j++) {
        if ((columns >> j & 1) != 0) {
          double entry = matrix[row * dimension + j];
          if (entry != 0) {
            double[] minor = determinant(matrix, row + 1, columns & ~(1 << j));
            sum += parity * entry * minor[0];
            magnitude += Math.abs(entry) * minor[1];
          }
          parity = -parity;
        }
      }
      return new double[] {sum, magnitude};
    }
  }
}
