package dev.crease.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

  @Test
  void roundsToTheNearestAndOfTwoToTheEven() {
    agreesWithSearch(HalfPrecision::half, HalfPrecision::toHalf, 65520);
    agreesWithSearch(HalfPrecision::brain, HalfPrecision::toBrain, 0x1.FFp127);
  }

  /**
   * Compares with a search among all 2^15 positive numbers.
   *
   * @param limit from which on the nearest number is infinity
   */
  private static void agreesWithSearch(
      IntToDoubleFunction value, DoubleUnaryOperator rounded, double limit) {
    int infinity = 0;
    while (!Double.isInfinite(value.applyAsDouble(infinity))) {
      infinity++;
    }
    Random random = new Random(5);
    for (int k = 0; k < 300; k++) {
      int bits = random.nextInt(infinity - 1);
      double low = value.applyAsDouble(bits);
      double high = value.applyAsDouble(bits + 1);
      double middle = low + (high - low) / 2;
      assertEquals(low, rounded.applyAsDouble(low));
      assertEquals(low, rounded.applyAsDouble(Math.nextDown(middle)));
      assertEquals(high, rounded.applyAsDouble(Math.nextUp(middle)));
      assertEquals(bits % 2 == 0 ? low : high, rounded.applyAsDouble(middle));
      assertEquals(-low, rounded.applyAsDouble(-low));
    }
    double largest = value.applyAsDouble(infinity - 1);
    assertEquals(largest, rounded.applyAsDouble(Math.nextDown(limit)));
    assertEquals(Double.POSITIVE_INFINITY, rounded.applyAsDouble(limit));
    assertEquals(Double.NEGATIVE_INFINITY, rounded.applyAsDouble(-1e300));
    assertEquals(0, rounded.applyAsDouble(0));
  }
}
