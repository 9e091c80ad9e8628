package dev.crease.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private static final ReluNetwork ABSOLUTE =
      ReluNetwork.of(
          "absolute",
          java.util.List.of(
              Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), 0, 0),
              Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));

  @Test
  void theAbsoluteValueByHand() {
    InputSet set = InputSet.ball(Norm.LINF, new double[] {0.5}, 1);
    NetworkBounds interval = BoundsMethod.interval().bounds(ABSOLUTE, set);
    assertEquals(-0.5, interval.lower(0, 0), 1e-12);
    assertEquals(1.5, interval.upper(0, 0), 1e-12);
    assertEquals(0, interval.outputLower(0), 1e-12);
    assertEquals(2, interval.outputUpper(0), 1e-12);
    NetworkBounds symbolic = BoundsMethod.symbolic().bounds(ABSOLUTE, set);
    // Both chords: 0.75 (x + 0.5) + 0.25 (1.5 - x), at x = 1.5.
    assertEquals(1.5, symbolic.outputUpper(0), 1e-12);
    assertEquals(2, interval.unstableCount());
    assertTrue(interval.isUnstable(0, 0));
    assertFalse(interval.isUnstable(1, 0), "no ReLU");
  }

  @Test
  void theLargestValueIsTheDualNorm() {
    double[] a = {3, -4};
    double[] c = {1, 1};
    assertEquals(-1 + 2 * 7, InputSet.ball(Norm.LINF, c, 2).largest(a), 1e-12);
    assertEquals(-1 + 2 * 5, InputSet.ball(Norm.L2, c, 2).largest(a), 1e-12);
    assertEquals(-1 + 2 * 4, InputSet.ball(Norm.L1, c, 2).largest(a), 1e-12);
  }

  @Test
  void normsByHand() {
    double[] x = {3, -4};
    assertEquals(7, Norm.L1.of(x));
    assertEquals(5, Norm.L2.of(x));
    assertEquals(4, Norm.LINF.of(x));
    assertEquals(5, Norm.L2.distance(new double[] {4, 5}, new double[] {1, 1}));
    assertEquals(5e200, Norm.L2.of(new double[] {3e200, 4e200}), 1e188);
    for (Norm norm : Norm.values()) {
      assertEquals(norm, Norm.choices().named(norm.label()));
      assertEquals(norm, norm.dual().dual());
    }
    BadInput e = assertThrows(BadInput.class, () -> Norm.choices().named("3"));
    assertTrue(e.getMessage().contains("1, 2 and inf"));
  }

  @Test
  void whatIsNoSetIsRefused() {
    double[] c = {0};
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> InputSet.ball(Norm.L2, c, bad));
    }
    assertThrows(IllegalArgumentException.class, () -> new Interval(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0, Double.POSITIVE_INFINITY));
  }
}
