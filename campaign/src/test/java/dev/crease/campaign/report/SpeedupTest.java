package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.campaign.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedupTest {

  private static final double LIMIT = 5;

  @Test
  void isTheGeometricMeanOfRatios() {
    Speedup speedup =
        direct(
            Lines.run("a/1", "scip", "paper", "SOLVED", 2),
            Lines.run("a/1", "scip", "direct", "SOLVED", 1),
            Lines.run("a/2", "scip", "paper", "SOLVED", 4),
            Lines.run("a/2", "scip", "direct", "SOLVED", 0.5));
    assertEquals(4, speedup.mean().orElseThrow(), 1e-12);
    assertEquals(Speedup.Kind.EXACT, speedup.kind());
    assertEquals(2, speedup.compared());
  }

  @Test
  void isALowerBoundWherePaperTimedOut() {
    Speedup speedup =
        direct(
            Lines.run("a/1", "scip", "paper", "SOLVED", 2),
            Lines.run("a/1", "scip", "direct", "SOLVED", 1),
            Lines.run("a/2", "scip", "paper", "TIMEOUT", 5.2),
            Lines.run("a/2", "scip", "direct", "SOLVED", 0.625));
    // 2 and 5 / 0.625 = 8
    assertEquals(4, speedup.mean().orElseThrow(), 1e-12);
    assertEquals(Speedup.Kind.AT_LEAST, speedup.kind());
    assertEquals(1, speedup.paperTimedOut());
  }

  @Test
  void doesNotForgetWhereOnlyPaperSolves() {
    String[] lost = {
      Lines.run("a/1", "scip", "paper", "SOLVED", 1.25),
      Lines.run("a/1", "scip", "direct", "TIMEOUT", 5)
    };
    Speedup speedup = direct(lost);
    assertEquals(0.25, speedup.mean().orElseThrow(), 1e-12);
    assertEquals(Speedup.Kind.AT_MOST, speedup.kind());
    Speedup both =
        direct(
            lost[0],
            lost[1],
            Lines.run("a/2", "scip", "paper", "TIMEOUT", 5),
            Lines.run("a/2", "scip", "direct", "SOLVED", 1));
    assertEquals(Speedup.Kind.NEITHER, both.kind());
    assertEquals(Math.sqrt(1.25), both.mean().orElseThrow(), 1e-12);
  }

  @Test
  void leavesOutWhatHasNoRatio() {
    Speedup speedup =
        direct(
            Lines.run("a/1", "scip", "paper", "TIMEOUT", 5),
            Lines.run("a/1", "scip", "direct", "TIMEOUT", 5),
            Lines.run("a/2", "scip", "paper", "FAILED", 1),
            Lines.run("a/2", "scip", "direct", "SOLVED", 1),
            Lines.run("a/3", "scip", "paper", "SOLVED", 1),
            Lines.run("a/3", "scip", "direct", "WRONG", 1));
    assertTrue(speedup.mean().isEmpty());
    assertEquals(3, speedup.leftOut());
  }

  @Test
  void prefersTheSameSettingsAndElseTheFastestPaper() {
    String slow = paper("hull", 8);
    String fast = paper("big-m", 2);
    assertEquals(8, direct(slow, fast, direct("hull")).mean().orElseThrow(), 1e-12);
    assertEquals(2, direct(slow, fast, direct("indicator")).mean().orElseThrow(), 1e-12);
  }

  private static String paper(String encoding, double seconds) {
    return Lines.run(
            "a/1", "scip", "paper", "SOLVED", seconds, ",\"encoding\":\"" + encoding + "\"")
        .replace("|paper", "|paper|" + encoding);
  }

  private static String direct(String encoding) {
    return Lines.run("a/1", "scip", "direct", "SOLVED", 1, ",\"encoding\":\"" + encoding + "\"");
  }

  @Test
  void comparesWithTheSameBackendAndThreadsOnly() {
    Speedup speedup =
        direct(
            Lines.run("a/1", "highs", "paper", "SOLVED", 2),
            Lines.run("a/1", "scip", "paper", "SOLVED", 2, ",\"threads\":2"),
            Lines.run("a/1", "scip", "direct", "SOLVED", 1, ",\"threads\":1"));
    assertEquals(0, speedup.pairs());
  }

  private static Speedup direct(String... lines) {
    List<Run> runs = Lines.campaign(lines).runs();
    return Speedup.of(
        runs.stream().filter(run -> !run.configuration().isPaper()).toList(), runs, LIMIT);
  }
}
