package dev.crease.formats.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactTest {

  /** Numbers of few and of many bits, near and far in magnitude, subnormal and huge. */
  private static double[] numbers() {
    Random random = new Random(11);
    double[] numbers = new double[160];
    for (int i = 0; i < numbers.length; i++) {
      double x =
          i % 3 == 0
              ? random.nextInt(9) - 4
              : i % 3 == 1 ? random.nextFloat() : random.nextDouble();
      int[] exponents = {0, 0, 0, 1, -1, 30, -30, 52, -1070, -540, -500, 500, 1020};
      numbers[i] = Math.scalb(x, exponents[random.nextInt(exponents.length)]);
    }
    return numbers;
  }

  private static boolean same(BigDecimal exact, double rounded) {
    return Double.isFinite(rounded) && exact.compareTo(new BigDecimal(rounded)) == 0;
  }

  @Test
  void agreesWithDecimalArithmetic() {
    int exactProducts = 0;
    for (double a : numbers()) {
      for (double b : numbers()) {
        BigDecimal x = new BigDecimal(a);
        BigDecimal y = new BigDecimal(b);
        assertEquals(same(x.add(y), a + b), Exact.sum(a, b), a + " + " + b);
        boolean product = same(x.multiply(y), a * b);
        if (Exact.product(a, b)) {
          assertTrue(product, a + " * " + b);
          exactProducts++;
        } else if (Math.abs(a * b) > 1e-200) {
          assertFalse(product, a + " * " + b);
        }
        if (Exact.quotient(a, b)) {
          assertTrue(same(y.multiply(new BigDecimal(a / b)), a), a + " / " + b);
        }
      }
    }
    assertTrue(exactProducts > 1000);
  }

  @Test
  void doesNotTakeUnderflowForExactness() {
    assertFalse(Exact.product(0x1p-600, 0x1p-600));
    assertFalse(Exact.product(0x1.000001p-537, 0x1.000001p-537));
    assertFalse(Exact.quotient(Double.MIN_VALUE, 3));
    assertFalse(Exact.quotient(1, 3));
    assertFalse(Exact.quotient(1, 0));
    assertTrue(Exact.quotient(6, 3));
    assertTrue(Exact.quotient(0, 3));
  }

  @Test
  void knowsOverflow() {
    assertFalse(Exact.product(1e200, 1e200));
    assertFalse(Exact.sum(Double.MAX_VALUE, Double.MAX_VALUE));
  }
}
