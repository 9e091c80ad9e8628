package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.plots.SweepPicture.Spot;
import dev.crease.plots.SweepPicture.State;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SweepPictureTest {

  private static final List<String> TWO = List.of("x0", "x1");

  /** Three by three centres with the radii 0, 1, ..., 8; the last failed. */
  private static List<Spot> spots() {
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      State state = i == 8 ? State.FAILED : i == 4 ? State.OPEN : State.CLOSED;
      spots.add(Spot.of(new double[] {i / 3, i % 3}, i, state));
    }
    return spots;
  }

  private static SweepPicture map(SweepPicture.Arrangement arrangement) {
    return new SweepPicture(spots(), arrangement, 7, "local <f>", TWO);
  }

  @Test
  void aGridIsOfSquaresWithAScaleAndSignsThatTheLegendNames() {
    SvgDocument svg = SvgDocument.parse(map(new SweepPicture.Grid(List.of(1.0, 1.0))).svg());
    List<String> texts = svg.texts();
    for (String text :
        List.of(
            "local <f>",
            "9 centres, 1 of them failed",
            "x0",
            "x1",
            "certified radius",
            "\u2265 7",
            "nothing certified",
            "stopped before: may be larger",
            "failed: no answer")) {
      assertTrue(texts.contains(text), text + " is not in " + texts);
    }
    assertFalse(svg.groups().contains("trajectory"));
    String fills = svg.paths("answers").stream().map(p -> p.getAttribute("fill")).toList() + "";
    assertTrue(fills.contains("#fde725"), "the largest is the lightest: " + fills);
  }

  @Test
  void aClaimBeyondWhatIsCertifiedHasASign() {
    Spot claimed = Spot.of(new double[] {0}, 0.25, OptionalDouble.of(0.5), State.OPEN);
    Spot closed = Spot.of(new double[] {1}, 0.25, State.CLOSED);
    List<String> one =
        SvgDocument.parse(
                new SweepPicture(
                        List.of(claimed, closed),
                        new SweepPicture.Scattered(),
                        1,
                        "curve",
                        List.of("x0"))
                    .svg())
            .texts();
    assertTrue(one.contains("claimed radius"), one.toString());
    assertTrue(one.contains("claimed to be larger: not proved"), one.toString());
    assertFalse(one.contains("stopped before: may be larger"), one.toString());
    Spot there = Spot.of(new double[] {0, 1}, 0, OptionalDouble.of(0.5), State.OPEN);
    List<String> two =
        SvgDocument.parse(
                new SweepPicture(List.of(there), new SweepPicture.Scattered(), 1, "map", TWO).svg())
            .texts();
    assertTrue(two.contains("claimed to be larger: not proved"), two.toString());
    assertThrows(
        IllegalArgumentException.class,
        () -> Spot.of(new double[] {0}, 0.25, OptionalDouble.of(0.25), State.OPEN));
  }

  @Test
  void aTrajectoryIsALineThroughItsPointsInTheirOrder() {
    SvgDocument svg = SvgDocument.parse(map(new SweepPicture.Trajectory()).svg());
    assertEquals(1, svg.paths("trajectory").size());
    assertTrue(svg.texts().contains("trajectory"));
  }

  @Test
  void oneInputMakesACurveFromLeftToRight() {
    List<Spot> spots =
        List.of(
            Spot.of(new double[] {2}, 0.5, State.CLOSED),
            Spot.of(new double[] {1}, 0, State.CLOSED),
            Spot.of(new double[] {3}, 0, State.FAILED));
    SweepPicture picture =
        new SweepPicture(spots, new SweepPicture.Scattered(), 10, "local f", List.of("x0"));
    SvgDocument svg = SvgDocument.parse(picture.svg());
    assertEquals(1, svg.paths("curve").size());
    assertTrue(svg.texts().containsAll(List.of("x0", "certified radius", "failed: no answer")));
  }

  @Test
  void imagesAndDocumentsAreTheSameEachTime() {
    SweepPicture picture = map(new SweepPicture.Scattered());
    assertEquals(picture.svg(), map(new SweepPicture.Scattered()).svg());
    BufferedImage image = picture.image(1);
    assertTrue(image.getWidth() > 400 && image.getHeight() > 400);
  }

  @Test
  void whatIsDegenerateIsDrawn() {
    Spot spot = Spot.of(new double[] {1, 1}, 0, State.FAILED);
    SweepPicture one =
        new SweepPicture(
            List.of(spot), new SweepPicture.Grid(List.of(0.0, 0.0)), 10, "local f", TWO);
    assertTrue(SvgDocument.parse(one.svg()).texts().contains("1 centre, 1 of them failed"));
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SweepPicture(List.of(), new SweepPicture.Scattered(), 1, "", TWO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SweepPicture(spots(), new SweepPicture.Scattered(), 1, "", List.of("x0")));
    assertThrows(
        IllegalArgumentException.class, () -> Spot.of(new double[] {1}, Double.NaN, State.CLOSED));
  }

  @Test
  void coloursGrowLighterWithTheRadius() {
    RadiusScale scale = RadiusScale.of(2, 10);
    double before = -1;
    for (double r = 0; r <= 2; r += 0.01) {
      Color c = scale.color(r);
      double lightness = 0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue();
      assertTrue(lightness >= before - 1, "at " + r);
      before = lightness;
    }
  }
}
