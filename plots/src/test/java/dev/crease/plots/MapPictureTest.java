package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.regions.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapPictureTest {

  /** A triangle that is moved by (1, 0), beside it a segment and a point that stay. */
  private static List<Piece> pieces(double... move) {
    return List.of(
        piece(move, new double[] {0, 0}, new double[] {1, 0}, new double[] {0, 1}),
        piece(new double[move.length], new double[] {0, 1}, new double[] {0, 2}),
        piece(new double[move.length], new double[] {0, 2}));
  }

  private static Piece piece(double[] move, double[]... vertices) {
    List<double[]> matrix =
        move.length == 2
            ? List.of(new double[] {1, 0}, new double[] {0, 1})
            : List.of(new double[] {3, -4});
    return new Piece(List.of(vertices), List.of(), new double[2], move, matrix);
  }

  private static Labels labels(String... values) {
    return new Labels("calibration of <f>", List.of("f0", "f1"), List.of(values));
  }

  @Test
  void aCalibrationShowsBothSidesAndHowFarOutputsMove() {
    MapPicture picture = new MapPicture(pieces(1, 0), false, labels("g0", "g1"));
    SvgDocument svg = SvgDocument.parse(picture.svg());
    for (String text :
        List.of(
            "calibration of <f>",
            "3 affine pieces",
            "outputs y",
            "calibrated outputs h(y)",
            "f0",
            "g1",
            "|h(y) - y|",
            "1")) {
      assertTrue(svg.texts().contains(text), text + " is not in " + svg.texts());
    }
    assertEquals(List.of("words", "outputs", "values", "scale"), svg.groups());
    String fills = svg.paths("outputs").stream().map(p -> p.getAttribute("fill")).toList() + "";
    assertTrue(fills.contains("#f8e625"), "the largest is the lightest: " + fills);
    assertEquals(picture.svg(), picture.svg());
    assertTrue(picture.image(1).getWidth() > 900);
  }

  @Test
  void otherMapsShowHowMuchTheyAmplify() {
    MapPicture states = new MapPicture(pieces(1, 0), true, labels("x0", "x1"));
    SvgDocument svg = SvgDocument.parse(states.svg());
    assertTrue(svg.texts().contains("|h'|, norm inf"), svg.texts()::toString);
    assertTrue(svg.texts().contains("states h(y)"), svg.texts()::toString);
    assertEquals(1, states.size(states.pieces().get(0)));
    MapPicture one = new MapPicture(pieces(5), false, labels("g0"));
    assertEquals(7, one.size(one.pieces().get(0)));
    assertFalse(SvgDocument.parse(one.svg()).groups().contains("values"));
  }

  @Test
  void aMapHasAPiece() {
    assertThrows(
        IllegalArgumentException.class, () -> new MapPicture(List.of(), false, labels("g0")));
  }
}
