package dev.crease.plots.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2, 0.5",
    "0.3, 0.5, 0.2, 0.5, 0.2",
    "1.5, 2, 1, 2, 1",
    "7, 10, 5, 10, 5",
    "0.05, 0.05, 0.05, 0.1, 0.02"
  })
  void areOneTwoAndFive(double value, double atLeast, double atMost, double above, double below) {
    assertEquals(atLeast, RoundNumbers.atLeast(value).doubleValue());
    assertEquals(atMost, RoundNumbers.atMost(value).doubleValue());
    assertEquals(above, RoundNumbers.above(value).doubleValue());
    assertEquals(below, RoundNumbers.below(value).doubleValue());
  }
}
