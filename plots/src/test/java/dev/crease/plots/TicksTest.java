package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Interval;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

  @Test
  void areRoundAndCarryTheDigitsOfTheStep() {
    assertEquals(
        List.of("\u22120.5", "0.0", "0.5", "1.0"), Ticks.of(new Interval(-0.7, 1.2), 5).labels());
    assertEquals(List.of(0.0, 200.0, 400.0), Ticks.of(new Interval(0, 400), 3).values());
    assertEquals(List.of("0", "200", "400"), Ticks.of(new Interval(0, 400), 3).labels());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 8",
    "1.8, 1.8000000001, 5",
    "-1e-12, 1e-12, 4",
    "-3e8, 5e9, 6",
    "0.1, 0.7, 1",
    "1e17, 1.1e17, 7"
  })
  void areWithinTheRangeAndNotTooMany(double lower, double upper, int most) {
    Ticks ticks = Ticks.of(new Interval(lower, upper), most);
    assertTrue(ticks.values().size() <= most + 1, ticks.toString());
    assertTrue(ticks.values().stream().allMatch(v -> lower <= v && v <= upper), ticks.toString());
    assertEquals(ticks.labels().size(), new TreeSet<>(ticks.labels()).size(), ticks.toString());
  }

  @Test
  void radiiAreRoundedOutward() {
    assertEquals("0.758994", Ticks.label(0.7589949, RoundingMode.FLOOR));
    assertEquals("0.758995", Ticks.label(0.7589941, RoundingMode.CEILING));
    assertEquals("2e\u22129", Ticks.label(2e-9, RoundingMode.FLOOR));
  }
}
