package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** Conversions against the decimal arithmetic of the JDK, which is slow and right. */
class RationalsTest {

  /** Of any sign and exponent, subnormal ones among them. */
  private static double any(Random random) {
    return random.nextInt(8) == 0
        ? Double.longBitsToDouble(random.nextLong() & 0x800fffffffffffffL)
        : Math.scalb(random.nextDouble() - 0.5, random.nextInt(2040) - 1030);
  }

  @Test
  void aDoubleAsAFractionIsThatDouble() {
    Random random = new Random(2);
    for (int i = 0; i < 5000; i++) {
      double value = i == 0 ? Double.MIN_VALUE : any(random);
      BigFraction fraction = Rationals.fraction(value);
      // The denominator is a power of two, so the quotient ends.
      BigDecimal decimal =
          new BigDecimal(fraction.getNumerator()).divide(new BigDecimal(fraction.getDenominator()));
      assertEquals(0, decimal.compareTo(new BigDecimal(value)), () -> value + " is " + decimal);
      assertEquals(value, Rationals.nearest(fraction));
      int scale = Rationals.scale(value, 0.25);
      assertEquals(
          fraction, Rationals.fraction(Rationals.scaled(value, scale), scale), () -> "" + value);
    }
  }

  @Test
  void quotientsAreRoundedToTheNearestDouble() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      BigInteger n = new BigInteger(1 + random.nextInt(300), random).setBit(0);
      BigInteger d = new BigInteger(1 + random.nextInt(300), random).setBit(0);
      int shift = random.nextInt(2200) - 1100;
      BigInteger numerator = shift > 0 ? n.shiftLeft(shift) : n;
      BigInteger denominator = shift < 0 ? d.shiftLeft(-shift) : d;
      double expected =
          new BigDecimal(numerator)
              .divide(new BigDecimal(denominator), new MathContext(900))
              .doubleValue();
      assertEquals(expected, Rationals.ratio(numerator, denominator));
      assertEquals(-expected, Rationals.ratio(numerator.negate(), denominator));
    }
  }

  @Test
  void halvesAreRoundedToEven() {
    for (double value : new double[] {1, 1e-160, 1e200, 1e-310, 3 * Double.MIN_VALUE}) {
      BigFraction middle =
          Rationals.fraction(value).add(Rationals.fraction(Math.nextUp(value))).divide(2);
      boolean even = (Double.doubleToLongBits(value) & 1) == 0;
      assertEquals(even ? value : Math.nextUp(value), Rationals.nearest(middle));
    }
  }

  @Test
  void aCommonPowerOfTwoIsStripped() {
    BigInteger[] vector = {BigInteger.valueOf(12), BigInteger.ZERO, BigInteger.valueOf(-20)};
    assertArrayEquals(
        new BigInteger[] {BigInteger.valueOf(3), BigInteger.ZERO, BigInteger.valueOf(-5)},
        Rationals.stripped(vector));
  }
}
