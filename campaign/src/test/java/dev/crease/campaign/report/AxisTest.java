package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void endsAtRoundNumbers() {
    Axis axis = Axis.logarithmic("x", 8, 128, 6);
    assertEquals(5, axis.from());
    assertEquals(200, axis.to());
    assertEquals(List.of("5", "10", "20", "50", "100", "200"), labels(axis));
    assertEquals(0, axis.at(5));
    assertEquals(1, axis.at(200));
    assertEquals(0.5, axis.at(Math.sqrt(1000)), 1e-12);
  }

  @Test
  void namesDecadesWhereThereAreMany() {
    Axis axis = Axis.logarithmic("x", 0.001, 10, 6);
    assertEquals(List.of("0.001", "0.01", "0.1", "1", "10"), labels(axis));
  }

  @Test
  void hasAtMostSoManyLabels() {
    for (double from = 1e-4; from < 1e3; from *= 1.7) {
      for (double to = from; to < 1e9; to *= 1.3) {
        Axis axis = Axis.logarithmic("x", from, to, 6);
        List<String> labels = labels(axis);
        assertTrue(labels.size() >= 2 && labels.size() <= 6, from + " " + to + " " + labels);
        assertTrue(axis.from() <= from * (1 + 1e-9) && axis.to() >= to * (1 - 1e-9));
        assertTrue(axis.to() > axis.from());
      }
    }
  }

  @Test
  void countsByRoundSteps() {
    assertEquals(List.of("0", "1"), labels(Axis.counts("n", 0, 7)));
    assertEquals(List.of("0", "1", "2", "3"), labels(Axis.counts("n", 3, 7)));
    assertEquals(List.of("0", "5", "10", "15", "20"), labels(Axis.counts("n", 21, 7)));
    assertEquals(List.of("0", "50", "100", "150", "200"), labels(Axis.counts("n", 230, 6)));
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::text).filter(text -> !text.isEmpty()).toList();
  }
}
