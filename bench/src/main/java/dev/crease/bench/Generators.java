package dev.crease.bench;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.SingularValueDecomposition;

/** Networks from fixed seeds: the same arguments give the same network, on every machine. */
public final class Generators {

  /** The product of the spectral norms in a residual block; below 1, far more than rounding. */
  static final double CONTRACTION = 0.9;

  private Generators() {}

  /**
   * A random network: weights as He et al. (2015), biases uniform in +-1/sqrt(inputs of the layer).
   *
   * @param seed which one
   * @param widths inputs, hidden widths, outputs
   */
  public static ReluNetwork random(long seed, int... widths) {
    Random random = new Random(31 * seed + Arrays.hashCode(widths));
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      Matrix weights = gaussian(random, widths[k], widths[k - 1], Math.sqrt(2.0 / widths[k - 1]));
      double most = 1 / Math.sqrt(widths[k - 1]);
      double[] b = new double[widths[k]];
      for (int i = 0; i < b.length; i++) {
        b[i] = most * (2 * random.nextDouble() - 1);
      }
      layers.add(k == widths.length - 1 ? Layer.linear(weights, b) : Layer.relu(weights, b));
    }
    return ReluNetwork.of("random-" + shape(widths), layers);
  }

  /**
   * A residual block {@code x + W2 max(0, W1 x + b1)} with {@code ||W1|| ||W2|| = 0.9} in the
   * spectral norm, hence invertible everywhere (Behrmann et al., 2019, theorem 1).
   *
   * @param seed which one
   * @param d inputs and outputs
   * @param hidden hidden neurons
   */
  public static ReluNetwork residual(long seed, int d, int hidden) {
    Random random = new Random(31 * seed + Arrays.hashCode(new int[] {d, hidden}));
    Matrix w1 = scaled(gaussian(random, hidden, d, 1), 1);
    Matrix w2 = scaled(gaussian(random, d, hidden, 1), CONTRACTION);
    double[] b1 = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      b1[i] = random.nextGaussian();
    }
    return ReluNetwork.residualBlock("residual-" + d + "-" + hidden, w1, b1, w2, new double[d]);
  }

  /** The largest singular value. */
  static double spectralNorm(Matrix a) {
    double[][] rows = new double[a.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = a.row(i);
    }
    return new SingularValueDecomposition(MatrixUtils.createRealMatrix(rows)).getNorm();
  }

  static String shape(int... widths) {
    return Arrays.stream(widths).mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }

  private static Matrix gaussian(Random random, int rows, int columns, double size) {
    double[] data = new double[rows * columns];
    for (int i = 0; i < data.length; i++) {
      data[i] = size * random.nextGaussian();
    }
    return Matrix.ofRowMajor(rows, columns, data);
  }

  private static Matrix scaled(Matrix a, double norm) {
    double factor = norm / spectralNorm(a);
    double[] data = a.toRowMajor();
    for (int i = 0; i < data.length; i++) {
      data[i] *= factor;
    }
    return Matrix.ofRowMajor(a.rows(), a.columns(), data);
  }
}
