package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.campaign.Outcome;
import dev.crease.campaign.Score;
import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void countsTwiceTheLimitForWhateverIsNotSolved() {
    Score score =
        score(
            Lines.run("a/1", "scip", "direct", "SOLVED", 1),
            Lines.run("a/2", "scip", "direct", "SOLVED", 2),
            Lines.run("a/3", "scip", "direct", "SOLVED", 4),
            Lines.run("a/4", "scip", "direct", "TIMEOUT", 5.1),
            Lines.run("a/5", "scip", "direct", "WRONG", 0.1));
    assertEquals(3, score.solved());
    assertEquals(5, score.total());
    assertEquals(2, score.median().orElseThrow());
    // (1 + 2 + 4 + 10 + 10) / 5
    assertEquals(5.4, score.par2().orElseThrow(), 1e-12);
  }

  @Test
  void takesTheMiddleOfTheTwoInTheMiddle() {
    Score score =
        score(
            Lines.run("a/1", "scip", "direct", "SOLVED", 4),
            Lines.run("a/2", "scip", "direct", "SOLVED", 1),
            Lines.run("a/3", "scip", "direct", "SOLVED", 2),
            Lines.run("a/4", "scip", "direct", "SOLVED", 0.5));
    assertEquals(1.5, score.median().orElseThrow());
  }

  @Test
  void leavesOutWhatWasRefused() {
    Score score =
        score(
            Lines.run("a/1", "scip", "direct", "SOLVED", 3),
            Lines.run("a/2", "scip", "direct", "REFUSED", 0));
    assertEquals(1, score.total());
    assertEquals(3, score.par2().orElseThrow());
    assertEquals(1, score.count(Outcome.REFUSED));
  }

  @Test
  void hasNoTimesWhereNothingRan() {
    Score score = score(Lines.run("a/1", "scip", "direct", "REFUSED", 0));
    assertTrue(score.median().isEmpty());
    assertTrue(score.par2().isEmpty());
  }

  private static Score score(String... runs) {
    return Score.of(Lines.campaign(runs).runs(), 5);
  }
}
