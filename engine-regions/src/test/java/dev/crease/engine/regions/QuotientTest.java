package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotientTest {

  private static final int FINE = 1200;

  private static Quotient of(long numerator, long denominator) {
    return new Quotient(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  @Test
  void numbersAreEqualHoweverTheyAreWritten() {
    assertEquals(of(1, 3), of(2, 6));
    assertEquals(of(1, 3).hashCode(), of(2, 6).hashCode());
    assertTrue(of(-1, 3).compareTo(of(-1, 4)) < 0);
    assertTrue(of(2, 3).compareTo(of(3, 5)) > 0);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        1,
        -1,
        0.1,
        -0.1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE
      })
  void aDoubleIsItsOwnNeighbour(double value) {
    // So fine that one more is far from the next double.
    Quotient q = new Quotient(Rationals.scaled(value, FINE), BigInteger.ONE.shiftLeft(FINE));
    assertTrue(value == q.nearest() && value == q.down() && value == q.up());
    Quotient more = new Quotient(q.numerator().add(BigInteger.ONE), q.denominator());
    assertTrue(value == more.down() && Math.nextUp(value) == more.up());
    Quotient less = new Quotient(q.numerator().subtract(BigInteger.ONE), q.denominator());
    assertTrue(value == less.up() && Math.nextDown(value) == less.down());
  }

  @Test
  void theNeighboursAreOnBothSides() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Quotient q =
          new Quotient(
              new BigInteger(1 + random.nextInt(300), random)
                  .multiply(BigInteger.valueOf(random.nextInt(3) - 1)),
              new BigInteger(1 + random.nextInt(300), random).add(BigInteger.ONE));
      assertTrue(exactly(q.down()).compareTo(q) <= 0);
      assertTrue(exactly(q.up()).compareTo(q) >= 0);
      assertTrue(q.up() == q.down() || q.up() == Math.nextUp(q.down()));
    }
  }

  private static Quotient exactly(double value) {
    int scale = Math.max(0, -Rationals.exponent(value));
    return new Quotient(Rationals.scaled(value, scale), BigInteger.ONE.shiftLeft(scale));
  }
}
