package dev.crease.boxes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairExclusionTest {

  private final Random random = new Random(7);

  /** {@code (|x_0|, x_1 + s max(0, x_0))}, behind a turn of the outputs. */
  private ReluNetwork folded(double s) {
    double a = random.nextDouble();
    double[][] turn = {{1, a}, {-a, 1}};
    double[][] fold = {{1, 1, 0, 0}, {0, 0, 1, -1}};
    double[][] last = new double[2][4];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        last[i][j] = turn[i][0] * fold[0][j] + turn[i][1] * fold[1][j];
      }
    }
    last[0][0] += s * turn[0][1];
    last[1][0] += s * turn[1][1];
    return ReluNetwork.of(
        "folded",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}), 0, 0, 0, 0),
            Layer.linear(Matrix.of(last), 0, 0)));
  }

  private static SplitBox box(ReluNetwork f, double[] middle, double width) {
    double[] lower = middle.clone();
    double[] upper = middle.clone();
    for (int i = 0; i < middle.length; i++) {
      lower[i] -= width / 2;
      upper[i] += width / 2;
    }
    return new SplitBox(f, Norm.LINF, new double[middle.length], lower, upper);
  }

  @Test
  void boxesThatHoldACollisionAreNeverExcluded() {
    for (int n = 0; n < 2000; n++) {
      double s = 0.5 * random.nextDouble();
      ReluNetwork f = folded(s);
      PairExclusion tests = new PairExclusion(f);
      double a = Math.scalb(random.nextDouble(), -random.nextInt(20));
      double b = random.nextGaussian();
      // (a, b) and (-a, b + s a) have one output.
      SplitBox first = around(f, a, b);
      SplitBox second = around(f, -a, b + s * a);
      assertFalse(tests.exclude(new BoxPair(first, second, 0, 0)), () -> "a = " + a + ", b = " + b);
      assertFalse(tests.exclude(new BoxPair(second, first, 0, 0)), () -> "a = " + a + ", b = " + b);
    }
  }

  private SplitBox around(ReluNetwork f, double x, double y) {
    double width = Math.scalb(1.0, -random.nextInt(30));
    double[] middle = {
      x + width * (random.nextDouble() - 0.5) / 2, y + width * (random.nextDouble() - 0.5) / 2
    };
    return box(f, middle, width);
  }

  @Test
  void boxesBesideTheFoldAreExcluded() {
    ReluNetwork f = folded(0.2);
    SplitBox left = box(f, new double[] {-1, 0}, 0.4);
    SplitBox right = box(f, new double[] {2, 0}, 0.4);
    assertTrue(new PairExclusion(f).exclude(new BoxPair(left, left, 0, 0)));
    assertTrue(new PairExclusion(f).exclude(new BoxPair(left, right, 0, 0)));
  }

  /** A part that contracts, beside the inputs themselves: one-to-one, with an output to spare. */
  @Test
  void theMeanValueFormProvesMoreOutputsThanInputs() {
    double[][] hidden = new double[24][2];
    double[][] out = new double[3][24];
    double[] bias = new double[24];
    for (int i = 0; i < 24; i++) {
      for (int j = 0; j < 2; j++) {
        hidden[i][j] = i < 4 ? (i / 2 == j ? 1 - 2 * (i % 2) : 0) : random.nextGaussian();
      }
      bias[i] = i < 4 ? 0 : random.nextGaussian();
      for (int o = 0; o < 3; o++) {
        out[o][i] =
            i < 4 && i / 2 == o ? 1 - 2 * (i % 2) : i < 4 ? 0 : 0.01 * random.nextGaussian();
      }
    }
    ReluNetwork f =
        ReluNetwork.of(
            "residual",
            List.of(
                Layer.relu(Matrix.of(hidden), bias), Layer.linear(Matrix.of(out), new double[3])));
    SplitBox all = box(f, new double[] {0.1, 0.2}, 0.15);
    BoxPair pair = new BoxPair(all, all, 0, 0);
    assertTrue(
        new MeanValueProof(f)
            .proves(
                new BoxPair(
                    box(f, new double[] {1, 2}, 0.5), box(f, new double[] {3, 2.2}, 0.5), 0, 0)));
    // Its inputs pass through pairs max(0, x) - max(0, -x), which a box around 0 leaves undecided.
    assertTrue(all.bounds().unstableCount() < 24);
    assertTrue(new MeanValueProof(f).proves(pair));
  }

  @Test
  void fewerOutputsThanInputsAreNotProved() {
    ReluNetwork sum =
        ReluNetwork.of("sum", List.of(Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));
    SplitBox box = box(sum, new double[] {0, 0}, 1);
    assertFalse(new MeanValueProof(sum).proves(new BoxPair(box, box, 0, 0)));
  }

  @Test
  void differencesLieWithinTheBoundsOfTheSecants() {
    for (int n = 0; n < 300; n++) {
      double[][] w1 = gaussian(5, 2);
      double[][] w2 = gaussian(4, 5);
      double[][] w3 = gaussian(2, 4);
      ReluNetwork f =
          ReluNetwork.of(
              "random",
              List.of(
                  Layer.relu(Matrix.of(w1), gaussian(1, 5)[0]),
                  Layer.relu(Matrix.of(w2), gaussian(1, 4)[0]),
                  Layer.linear(Matrix.of(w3), 0, 0)));
      SplitBox a = box(f, gaussian(1, 2)[0], random.nextDouble());
      SplitBox b = box(f, gaussian(1, 2)[0], random.nextDouble());
      JacobianBounds slopes = JacobianBounds.between(a.bounds(), b.bounds());
      for (int k = 0; k < 20; k++) {
        double[] x = a.at(random.nextDouble(), random.nextDouble());
        double[] w = b.at(random.nextDouble(), random.nextDouble());
        assertWithin(slopes, f.evaluate(x), f.evaluate(w), x, w);
      }
    }
  }

  private static void assertWithin(
      JacobianBounds slopes, double[] atX, double[] atW, double[] x, double[] w) {
    for (int i = 0; i < atX.length; i++) {
      double least = -1e-12;
      double most = 1e-12;
      for (int j = 0; j < x.length; j++) {
        double d = x[j] - w[j];
        least += Math.min(slopes.lower(2, i, j) * d, slopes.upper(2, i, j) * d);
        most += Math.max(slopes.lower(2, i, j) * d, slopes.upper(2, i, j) * d);
      }
      double found = atX[i] - atW[i];
      assertTrue(least <= found && found <= most, least + " " + found + " " + most);
    }
  }

  private double[][] gaussian(int rows, int columns) {
    double[][] entries = new double[rows][columns];
    for (double[] row : entries) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return entries;
  }

  @Test
  void slopesOfSecants() {
    assertEquals(0.25, JacobianBounds.secantAtLeast(-3, 1), 1e-12);
    assertEquals(0.25, JacobianBounds.secantAtMost(1, -3), 1e-12);
    assertTrue(JacobianBounds.secantAtLeast(-3, 1) < 0.25);
    assertTrue(JacobianBounds.secantAtMost(-3, 1) > 0.25);
    assertEquals(1, JacobianBounds.secantAtMost(1e308, -1e308));
    assertEquals(0, JacobianBounds.secantAtLeast(Double.NEGATIVE_INFINITY, 1));
    assertEquals(
        1, JacobianBounds.secantAtMost(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertEquals(1, JacobianBounds.secantAtLeast(0, 5));
    assertEquals(0, JacobianBounds.secantAtMost(-2, 0));
  }
}
