package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.regions.Region;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeterminantScaleTest {

  private static Region region(double determinant, int sign) {
    List<double[]> triangle = List.of(new double[2], new double[] {1, 0}, new double[] {0, 1});
    return new Region(triangle, triangle, determinant, sign, List.of());
  }

  private final DeterminantScale scale =
      DeterminantScale.of(List.of(region(3.2, 1), region(-0.4, -1), region(0, 0)));

  @Test
  void theExactSignDecidesTheColour() {
    assertEquals(0, scale.shade(region(1e-300, 0)));
    assertEquals(1, scale.shade(region(0, 1)));
    assertEquals(-1, scale.shade(region(1e-18, -1)));
    assertEquals(DeterminantScale.SHADES, scale.shade(region(1e9, 1)));
    assertEquals(-DeterminantScale.SHADES, scale.shade(region(-1e9, -1)));
  }

  @Test
  void shadesDarkenWithTheSize() {
    Set<Color> colors = new HashSet<>();
    for (int sign : new int[] {1, -1}) {
      double before = 1;
      for (int k = 1; k <= DeterminantScale.SHADES; k++) {
        Color color = scale.color(sign * k);
        double light =
            (0.2126 * color.getRed() + 0.7152 * color.getGreen() + 0.0722 * color.getBlue()) / 255;
        assertTrue(light < before, sign * k + ": " + light);
        assertTrue(sign * (color.getBlue() - color.getRed()) > 0, "" + color);
        before = light;
        colors.add(color);
      }
    }
    assertEquals(2 * DeterminantScale.SHADES, colors.size());
  }

  @Test
  void marksAreRoundAndApart() {
    List<DeterminantScale.Mark> marks = scale.marks(0.1);
    List<String> labels = marks.stream().map(DeterminantScale.Mark::label).toList();
    assertTrue(labels.containsAll(List.of("0", "5", "2", "1", "\u22125")), labels.toString());
    List<Double> positions = marks.stream().map(DeterminantScale.Mark::position).sorted().toList();
    for (int i = 1; i < positions.size(); i++) {
      assertTrue(positions.get(i) - positions.get(i - 1) >= 0.1 - 1e-12, positions.toString());
    }
  }

  @Test
  void aFewHugeRegionsDoNotPaleTheRest() {
    List<Region> regions = new ArrayList<>(Collections.nCopies(999, region(1, 1)));
    regions.add(region(1e6, 1));
    DeterminantScale robust = DeterminantScale.of(regions);
    assertEquals(1, robust.position(1));
    assertTrue(robust.marks(0.1).stream().anyMatch(m -> m.label().equals("\u2265 1")));
  }
}
