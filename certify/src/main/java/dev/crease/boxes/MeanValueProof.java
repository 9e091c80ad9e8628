package dev.crease.boxes;

import dev.crease.Rounding;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;

/**
 * Proves that no two different points, one in each of two boxes, have one output, by the
 * preconditioned mean value form (Neumaier, Interval Methods for Systems of Equations, 1990,
 * section 5.1): {@code P (f(x) - f(x')) = P M (x - x')}, where {@code M} lies within the {@link
 * JacobianBounds} of the secants and {@code P} is about the inverse of their middle. With {@code E
 * >= |P M - I|} entry by entry, {@code x != x'} have different outputs if {@code E v < v} for some
 * {@code v > 0}, or if in some input the boxes are further apart than {@code E} times their largest
 * differences. It takes any number of unstable neurons, and networks with more outputs than inputs.
 * Rounded outward.
 */
final class MeanValueProof {

  /** Steps towards the vector for which the contraction shows best. */
  private static final int STEPS = 4;

  private final ReluNetwork network;
  private final int inputs;
  private final int outputs;

  /** The last layer where it has no ReLU: the preconditioner then works on what it takes. */
  private final double[] last;

  private final int before;

  MeanValueProof(ReluNetwork network) {
    this.network = network;
    this.inputs = network.inputs();
    this.outputs = network.outputs();
    int depth = network.layers().size();
    Layer top = network.layers().get(depth - 1);
    boolean isLinear = depth > 1;
    for (int i = 0; i < top.outputs(); i++) {
      isLinear &= !top.isRelu(i);
    }
    this.before = isLinear ? depth - 2 : depth - 1;
    this.last = isLinear ? top.weights().toRowMajor() : identity(outputs);
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
  }

  /** False says nothing. */
  boolean proves(BoxPair pair) {
    Form form = form(pair);
    return form.e.length > 0 && (contracted(form.e).isPresent() || isApart(form.e, pair));
  }

  /**
   * Whether points whose outputs differ by {@code eps} at most are within a distance: with {@code p
   * = |P (f(x) - f(x'))|} at most {@code |P|} times that, {@code |x - x'| <= p + E |x - x'|}, and
   * so {@code |x - x'| <= k v} for {@code k = max p_i / (v_i - (E v)_i)}: look at the input where
   * {@code |x_i - x'_i| / v_i} is largest.
   *
   * @param norm 1 or infinity, of both differences
   */
  boolean provesWithin(BoxPair pair, Noise noise, Norm norm) {
    Form form = form(pair);
    Optional<double[]> v = form.e.length > 0 ? contracted(form.e) : Optional.empty();
    if (v.isEmpty()) {
      return false;
    }
    double[] size = v.get();
    double k = 0;
    for (int i = 0; i < inputs; i++) {
      double left = Math.nextDown(size[i] - times(form.e[i], size));
      double most =
          noise.eps() * up(norm == Norm.L1 ? Norm.LINF.of(form.p[i]) : Norm.L1.of(form.p[i]));
      k = left > 0 ? Math.max(k, Math.nextUp(Math.nextUp(most) / left)) : Double.POSITIVE_INFINITY;
    }
    return up(up(norm.of(size)) * k) <= noise.within();
  }

  private double up(double value) {
    return value * (1 + 4 * (inputs + outputs + 2) * Rounding.UNIT) + Double.MIN_NORMAL;
  }

  /** The preconditioner and a bound on the error; empty where there is none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Form(double[][] p, double[][] e) {

    static final Form NONE = new Form(new double[0][], new double[0][]);
  }

  private Form form(BoxPair pair) {
    if (outputs < inputs) {
      return Form.NONE;
    }
    JacobianBounds slopes = JacobianBounds.between(pair.first().bounds(), pair.second().bounds());
    int width = network.layers().get(before).outputs();
    double[] middle = new double[width * inputs];
    double[] radius = new double[width * inputs];
    for (int k = 0; k < width; k++) {
      for (int j = 0; j < inputs; j++) {
        double low = slopes.postLower(before, k, j);
        double high = slopes.postUpper(before, k, j);
        double mid = low / 2 + high / 2;
        middle[k * inputs + j] = mid;
        radius[k * inputs + j] = Math.nextUp(Math.max(high - mid, mid - low));
      }
    }
    double[][] inverse = inverse(product(last, middle, outputs, width, inputs));
    return inverse.length == 0
        ? Form.NONE
        : new Form(inverse, error(inverse, middle, radius, width));
  }

  private static double[][] product(double[] a, double[] b, int n, int inner, int m) {
    double[][] c = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a[i * inner + k];
        for (int j = 0; j < m; j++) {
          c[i][j] += factor * b[k * m + j];
        }
      }
    }
    return c;
  }

  /** A left inverse by least squares; empty for a matrix that has none or is not finite. */
  private static double[][] inverse(double[][] matrix) {
    for (double[] row : matrix) {
      for (double entry : row) {
        if (!Double.isFinite(entry)) {
          return new double[0][];
        }
      }
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(matrix, false)).getSolver();
    return solver.isNonSingular() ? solver.getInverse().getData() : new double[0][];
  }

  /**
   * Upper bounds of {@code |P W Y - I|} for every {@code Y} within {@code radius} of the middle.
   */
  private double[][] error(double[][] p, double[] middle, double[] radius, int width) {
    double gamma = 4 * (width + outputs + 8) * Rounding.UNIT;
    double[][] e = new double[inputs][inputs];
    for (int i = 0; i < inputs; i++) {
      double[] value = new double[inputs];
      double[] spread = new double[inputs];
      for (int k = 0; k < width; k++) {
        double q = 0;
        double size = 0;
        for (int t = 0; t < outputs; t++) {
          double term = p[i][t] * last[t * width + k];
          q += term;
          size += Math.abs(term);
        }
        double blur = gamma * size + Double.MIN_NORMAL;
        for (int j = 0; j < inputs; j++) {
          double y = middle[k * inputs + j];
          double r = radius[k * inputs + j];
          value[j] += q * y;
          // What the entry may be off by, and what rounding may take from it and from the sums.
          spread[j] += Math.abs(q) * r + blur * (Math.abs(y) + r) + gamma * Math.abs(q * y);
        }
      }
      for (int j = 0; j < inputs; j++) {
        double off = Math.abs(value[j] - (i == j ? 1 : 0));
        e[i][j] = (off + spread[j]) * (1 + gamma) + Double.MIN_NORMAL;
      }
    }
    return e;
  }

  /** A vector with {@code E v < v}. */
  private Optional<double[]> contracted(double[][] e) {
    double[] v = new double[inputs];
    Arrays.fill(v, 1);
    for (int step = 0; step < STEPS; step++) {
      double[] next = new double[inputs];
      boolean shrinks = true;
      double most = 0;
      for (int i = 0; i < inputs; i++) {
        next[i] = times(e[i], v);
        shrinks &= next[i] < v[i];
        most = Math.max(most, next[i]);
      }
      if (shrinks) {
        return Optional.of(v);
      }
      if (!(most < Double.POSITIVE_INFINITY)) {
        return Optional.empty();
      }
      for (int i = 0; i < inputs; i++) {
        // Any positive vector will do.
        v[i] = Math.max(1e-6, next[i] / most);
      }
    }
    return Optional.empty();
  }

  private boolean isApart(double[][] e, BoxPair pair) {
    double[] most = new double[inputs];
    for (int j = 0; j < inputs; j++) {
      most[j] = pair.furthest(j);
    }
    for (int i = 0; i < inputs; i++) {
      if (pair.nearest(i) > times(e[i], most)) {
        return true;
      }
    }
    return false;
  }

  /** Rounded up. */
  private double times(double[] row, double[] v) {
    double sum = 0;
    for (int j = 0; j < inputs; j++) {
      sum += row[j] * v[j];
    }
    return sum * (1 + 4 * (inputs + 2) * Rounding.UNIT) + Double.MIN_NORMAL;
  }
}
