package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crease.campaign.Configuration;
import org.junit.jupiter.api.Test;

class PerformanceProfileTest {

  private static final Configuration SCIP = new Configuration("scip", "direct", "", "", 0);
  private static final Configuration HIGHS = new Configuration("highs", "direct", "", "", 0);

  @Test
  void isTheShareWithinAFactorOfTheFastest() {
    // Ratios of scip: 1, 3, 1, none; of highs: 2, 1, none, none. The fourth is solved by nobody.
    PerformanceProfile profile =
        profile(
            Lines.run("a/1", "scip", "direct", "SOLVED", 1),
            Lines.run("a/1", "highs", "direct", "SOLVED", 2),
            Lines.run("a/2", "scip", "direct", "SOLVED", 3),
            Lines.run("a/2", "highs", "direct", "SOLVED", 1),
            Lines.run("a/3", "scip", "direct", "SOLVED", 4),
            Lines.run("a/3", "highs", "direct", "TIMEOUT", 5),
            Lines.run("a/4", "scip", "direct", "TIMEOUT", 5),
            Lines.run("a/4", "highs", "direct", "OPEN", 1));
    assertEquals(4, profile.instances());
    assertEquals(0.5, profile.share(SCIP, 1));
    assertEquals(0.5, profile.share(SCIP, 2.99));
    assertEquals(0.75, profile.share(SCIP, 3));
    assertEquals(0.75, profile.share(SCIP, 1e9));
    assertEquals(0.25, profile.share(HIGHS, 1));
    assertEquals(0.5, profile.share(HIGHS, 2));
    assertEquals(3, profile.largest());
  }

  @Test
  void comparesOverTheSameInstancesForAll() {
    PerformanceProfile profile =
        profile(
            Lines.run("a/1", "scip", "direct", "SOLVED", 1),
            Lines.run("a/2", "scip", "direct", "SOLVED", 1),
            Lines.run("a/1", "highs", "direct", "SOLVED", 1),
            Lines.run("a/2", "highs", "direct", "REFUSED", 0),
            Lines.run("a/3", "highs", "direct", "REFUSED", 0));
    assertEquals(2, profile.instances());
    assertEquals(0.5, profile.share(HIGHS, 1e9));
  }

  @Test
  void doesNotDivideByNoTime() {
    PerformanceProfile profile =
        profile(
            Lines.run("a/1", "scip", "direct", "SOLVED", 0),
            Lines.run("a/1", "highs", "direct", "SOLVED", 0.01));
    assertEquals(1, profile.share(SCIP, 1));
    assertEquals(10, profile.largest(), 1e-12);
  }

  private static PerformanceProfile profile(String... runs) {
    return PerformanceProfile.of(Lines.campaign(runs).runs());
  }
}
