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
        defaults.toBuilder()
            .timeLimit(Duration.ofSeconds(3))
            .threads(2)
            .seed(5)
            .gaps(0.1, 0.2)
            .tolerances(1e-8, 1e-9)
            .nodeLimit(7)
            .warmStart(Map.of(1, 2.0))
            .cancellation(cancellation)
            .parameters(Map.of("a", "b"))
            .build();
    assertEquals(Duration.ofSeconds(3), all.limits().time().orElseThrow());
    assertEquals(2, all.threads());
    assertEquals(5, all.seed());
    assertEquals(0.1, all.tolerances().absoluteGap());
    assertEquals(0.2, all.tolerances().relativeGap());
    assertEquals(1e-8, all.tolerances().feasibility());
    assertEquals(1e-9, all.tolerances().integrality());
    assertEquals(7, all.limits().nodes().orElseThrow());
    assertEquals(Map.of(1, 2.0), all.warmStart());
    assertEquals(cancellation, all.limits().cancellation());
    assertEquals(Map.of("a", "b"), all.parameters());
  }

  @Test
  void copiesItsMaps() {
    Map<Integer, Double> start = new HashMap<>(Map.of(0, 1.0));
    SolveOptions options = defaults.toBuilder().warmStart(start).build();
    start.put(1, 2.0);
    assertEquals(1, options.warmStart().size());
  }

  @Test
  void rangesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> defaults.toBuilder().threads(0).build());
    assertThrows(IllegalArgumentException.class, () -> defaults.toBuilder().seed(-1).build());
    assertThrows(IllegalArgumentException.class, () -> defaults.toBuilder().gaps(-1, 0).build());
    assertThrows(
        IllegalArgumentException.class, () -> defaults.toBuilder().gaps(0, Double.NaN).build());
    assertThrows(
        IllegalArgumentException.class, () -> defaults.toBuilder().tolerances(0, 1e-6).build());
    assertThrows(
        IllegalArgumentException.class, () -> defaults.toBuilder().tolerances(1e-6, 1).build());
    assertThrows(IllegalArgumentException.class, () -> defaults.toBuilder().nodeLimit(-1).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> defaults.toBuilder().timeLimit(Duration.ofMillis(-1)).build());
  }
}
