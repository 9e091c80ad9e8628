package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private record Cell(Outcome outcome, OptionalDouble seconds, String round)
      implements Score.Timed {}

  private static Cell cell(String round, Outcome outcome, double seconds) {
    return new Cell(outcome, OptionalDouble.of(seconds), round);
  }

  @Test
  void tellsWhatDiffersBetweenRounds() {
    List<Cell> cells = new ArrayList<>();
    double[] seconds = {3, 1, 2};
    for (int i = 0; i < seconds.length; i++) {
      cells.add(cell("r" + i, Outcome.SOLVED, seconds[i]));
      cells.add(cell("r" + i, i == 0 ? Outcome.TIMEOUT : Outcome.SOLVED, 4));
    }
    Rounds rounds = Rounds.of(cells, 5);
    assertEquals(5, rounds.all().solved());
    assertEquals(new Rounds.Interval(2, 1, 2, 3), rounds.solved().orElseThrow());
    // Of 3; of 1 and 4; of 2 and 4.
    assertEquals(new Rounds.Interval(3, 2.5, 3, 3), rounds.median().orElseThrow());
    assertEquals(new Rounds.Interval(3, 2.5, 6.5, 3), rounds.par2().orElseThrow());
    assertTrue(rounds.par2().orElseThrow().isSpread());
  }

  @Test
  void oneRoundIsNoSpread() {
    Rounds rounds = Rounds.of(List.of(cell("r", Outcome.SOLVED, 1)), 5);
    assertFalse(rounds.median().orElseThrow().isSpread());
    assertTrue(rounds.medianWithoutSolver().isEmpty());
  }
}
