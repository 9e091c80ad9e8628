package dev.crease.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditioningTest {

  private static ReluNetwork linear(double[]... rows) {
    return ReluNetwork.of(
        "linear", List.of(Layer.linear(Matrix.of(rows), new double[rows.length])));
  }

  @Test
  void isTheRatioOfTheSingularValues() {
    Conditioning c =
        Conditioning.at(linear(new double[] {0, 5e4}, new double[] {2, 0}), 1, 1).orElseThrow();
    assertEquals(2, c.least(), 1e-9);
    assertEquals(5e4, c.most(), 1e-6);
    assertEquals(2.5e4, c.number(), 1e-6);
    assertTrue(c.isIll());
  }

  @Test
  void knowsNothingOfWhatIsDegenerate() {
    assertTrue(Conditioning.at(linear(new double[] {1, 1}), 0, 0).isEmpty());
    assertTrue(Conditioning.at(linear(new double[2], new double[2]), 0, 0).isEmpty());
    Conditioning c =
        Conditioning.at(linear(new double[] {1, 1}, new double[] {1, 1}), 0, 0).orElseThrow();
    assertFalse(c.isIll());
  }

  @Test
  void anOrdinaryMapIsNotIll() {
    assertFalse(
        Conditioning.at(linear(new double[] {1, 0}, new double[] {3, 1}), 0, 0)
            .orElseThrow()
            .isIll());
  }
}
