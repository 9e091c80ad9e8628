package dev.crease.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadNeuronsTest {

  @Test
  void whatIsConstantOrUnusedGoesAndTheFunctionStays() {
    ReluNetwork f =
        ReluNetwork.of(
            "dead",
            List.of(
                // The second is 0, the third 2, the fourth unused.
                Layer.relu(
                    Matrix.of(new double[][] {{1, -2}, {0, 0}, {0, 0}, {3, 1}}), 0.5, -1, 2, 0),
                // The second rests on what is dead alone.
                Layer.relu(Matrix.of(new double[][] {{1, 4, 0.5, 0}, {0, 7, 0, 0}}), 0.25, -3),
                Layer.linear(Matrix.of(new double[][] {{2, 1}, {-1, 5}}), 0, 1)));
    ReluNetwork g = f.withoutDeadNeurons();
    assertEquals("2-1-1-2", g.shape());
    Random random = new Random(1);
    for (int k = 0; k < 100; k++) {
      double[] x = {4 * random.nextGaussian(), 4 * random.nextGaussian()};
      assertArrayEquals(f.evaluate(x), g.evaluate(x), 1e-12);
    }
  }

  @Test
  void aConstantThatWouldRoundStays() {
    ReluNetwork f =
        ReluNetwork.of(
            "rounds",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {0}}), 0, 0.1),
                Layer.linear(Matrix.of(new double[][] {{1, 0.1}}), 0.3)));
    assertEquals("1-2-1", f.withoutDeadNeurons().shape());
  }

  @Test
  void aLayerKeepsItsLastNeuron() {
    ReluNetwork f =
        ReluNetwork.of(
            "constant",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{0}, {0}}), 0, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 1}}), 3)));
    assertEquals("1-1-1", f.withoutDeadNeurons().shape());
    assertEquals(3, f.withoutDeadNeurons().evaluate(7)[0]);
  }

  @Test
  void outputsAreScaledByPowersOfTwoOrNotAtAll() {
    ReluNetwork f =
        ReluNetwork.of("f", List.of(Layer.linear(Matrix.of(new double[][] {{3}, {0.1}}), 1, 2)));
    ReluNetwork g = f.withScaledOutputs(-1, 4);
    assertArrayEquals(new double[] {2, 16 * (0.1 + 2)}, g.evaluate(1), 0);
    assertThrows(IllegalArgumentException.class, () -> f.withScaledOutputs(1));
    assertThrows(IllegalArgumentException.class, () -> f.withScaledOutputs(1, 900));
    assertSame(f.name(), g.name());
  }
}
