package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.RoundingMode;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void hasThreeDigits() {
    assertEquals("1.23", Numbers.brief(1.2345));
    assertEquals("0.00123", Numbers.brief(0.0012345));
    assertEquals("12300", Numbers.brief(12345));
    assertEquals("1.23e6", Numbers.brief(1234567));
    assertEquals("1e\u22129", Numbers.brief(1e-9));
    assertEquals("\u22120.5", Numbers.brief(-0.5));
    assertEquals("0", Numbers.brief(0));
    assertEquals("\u221e", Numbers.brief(Double.POSITIVE_INFINITY));
    assertEquals("\u2013", Numbers.brief(OptionalDouble.empty()));
  }

  @Test
  void claimsNoMoreThanIsTrue() {
    OptionalDouble radius = OptionalDouble.of(1.64951234567);
    assertEquals("1.649512", Numbers.radius(radius, RoundingMode.FLOOR));
    assertEquals("1.649513", Numbers.radius(radius, RoundingMode.CEILING));
    assertEquals("1.6495", Numbers.radius(OptionalDouble.of(1.6495), RoundingMode.HALF_EVEN));
    assertEquals("1.64951234567", Numbers.exact(radius));
    assertEquals("\u221e", Numbers.exact(OptionalDouble.of(Double.POSITIVE_INFINITY)));
  }
}
