package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.model.Objective;
import dev.crease.solver.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void nothingYetIsInfinite() {
    assertEquals(
        progress(INF, -INF, 0, 1),
        new ProgressMeter(Objective.Sense.MINIMIZE).next(1e100, -1e100, 0, millis(1)));
    assertEquals(
        progress(-INF, INF, 0, 1),
        new ProgressMeter(Objective.Sense.MAXIMIZE).next(-1e100, 1e100, 0, millis(1)));
    assertEquals(
        progress(INF, -INF, 0, 1),
        new ProgressMeter(Objective.Sense.MINIMIZE).next(Double.NaN, Double.NaN, 0, millis(1)));
  }

  @Test
  void theBestSoFarStays() {
    ProgressMeter min = new ProgressMeter(Objective.Sense.MINIMIZE);
    assertEquals(progress(9, 1, 0, 1), min.next(9, 1, 0, millis(1)));
    assertEquals(progress(8, 1, 5, 2), min.next(8, 0.5, 5, millis(2)));
    assertEquals(progress(8, 2, 6, 3), min.next(1e100, 2, 6, millis(3)));
    ProgressMeter max = new ProgressMeter(Objective.Sense.MAXIMIZE);
    assertEquals(progress(1, 9, 0, 1), max.next(1, 9, 0, millis(1)));
    assertEquals(progress(2, 9, 5, 2), max.next(2, 10, 5, millis(2)));
    assertEquals(progress(2, 8, 6, 3), max.next(1, 8, 6, millis(3)));
  }

  @Test
  void theSameAgainWaits() {
    ProgressMeter meter = new ProgressMeter(Objective.Sense.MINIMIZE);
    assertTrue(meter.next(9, 1, 0, millis(1)).isPresent());
    assertTrue(meter.next(9, 1, 10, millis(100)).isEmpty());
    assertEquals(progress(9, 1, 20, 101), meter.next(9, 1, 20, millis(101)));
    assertTrue(meter.next(9, 1, 30, millis(150)).isEmpty());
    assertEquals(progress(9, 1.5, 31, 151), meter.next(9, 1.5, 31, millis(151)));
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }

  private static Optional<Progress> progress(
      double incumbent, double bound, long nodes, long millis) {
    return Optional.of(new Progress(incumbent, bound, nodes, millis(millis)));
  }
}
