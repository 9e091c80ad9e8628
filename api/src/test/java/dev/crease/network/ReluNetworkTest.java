package dev.crease.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReluNetworkTest {

  private static Matrix random(Random random, int rows, int columns) {
    return Matrix.ofRowMajor(rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
  }

  private static ReluNetwork network(long seed, int... widths) {
    Random random = new Random(seed);
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      Matrix w = random(random, widths[k], widths[k - 1]);
      double[] b = random.doubles(widths[k], -1, 1).toArray();
      layers.add(k == widths.length - 1 ? Layer.linear(w, b) : Layer.relu(w, b));
    }
    return ReluNetwork.of("net" + seed, layers);
  }

  @Test
  void evaluatesByHand() {
    ReluNetwork f =
        ReluNetwork.of(
            "f",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1, -1}, {2, 0}}), 0, -3),
                Layer.linear(Matrix.of(new double[][] {{1, 10}}), 0.5)));
    assertArrayEquals(new double[] {0.5}, f.evaluate(1, 1));
    assertArrayEquals(new double[] {13.5}, f.evaluate(2, -1));
    assertEquals(2, f.inputs());
    assertEquals(1, f.outputs());
    assertEquals(2, f.reluCount());
    assertEquals("2-2-1", f.shape());
    assertEquals("ReluNetwork[f, 2-2-1]", f.toString());
  }

  @Test
  void theLocalMapIsTheNetworkOnItsRegion() {
    Random random = new Random(1);
    for (long seed = 0; seed < 20; seed++) {
      ReluNetwork f = network(seed, 3, 8, 6, 2);
      for (int k = 0; k < 50; k++) {
        double[] x = random.doubles(3, -3, 3).toArray();
        assertArrayEquals(f.evaluate(x), f.localMap(x).apply(x), 1e-12);
        List<double[]> z = f.preActivations(x);
        List<AffineMap> maps = f.localMaps(f.pattern(x));
        assertEquals(f.layers().size() + 1, maps.size());
        for (int layer = 0; layer < z.size(); layer++) {
          assertArrayEquals(z.get(layer), maps.get(layer).apply(x), 1e-12);
        }
      }
    }
  }

  @Test
  void aPatternSaysWhatIsPositive() {
    ReluNetwork f =
        ReluNetwork.of(
            "f",
            List.of(
                Layer.of(Matrix.identity(3), new double[3], new boolean[] {true, true, false})));
    ActivationPattern pattern = f.pattern(1, 0, 1);
    assertTrue(pattern.isActive(0, 0));
    assertFalse(pattern.isActive(0, 1), "a ReLU at its kink is inactive");
    assertFalse(pattern.isActive(0, 2), "no ReLU, no bit");
    assertEquals(1, pattern.activeCount());
    assertEquals(pattern, f.pattern(2, -1, 7));
    assertNotEquals(pattern, f.pattern(2, 1, 7));
  }

  @Test
  void fixedInputsGiveTheSameBits() {
    Random random = new Random(2);
    for (long seed = 0; seed < 20; seed++) {
      ReluNetwork f = network(seed, 4, 7, 5, 3);
      double b = random.nextGaussian();
      double d = random.nextGaussian() * 1e-3;
      ReluNetwork fixed = f.fixInputs(Map.of(1, b, 3, d));
      assertEquals(2, fixed.inputs());
      for (int k = 0; k < 50; k++) {
        double x = random.nextGaussian();
        double y = random.nextGaussian();
        assertArrayEquals(f.evaluate(x, b, y, d), fixed.evaluate(x, y));
      }
    }
    assertEquals(network(1, 2, 2), network(1, 2, 2).fixInputs(Map.of()));
  }

  @Test
  void iteratingIsEvaluatingAgainAndAgain() {
    Random random = new Random(3);
    ReluNetwork f = network(4, 2, 6, 2);
    ReluNetwork g = network(5, 4, 6, 5, 2);
    for (int k = 0; k < 30; k++) {
      double[] x = random.doubles(2, -2, 2).toArray();
      double[] y = x;
      double[] z = x;
      for (int steps = 1; steps <= 4; steps++) {
        y = f.evaluate(y);
        assertArrayEquals(y, f.iterate(steps).evaluate(x));
        // Parameters first and last, states between: 0 and 3 are parameters.
        z = g.evaluate(0.3, z[0], z[1], -0.7);
        assertArrayEquals(z, g.iterate(steps, 0, 3).evaluate(0.3, x[0], x[1], -0.7));
      }
    }
    // Another layout, and negative parameters through ReLU layers.
    ReluNetwork h = network(6, 3, 5, 2);
    double[] once = h.evaluate(0.4, -0.9, 0.2);
    assertArrayEquals(h.evaluate(once[0], -0.9, once[1]), h.iterate(2, 1).evaluate(0.4, -0.9, 0.2));
  }

  @Test
  void aSingleLayerWithParametersIterates() {
    ReluNetwork f =
        ReluNetwork.of("one", List.of(Layer.relu(Matrix.of(new double[][] {{1, -1}}), 0.5)));
    assertArrayEquals(new double[] {1.5}, f.iterate(3, 1).evaluate(3, 1));
  }

  @Test
  void selectedOutputsComeInTheOrderGiven() {
    ReluNetwork f = network(7, 2, 4, 3);
    double[] y = f.evaluate(0.3, 0.4);
    assertArrayEquals(new double[] {y[2], y[0]}, f.selectOutputs(2, 0).evaluate(0.3, 0.4));
  }

  @Test
  void networksCompose() {
    ReluNetwork f = network(8, 2, 4, 3);
    ReluNetwork g = network(9, 3, 4, 1);
    assertArrayEquals(g.evaluate(f.evaluate(1, 2)), f.then(g).evaluate(1, 2));
    assertEquals("net8, net9", f.then(g).name());
    assertEquals(f, f.withName("other"));
    assertEquals("other", f.withName("other").name());
  }

  @Test
  void aResidualBlockAddsToItsInput() {
    Random random = new Random(5);
    Matrix w1 = random(random, 4, 2);
    Matrix w2 = random(random, 2, 4);
    double[] b1 = {0.1, -0.2, 0.3, 0};
    double[] b2 = {1, 2};
    ReluNetwork f = ReluNetwork.residualBlock("res", w1, b1, w2, b2);
    assertEquals(4, f.reluCount());
    for (int k = 0; k < 20; k++) {
      double[] x = random.doubles(2, -3, 3).toArray();
      double[] h = Layer.relu(w1, b1).preActivations(x);
      for (int i = 0; i < 4; i++) {
        h[i] = Math.max(0, h[i]);
      }
      double[] y = w2.times(h);
      assertArrayEquals(new double[] {y[0] + x[0] + 1, y[1] + x[1] + 2}, f.evaluate(x), 1e-14);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    ReluNetwork f = network(1, 2, 3, 2);
    assertSays("no layers", () -> ReluNetwork.of("f", List.of()));
    assertSays("layer 1 takes 3", () -> ReluNetwork.of("f", List.of(l(2, 2), l(2, 3))));
    assertSays("takes 2 inputs, not 3", () -> f.evaluate(1, 2, 3));
    assertSays("takes 2 inputs, not 1", () -> f.preActivations(1));
    assertSays("input 2 does not exist", () -> f.fixInputs(Map.of(2, 1.0)));
    assertSays("input -1 does not exist", () -> f.fixInputs(Map.of(-1, 1.0)));
    assertSays("cannot be fixed to NaN", () -> f.fixInputs(Map.of(0, Double.NaN)));
    assertSays("none remains", () -> f.fixInputs(Map.of(0, 1.0, 1, 2.0)));
    assertSays("no output", f::selectOutputs);
    assertSays("output 2 does not exist", () -> f.selectOutputs(2));
    assertSays("selected twice", () -> f.selectOutputs(1, 1));
    assertSays("at least one step", () -> f.iterate(0));
    assertSays("cannot be composed", () -> network(1, 3, 2).iterate(2));
    assertSays("input 5 does not exist", () -> f.iterate(2, 5));
    assertSays("layer", () -> f.then(network(2, 3, 1)));
    assertSays("biases", () -> Layer.relu(Matrix.identity(2), 1));
    assertSays("bias 1 is Infinity", () -> Layer.relu(Matrix.identity(2), 0, 1.0 / 0));
    assertSays(
        "activations", () -> Layer.of(Matrix.identity(2), new double[2], new boolean[] {true}));
  }

  @Test
  void residualBlocksOfWrongShapesAreRefused() {
    Matrix w1 = Matrix.of(new double[][] {{1, 0}, {0, 1}, {1, 1}});
    Matrix w2 = Matrix.of(new double[][] {{1, 0, 0}, {0, 1, 0}});
    assertThrows(
        IllegalArgumentException.class,
        () -> ReluNetwork.residualBlock("r", w1, new double[1], w2, new double[2]),
        "too few biases");
    assertThrows(
        IllegalArgumentException.class,
        () -> ReluNetwork.residualBlock("r", w1, new double[5], w2, new double[2]),
        "too many biases");
    assertThrows(
        IllegalArgumentException.class,
        () -> ReluNetwork.residualBlock("r", w1, new double[3], Matrix.identity(2), new double[2]),
        "W2 does not fit W1");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ReluNetwork.residualBlock(
                "r", w1, new double[3], Matrix.of(new double[][] {{1, 0, 0}}), new double[2]),
        "too few rows");
    assertThrows(
        IllegalArgumentException.class,
        () -> ReluNetwork.residualBlock("r", w1, new double[3], w2, new double[1]));
  }

  private static Layer l(int rows, int columns) {
    return Layer.linear(
        Matrix.ofRowMajor(rows, columns, new double[rows * columns]), new double[rows]);
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
