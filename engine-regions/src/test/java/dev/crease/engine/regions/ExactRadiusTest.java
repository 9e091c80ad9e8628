package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.witness.ExactRadius;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** The doubles next to a radius, at every scale. */
class ExactRadiusTest {

  private static BigFraction raised(double r, boolean squared) {
    BigFraction exact = Rationals.fraction(r);
    return squared ? exact.multiply(exact) : exact;
  }

  private static void check(BigFraction value, boolean squared) {
    ExactRadius radius = new ExactRadius(value, value, squared);
    double below = radius.certified();
    double above = radius.refuted();
    assertTrue(raised(below, squared).compareTo(value) < 0, () -> below + " of " + value);
    assertTrue(raised(Math.nextUp(below), squared).compareTo(value) >= 0, () -> "not " + below);
    assertTrue(Double.isInfinite(above) || raised(above, squared).compareTo(value) >= 0);
    assertTrue(raised(Math.nextDown(above), squared).compareTo(value) < 0, () -> "not " + above);
  }

  @Test
  void theNearestDoublesAreFoundAtEveryScale() {
    Random random = new Random(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 4000; i++) {
            BigInteger numerator = new BigInteger(1 + random.nextInt(200), random).setBit(0);
            BigInteger denominator = new BigInteger(1 + random.nextInt(200), random).setBit(0);
            int shift = random.nextInt(1800) - 800;
            BigFraction value =
                new BigFraction(numerator, denominator)
                    .multiply(Rationals.fraction(BigInteger.ONE, shift));
            check(value, false);
            check(value.multiply(Rationals.fraction(BigInteger.ONE, shift)), true);
          }
        });
  }

  @Test
  void aRadiusThatIsADoubleIsItsOwnUpperEnd() {
    for (double r : new double[] {1, 0.1, 1e-160, 1e-300, 1e-310, Double.MIN_VALUE, 1e154, 1e300}) {
      for (boolean squared : new boolean[] {false, true}) {
        BigFraction value = raised(r, squared);
        ExactRadius radius = new ExactRadius(value, value, squared);
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> {
              assertEquals(r, radius.refuted());
              assertEquals(Math.nextDown(r), radius.certified());
            });
      }
    }
  }

  @Test
  void aRadiusBeyondTheDoublesLiesBetweenTheLastAndInfinity() {
    BigFraction value = new BigFraction(BigInteger.ONE.shiftLeft(3000));
    for (boolean squared : new boolean[] {false, true}) {
      ExactRadius radius = new ExactRadius(value, value, squared);
      assertEquals(Double.MAX_VALUE, radius.certified());
      assertEquals(Double.POSITIVE_INFINITY, radius.refuted());
    }
  }

  @Test
  void aRadiusOfZeroIsZero() {
    ExactRadius radius = new ExactRadius(BigFraction.ZERO, BigFraction.ZERO, true);
    assertEquals(0, radius.certified());
    assertEquals(0, radius.refuted());
  }
}
