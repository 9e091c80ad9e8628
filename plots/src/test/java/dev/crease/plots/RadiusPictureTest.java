package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Claim;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Terms;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Region;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class RadiusPictureTest {

  private static long pieces(SvgDocument svg, String group) {
    return svg.paths(group).stream().mapToLong(SvgDocument::pieces).sum();
  }

  @Test
  void showsEveryRegionFacetAndFoldOnce() {
    SvgDocument svg = SvgDocument.parse(Pictures.local(Norm.LINF).svg());
    List<Element> filled = svg.paths("regions").stream().filter(SvgDocument::isFilled).toList();
    // One colour for each sign, two quadrants in each.
    assertEquals(2, filled.size());
    assertEquals(4, filled.stream().mapToLong(SvgDocument::pieces).sum());
    assertEquals(4, pieces(svg, "borders"));
    assertEquals(2, pieces(svg, "folds"));
    assertEquals(4, pieces(svg, "images"));
    assertEquals(2, pieces(svg, "image-folds"));
  }

  @Test
  void saysWhatItShows() {
    SvgDocument svg = SvgDocument.parse(Pictures.local(Norm.LINF).svg());
    for (String text :
        List.of(
            "local",
            "4 linear regions",
            "x0",
            "x1",
            "f0",
            "f1",
            "det J",
            "c",
            "x",
            "x'",
            "f(c)",
            "f(x) = f(x')",
            "centre c",
            "certified r = 0.75",
            "other preimages of f(c)",
            "fold J\u2080, where det J changes sign")) {
      assertTrue(svg.texts().contains(text), text + " in " + svg.texts());
    }
    assertTrue(svg.texts().stream().anyMatch(t -> t.startsWith("refuted r = 1.5")), () -> "" + svg);
    assertFalse(svg.texts().contains("singular regions"));
    for (Element text : svg.paths("words")) {
      assertTrue(Double.parseDouble(text.getAttribute("font-size")) >= 11);
    }
  }

  @Test
  void ticksCoverTheWindow() {
    List<String> texts = SvgDocument.parse(Pictures.local(Norm.LINF).svg()).texts();
    assertTrue(
        texts.containsAll(List.of("\u22122", "\u22121", "0", "1", "2", "3", "4")),
        texts.toString());
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void bordersOfBallsAreAtTheRadius(Norm norm) {
    double[] center = {1, 0.25};
    Query query = Query.local(Pictures.fold(0, 1), norm, center);
    for (double[] point : Outline.of(query, 0.75)) {
      assertEquals(0.75, norm.distance(point, center), 1e-12);
    }
    for (double[] point : Outline.of(query.scaled(2, 0.5), 0.75)) {
      double[] u = {(point[0] - 1) / 2, (point[1] - 0.25) / 0.5};
      assertEquals(0.75, norm.of(u), 1e-12);
    }
    SvgDocument svg = SvgDocument.parse(Pictures.local(norm).svg());
    // White below, the certified ball, the refuted one.
    assertEquals(3, svg.paths("balls").size());
    assertFalse(svg.paths("balls").get(2).getAttribute("stroke-dasharray").isEmpty());
  }

  @ParameterizedTest
  @EnumSource(PictureFormat.class)
  void sameValuesGiveTheSameBytes(PictureFormat format) {
    assertArrayEquals(
        format.render(Pictures.local(Norm.L2)), format.render(Pictures.local(Norm.L2)));
  }

  @Test
  void pngIsTwiceTheSizeOfTheSvgAndHasItsColours() throws IOException {
    RadiusPicture picture = Pictures.local(Norm.LINF);
    Element root = SvgDocument.parse(picture.svg()).document().getDocumentElement();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PictureFormat.PNG.render(picture)));
    assertEquals(
        Math.ceil(2 * Double.parseDouble(root.getAttribute("width"))), image.getWidth(), 1);
    assertEquals(
        Math.ceil(2 * Double.parseDouble(root.getAttribute("height"))), image.getHeight(), 1);
    List<Element> filled =
        SvgDocument.parse(picture.svg()).paths("regions").stream()
            .filter(SvgDocument::isFilled)
            .toList();
    for (Element path : filled) {
      int color = Color.decode(path.getAttribute("fill")).getRGB();
      int found = 0;
      for (int x = 0; x < image.getWidth(); x++) {
        found += image.getRGB(x, 300) == color ? 1 : 0;
      }
      assertTrue(found > 100, path.getAttribute("fill"));
    }
  }

  @Test
  void withoutTwoOutputsThereIsOnePanelWithoutDeterminants() {
    Query query = Query.local(Pictures.fold(0), Norm.LINF, 1, 0.25);
    SvgDocument svg =
        SvgDocument.parse(
            Pictures.picture(Pictures.result(query, 0, Optional.empty()), "one").svg());
    assertFalse(svg.groups().contains("outputs"));
    assertFalse(svg.texts().contains("det J"));
    assertFalse(svg.texts().stream().anyMatch(t -> t.startsWith("certified")));
    assertFalse(svg.texts().contains("singular regions"));
    assertEquals(1, svg.paths("regions").stream().filter(SvgDocument::isFilled).count());
  }

  @Test
  void longTitlesHaveRoom() {
    Query query = Query.local(Pictures.fold(0), Norm.LINF, 1, 0.25);
    String title = "a title of some seventy letters, as they are with a network's long name";
    Element root =
        SvgDocument.parse(
                Pictures.picture(Pictures.result(query, 0, Optional.empty()), title).svg())
            .document()
            .getDocumentElement();
    assertTrue(Double.parseDouble(root.getAttribute("width")) >= 0.55 * 12 * title.length());
  }

  @Test
  void flattenedRegionsAreGrey() {
    ReluNetwork flat =
        ReluNetwork.of(
            "flat",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1, 0}, {0, 1}}), 0, 0),
                Layer.linear(Matrix.identity(2), 0, 0)));
    Query query = Query.local(flat, Norm.LINF, 1, 1);
    SvgDocument svg =
        SvgDocument.parse(
            Pictures.picture(Pictures.result(query, 1, Optional.empty()), "flat").svg());
    assertTrue(svg.texts().contains("singular regions"));
    assertTrue(
        svg.paths("regions").stream().anyMatch(p -> p.getAttribute("fill").equals("#9b9b9b")));
    // Points and lines only: nothing to fill.
    assertEquals(1, pieces(svg, "images"));
  }

  @Test
  void preimagesOfMoreThanAPointAreDrawn() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0.5, Optional.empty());
    double[] a = {0, 0};
    double[] b = {1, 1};
    double[] c = {0, 1};
    for (var preimage : List.of(Pictures.hull(a, b), Pictures.hull(a, b, c))) {
      SvgDocument with = SvgDocument.parse(Pictures.picture(result, "more", preimage).svg());
      SvgDocument without = SvgDocument.parse(Pictures.picture(result, "more").svg());
      assertEquals(without.paths("sets").size() + 3, with.paths("sets").size());
    }
  }

  @Test
  void pseudoInvertibilityNamesOnePoint() {
    Query query = Query.pseudo(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var witness = dev.crease.witness.Witness.replay(query, new double[] {-1, 0.25}, query.center());
    List<String> texts =
        SvgDocument.parse(Pictures.picture(Pictures.result(query, 1.9, witness), "pseudo").svg())
            .texts();
    assertTrue(texts.contains("x"));
    assertFalse(texts.contains("x'"));
    assertTrue(texts.contains("x with f(x) = f(c)"));
  }

  @Test
  void aCollisionIsNotAlsoAnotherPreimage() {
    Query query = Query.pseudo(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var witness = dev.crease.witness.Witness.replay(query, new double[] {-1, 0.25}, query.center());
    List<String> texts =
        SvgDocument.parse(
                Pictures.picture(
                        Pictures.result(query, 1.9, witness), "pseudo", Pictures.point(-1, 0.25))
                    .svg())
            .texts();
    assertFalse(texts.contains("other preimages of f(c)"), texts.toString());
  }

  @Test
  void theLegendHasOnlyWhatIsShown() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0.5, Optional.empty());
    RegionMap far = PlanarRegions.of(query.f(), Window.around(new double[] {5, 5}, 1));
    List<String> texts = SvgDocument.parse(Pictures.picture(result, far, "far").svg()).texts();
    assertFalse(texts.contains("centre c"), texts.toString());
    assertFalse(texts.stream().anyMatch(t -> t.startsWith("certified")), texts.toString());
  }

  @Test
  void aClaimIsDrawnApartAndDashed() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    Terms none = Terms.none();
    RadiusResult result =
        Pictures.result(query, 0.5, Optional.empty()).toBuilder()
            .claimed(
                Optional.of(new Claim(0.75, Assurance.SOLVER, "test", "test", 1e-3, false, none)))
            .build();
    SvgDocument svg = SvgDocument.parse(Pictures.picture(result, "claimed").svg());
    List<String> texts = svg.texts();
    assertTrue(texts.contains("certified r = 0.5"), texts.toString());
    assertTrue(texts.contains("claimed r = 0.75, not proved"), texts.toString());
    long dashed =
        svg.paths("balls").stream().filter(p -> p.hasAttribute("stroke-dasharray")).count();
    assertEquals(1, dashed);
  }

  @Test
  void aRingStandsForABallTooSmallToDraw() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 1e-6, Optional.empty());
    List<String> texts = SvgDocument.parse(Pictures.picture(result, "tiny").svg()).texts();
    assertTrue(texts.contains("(a ring: too small to draw)"), texts.toString());
    assertTrue(texts.stream().anyMatch(t -> t.startsWith("certified r = ")), texts.toString());
  }

  @Test
  void transformationsSayWhoseDeterminantIsShown() {
    Query query =
        Query.transformation(Pictures.fold(0, 1), Pictures.fold(1, 0), Norm.LINF, 1, 0.25);
    List<String> texts =
        SvgDocument.parse(
                Pictures.picture(Pictures.result(query, 0.5, Optional.empty()), "two").svg())
            .texts();
    assertTrue(
        texts.stream().anyMatch(t -> t.endsWith("; det J and outputs are those of fold")),
        texts.toString());
  }

  @Test
  void wordsMayBeAnything() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0.5, Optional.empty());
    String title = "a<b> & \"c\" \u00e9 \ud83d\ude00";
    assertTrue(SvgDocument.parse(Pictures.picture(result, title).svg()).texts().contains(title));
    assertTrue(
        SvgDocument.parse(Pictures.picture(result, "\u0001\ud800\uffff").svg())
            .texts()
            .contains("\ufffd\ufffd\ufffd"));
  }

  @Test
  void saysWhenRegionsAreMissing() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0.5, Optional.empty());
    Window window = Window.around(query.center(), 2);
    RegionMap none = new RegionMap(window, List.of(), false);
    assertTrue(
        SvgDocument.parse(Pictures.picture(result, none, "none").svg())
            .texts()
            .contains("incomplete: only 0 linear regions are drawn"));
  }

  @Test
  void fiveThousandRegionsStaySmall() {
    Query query = Query.local(Pictures.fold(0, 1), Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0.5, Optional.empty());
    String svg = Pictures.picture(result, grid(query.center(), 71), "many").svg();
    assertTrue(svg.length() < 1_000_000, () -> svg.length() + " characters");
    assertTrue(SvgDocument.parse(svg).paths("regions").size() <= 2 * 33);
    assertTrue(SvgDocument.parse(svg).texts().contains("5,041 linear regions"));
  }

  /** A chessboard of squares with determinants of many sizes. */
  private static RegionMap grid(double[] center, int count) {
    Window window = Window.around(center, 3);
    Interval x = window.sides().get(0);
    Interval y = window.sides().get(1);
    double step = (x.upper() - x.lower()) / count;
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        List<double[]> corners = new ArrayList<>();
        for (int[] at : new int[][] {{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
          corners.add(
              new double[] {x.lower() + (i + at[0]) * step, y.lower() + (j + at[1]) * step});
        }
        int sign = (i + j) % 2 == 0 ? 1 : -1;
        regions.add(new Region(corners, corners, sign * (i * j + 1) / 100.0, sign, List.of()));
      }
    }
    return new RegionMap(window, regions, true);
  }

  @Test
  void aTrainedNetworkStaysSmall() {
    ReluNetwork f =
        NetworkFiles.read(Path.of("../examples/brusselator-b.onnx")).fixInputs(Map.of(2, 2.1));
    Query query = Query.local(f, Norm.LINF, 1.801, 1.23);
    RegionMap map = PlanarRegions.of(f, Window.around(query.center(), 1.7));
    String svg =
        Pictures.picture(Pictures.result(query, 0.7589, Optional.empty()), map, "trained").svg();
    assertTrue(map.regions().size() > 2_000, () -> map.regions().size() + " regions");
    assertTrue(svg.length() < 600_000, () -> svg.length() + " characters");
    assertTrue(pieces(SvgDocument.parse(svg), "folds") > 10);
  }

  @Test
  void tinyWindowsAndFlatImagesHaveAxes() {
    ReluNetwork zero =
        ReluNetwork.of("zero", List.of(Layer.linear(Matrix.of(new double[2][2]), 3, 0)));
    Query query = Query.local(zero, Norm.LINF, 1, 0.25);
    var result = Pictures.result(query, 0, Optional.empty());
    RegionMap map = PlanarRegions.of(zero, Window.around(query.center(), 1e-9));
    SvgDocument.parse(Pictures.picture(result, map, "zero").svg());
  }

  @Test
  void refusesWhatHasNoTwoInputs() {
    ReluNetwork wide =
        ReluNetwork.of("wide", List.of(Layer.linear(Matrix.of(new double[2][3]), 0, 0)));
    Query three = Query.local(wide, Norm.LINF, 1, 1, 1);
    RegionMap map = new RegionMap(Window.around(new double[] {1, 1}, 1), List.of(), true);
    assertThrows(
        IllegalArgumentException.class,
        () -> Pictures.picture(Pictures.result(three, 0, Optional.empty()), map, "three"));
    Query shared =
        Query.local(Pictures.fold(0, 1), Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(0, 1)), 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> Pictures.picture(Pictures.result(shared, 0, Optional.empty()), map, "shared"));
    Query two = Query.local(Pictures.fold(0, 1), Norm.LINF, 0, 0);
    RegionMap other = new RegionMap(Window.around(new double[3], 1), List.of(), true);
    assertThrows(
        IllegalArgumentException.class,
        () -> Pictures.picture(Pictures.result(two, 0, Optional.empty()), other, "other"));
  }

  @Test
  void formatsAreToldByTheEnding() {
    assertEquals(Optional.of(PictureFormat.SVG), PictureFormat.of(Path.of("a/b.SVG")));
    assertEquals(Optional.of(PictureFormat.PNG), PictureFormat.of(Path.of("b.png")));
    assertEquals(Optional.empty(), PictureFormat.of(Path.of("b.pdf")));
    assertEquals(Optional.empty(), PictureFormat.of(Path.of("svg")));
  }
}
