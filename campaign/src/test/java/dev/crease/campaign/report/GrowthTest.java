package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GrowthTest {

  @Test
  void findsThePowerOfAPowerLaw() {
    Growth growth =
        Growth.of(
                Lines.campaign(
                        run("a/1", 10, "SOLVED", 0.02),
                        run("a/2", 20, "SOLVED", 0.08),
                        run("a/3", 100, "SOLVED", 2),
                        run("a/4", 200, "TIMEOUT", 5))
                    .runs())
            .orElseThrow();
    assertEquals(2, growth.slope(), 1e-12);
    assertEquals(2e-4, growth.factor(), 1e-15);
    assertEquals(3, growth.runs());
    assertEquals(10, growth.smallest());
    assertEquals(100, growth.largest());
  }

  @Test
  void fitsByLeastSquaresOfLogarithms() {
    // In decades: (1, 0), (1, 1), (2, 0), (3, 2). Means 7/4 and 3/4; sums of squares 11/4 and of
    // products 0.75 * 0.75 - 0.75 * 0.25 - 0.25 * 0.75 + 1.25 * 1.25 = 7/4: slope 7/11.
    Growth growth =
        Growth.of(
                Lines.campaign(
                        run("a/1", 10, "SOLVED", 1),
                        run("a/2", 10, "SOLVED", 10),
                        run("a/3", 100, "SOLVED", 1),
                        run("a/4", 1000, "SOLVED", 100))
                    .runs())
            .orElseThrow();
    assertEquals(7.0 / 11, growth.slope(), 1e-12);
    assertEquals(Math.pow(10, 0.75 - 1.75 * 7 / 11), growth.factor(), 1e-12);
  }

  @Test
  void needsTwoSizes() {
    assertTrue(
        Growth.of(
                Lines.campaign(
                        run("a/1", 10, "SOLVED", 1),
                        run("a/2", 10, "SOLVED", 2),
                        run("a/3", 20, "TIMEOUT", 5),
                        Lines.run("a/4", "scip", "direct", "SOLVED", 1))
                    .runs())
            .isEmpty());
  }

  private static String run(String instance, int neurons, String outcome, double seconds) {
    return Lines.run(instance, "scip", "direct", outcome, seconds, ",\"neurons\":" + neurons);
  }
}
