package dev.crease.testkit;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Networks of which it is known where they are one-to-one. */
public final class Networks {

  private Networks() {}

  /** {@code x -> scale |x - kink|}. */
  public static ReluNetwork absolute(double scale, double kink) {
    return ReluNetwork.of(
        "absolute",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), -kink, kink),
            Layer.linear(Matrix.of(new double[][] {{scale, scale}}), 0)));
  }

  /**
   * The fold {@code v -> (|u . v|, w . v)} of the plane along the line {@code u . v = 0}. Two
   * points collide exactly when their {@code w . v} are equal and their {@code u . v} opposite.
   */
  public static ReluNetwork fold(double[] u, double[] w) {
    return ReluNetwork.of(
        "fold",
        List.of(
            Layer.of(
                Matrix.of(new double[][] {{u[0], u[1]}, {-u[0], -u[1]}, {w[0], w[1]}}),
                new double[3],
                new boolean[] {true, true, false}),
            Layer.linear(Matrix.of(new double[][] {{1, 1, 0}, {0, 0, 1}}), 0, 0)));
  }

  /**
   * A one-to-one map of the plane with four ReLUs a layer: rotations, and {@code z -> z} above 0
   * and {@code z / 2} below. Appended to a network, it changes nothing about what collides.
   */
  public static ReluNetwork oneToOne(int layers, long seed) {
    Random random = new Random(seed);
    List<Layer> all = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      double angle = random.nextDouble() * Math.PI;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      double p = random.nextDouble() - 0.5;
      double q = random.nextDouble() - 0.5;
      all.add(
          Layer.relu(Matrix.of(new double[][] {{c, -s}, {-c, s}, {s, c}, {-s, -c}}), p, -p, q, -q));
      all.add(Layer.linear(Matrix.of(new double[][] {{1, -0.5, 0, 0}, {0, 0, 1, -0.5}}), 0, 0));
    }
    return ReluNetwork.of("one-to-one", all);
  }

  /** A residual block with {@code ||W1|| ||W2|| <= 0.4} in every norm: one-to-one everywhere. */
  public static ReluNetwork residual(int dimension, int hidden, long seed) {
    Random random = new Random(seed);
    double size = Math.sqrt(0.4) / Math.max(dimension, hidden);
    return ReluNetwork.residualBlock(
        "residual",
        matrix(hidden, dimension, size, random),
        vector(hidden, 1, random),
        matrix(dimension, hidden, size, random),
        vector(dimension, 1, random));
  }

  /** A network of given widths with weights and biases from the normal distribution. */
  public static ReluNetwork random(long seed, int... widths) {
    Random random = new Random(seed);
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      double size = 1 / Math.sqrt(widths[k - 1]);
      double[] w = new double[widths[k] * widths[k - 1]];
      double[] b = new double[widths[k]];
      for (int i = 0; i < w.length; i++) {
        w[i] = size * random.nextGaussian();
      }
      for (int i = 0; i < b.length; i++) {
        b[i] = 0.5 * random.nextGaussian();
      }
      Matrix weights = Matrix.ofRowMajor(widths[k], widths[k - 1], w);
      layers.add(k == widths.length - 1 ? Layer.linear(weights, b) : Layer.relu(weights, b));
    }
    return ReluNetwork.of("random-" + seed, layers);
  }

  private static Matrix matrix(int rows, int columns, double size, Random random) {
    return Matrix.ofRowMajor(rows, columns, vector(rows * columns, size, random));
  }

  private static double[] vector(int length, double size, Random random) {
    return random.doubles(length, -size, size).toArray();
  }
}
