package dev.crease.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Many copies of a small network side by side, whose layers are sparse: bounds are the small one's.
 */
class SparseBoundsTest {

  private static final int COPIES = 24;
  private static final int WIDTH = 3;

  private static Layer layer(Random random, boolean relu, int copies) {
    double[] w = random.doubles(WIDTH * WIDTH, -2, 2).toArray();
    double[] b = random.doubles(WIDTH, -0.5, 0.5).toArray();
    int n = WIDTH * copies;
    double[] data = new double[n * n];
    double[] bias = new double[n];
    for (int i = 0; i < n; i++) {
      bias[i] = b[i % WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        // The columns of one copy lie apart, so that a neuron sees neurons far from one another.
        data[i * n + j * copies + i / WIDTH] = w[i % WIDTH * WIDTH + j];
      }
    }
    Matrix matrix = Matrix.ofRowMajor(n, n, data);
    assertTrue(copies == 1 || matrix.end(n - 1) == n * WIDTH, "sparse");
    return relu ? Layer.relu(matrix, bias) : Layer.linear(matrix, bias);
  }

  /** The layers, each followed by the permutation that puts the copies apart again. */
  private static ReluNetwork network(int copies) {
    Random random = new Random(8);
    List<Layer> layers = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      int n = WIDTH * copies;
      layers.add(layer(random, k < 3, copies));
      int[][] place = new int[n][];
      double[][] one = new double[n][];
      for (int i = 0; i < n; i++) {
        // Row j * copies + c takes neuron c * WIDTH + j.
        place[i] = new int[] {i % copies * WIDTH + i / copies};
        one[i] = new double[] {1};
      }
      layers.add(Layer.linear(Matrix.ofSparseRows(n, place, one), new double[n]));
    }
    return ReluNetwork.of("copies", layers);
  }

  @Test
  void boundsAreThoseOfOneCopy() {
    ReluNetwork small = network(1);
    ReluNetwork wide = network(COPIES);
    for (BoundsMethod method : List.of(BoundsMethod.interval(), BoundsMethod.symbolic())) {
      NetworkBounds expected = method.bounds(small, ball(1));
      NetworkBounds actual = method.bounds(wide, ball(COPIES));
      for (int k = 0; k < wide.layers().size(); k++) {
        for (int i = 0; i < WIDTH * COPIES; i++) {
          int of = k % 2 == 0 ? i % WIDTH : i / COPIES;
          assertEquals(expected.lower(k, of), actual.lower(k, i), 1e-12, "layer " + k);
          assertEquals(expected.upper(k, of), actual.upper(k, i), 1e-12, "layer " + k);
          // More neurons may round more often, so the margins are no smaller.
          assertTrue(actual.lower(k, i) <= expected.lower(k, of) + 1e-15);
        }
      }
    }
  }

  private static InputSet ball(int copies) {
    double[] center = new double[WIDTH * copies];
    Arrays.setAll(center, i -> new double[] {0.3, -0.7, 0.1}[i / copies]);
    return InputSet.ball(Norm.LINF, center, 0.25);
  }
}
