package dev.crease.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crease.Cancellation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolveOptionsTest {

  private final SolveOptions defaults = SolveOptions.defaults();

  @Test
  void eachChangeChangesOneThing() {
    Cancellation cancellation = new Cancellation();
    SolveOptions all =
        defaults
            .withTimeLimit(Duration.ofSeconds(3))
            .withThreads(2)
            .withSeed(5)
            .withGaps(0.1, 0.2)
            .withTolerances(1e-8, 1e-9)
            .withNodeLimit(7)
            .withWarmStart(Map.of(1, 2.0))
            .withCancellation(cancellation)
            .withParameters(Map.of("a", "b"));
    assertEquals(Duration.ofSeconds(3), all.timeLimit().orElseThrow());
    assertEquals(2, all.threads());
    assertEquals(5, all.seed());
    assertEquals(0.1, all.absoluteGap());
    assertEquals(0.2, all.relativeGap());
    assertEquals(1e-8, all.feasibilityTolerance());
    assertEquals(1e-9, all.integralityTolerance());
    assertEquals(7, all.nodeLimit().orElseThrow());
    assertEquals(Map.of(1, 2.0), all.warmStart());
    assertEquals(cancellation, all.cancellation());
    assertEquals(Map.of("a", "b"), all.parameters());
  }

  @Test
  void copiesItsMaps() {
    Map<Integer, Double> start = new HashMap<>(Map.of(0, 1.0));
    SolveOptions options = defaults.withWarmStart(start);
    start.put(1, 2.0);
    assertEquals(1, options.warmStart().size());
  }

  @Test
  void rangesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> defaults.withThreads(0));
    assertThrows(IllegalArgumentException.class, () -> defaults.withSeed(-1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withGaps(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> defaults.withGaps(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> defaults.withTolerances(0, 1e-6));
    assertThrows(IllegalArgumentException.class, () -> defaults.withTolerances(1e-6, 1));
    assertThrows(IllegalArgumentException.class, () -> defaults.withNodeLimit(-1));
    assertThrows(
        IllegalArgumentException.class, () -> defaults.withTimeLimit(Duration.ofMillis(-1)));
  }
}
