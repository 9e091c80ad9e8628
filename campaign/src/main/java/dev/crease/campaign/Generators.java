package dev.crease.campaign;

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

  private static final int MOST_SPIKES = 3;
  private static final double LOWEST_SPIKE = 0.02;
  private static final double HIGHEST_SPIKE = 1;
  private static final double SPIKES_WITHIN = 0.9;

  /** Odd, and far from every simple ratio to 2^64: seeds that follow each other are far apart. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

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

  /**
   * The identity with one to three narrow dips along a random direction: tents that a sum of three
   * ReLUs makes, upwards or downwards, with heights from 0.02 to 1 and the given slope on both
   * sides, in hidden units that are scaled by 0.1, 1 or 10. The steeper, the narrower they are: a
   * solver's tolerance can hide one, though the points that collide across it are as far apart as
   * it is high.
   *
   * @param seed which one
   * @param inputs inputs and outputs: 1 or more
   * @param slope of the tents; above 1 they fold the identity
   */
  public static ReluNetwork spikes(long seed, int inputs, double slope) {
    Random random = dispersed(seed);
    Units units = new Units(inputs);
    boolean inPairs = random.nextBoolean();
    for (int i = 0; i < inputs; i++) {
      double[] unit = new double[inputs];
      unit[i] = 1;
      if (inPairs) {
        double[] minus = scaled(unit, -1);
        units.add(unit, 0, unit, true);
        units.add(minus, 0, minus, true);
      } else {
        units.add(unit, 0, unit, false);
      }
    }
    double[] along = direction(random, inputs);
    double[] moved = inputs == 1 || random.nextBoolean() ? along : gaussian(random, inputs);
    int spikes = 1 + random.nextInt(MOST_SPIKES);
    for (int k = 0; k < spikes; k++) {
      double height = logarithmic(random, LOWEST_SPIKE, HIGHEST_SPIKE);
      double half = height / slope;
      double top = SPIKES_WITHIN * (2 * random.nextDouble() - 1);
      double steepness = random.nextBoolean() ? slope : -slope;
      double scale = StrictMath.pow(10, random.nextInt(3) - 1);
      for (int corner = -1; corner <= 1; corner++) {
        double weight = steepness * (corner == 0 ? -2 : 1) / scale;
        units.add(
            scaled(along, scale), -(top + corner * half) * scale, scaled(moved, weight), true);
      }
    }
    return units.network("spikes-" + seed);
  }

  /** Hidden units of one layer, with what each adds to the outputs. */
  private static final class Units {
    private final int outputs;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> biases = new ArrayList<>();
    private final List<double[]> added = new ArrayList<>();
    private final List<Boolean> isRelu = new ArrayList<>();

    Units(int outputs) {
      this.outputs = outputs;
    }

    void add(double[] row, double bias, double[] adds, boolean relu) {
      rows.add(row);
      biases.add(bias);
      added.add(adds);
      isRelu.add(relu);
    }

    ReluNetwork network(String name) {
      double[] b = new double[rows.size()];
      boolean[] relu = new boolean[rows.size()];
      double[][] out = new double[outputs][rows.size()];
      for (int i = 0; i < b.length; i++) {
        b[i] = biases.get(i);
        relu[i] = isRelu.get(i);
        for (int j = 0; j < outputs; j++) {
          out[j][i] = added.get(i)[j];
        }
      }
      return ReluNetwork.of(
          name,
          List.of(
              Layer.of(Matrix.of(rows.toArray(new double[0][])), b, relu),
              Layer.linear(Matrix.of(out), new double[outputs])));
    }
  }

  /** Numbers that have nothing in common with those of the next seed. */
  static Random dispersed(long seed) {
    return new Random(seed * GOLDEN);
  }

  /** From a range, as likely in each decade. */
  static double logarithmic(Random random, double least, double most) {
    return least * StrictMath.pow(most / least, random.nextDouble());
  }

  /** A vector of length 1; without a choice, 1. */
  private static double[] direction(Random random, int inputs) {
    if (inputs == 1) {
      return new double[] {1};
    }
    double[] vector = gaussian(random, inputs);
    double squares = 0;
    for (double x : vector) {
      squares += x * x;
    }
    return scaled(vector, 1 / Math.sqrt(squares));
  }

  private static double[] gaussian(Random random, int inputs) {
    double[] vector = new double[inputs];
    Arrays.setAll(vector, i -> random.nextGaussian());
    return vector;
  }

  private static double[] scaled(double[] vector, double factor) {
    return Arrays.stream(vector).map(x -> factor * x).toArray();
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
