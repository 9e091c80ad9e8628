package dev.crease.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.question.Units;
import dev.crease.regions.Region;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ConditionScaleTest {

  private static final double[] ONES = {1, 1};

  private static Region region(double a, double b, double c, double d) {
    List<double[]> triangle = List.of(new double[2], new double[] {1, 0}, new double[] {0, 1});
    double determinant = a * d - b * c;
    return new Region(
        triangle,
        triangle,
        determinant,
        (int) Math.signum(determinant),
        List.of(new double[] {a, b}, new double[] {c, d}));
  }

  /** Stretches one direction. */
  private static Region stretching(double by) {
    return region(by, 0, 0, -1);
  }

  private static Units units(double... scale) {
    ReluNetwork f =
        ReluNetwork.of(
            "id", List.of(Layer.linear(Matrix.of(new double[][] {{1, 0}, {0, 1}}), 0, 0)));
    Query query = Query.local(f, Norm.LINF, 0, 0);
    return scale.length == 0 ? query.units() : query.scaled(scale).units();
  }

  private static ConditionScale scale(double... conditions) {
    return ConditionScale.of(
        Stream.concat(
                Stream.of(region(1, 1, 1, 1)),
                Arrays.stream(conditions).mapToObj(ConditionScaleTest::stretching))
            .toList(),
        Norm.L2,
        units());
  }

  private static double operator(RealMatrix a, Norm norm) {
    return switch (norm) {
      case L1 -> a.getNorm1();
      case LINF -> a.transpose().getNorm1();
      case L2 -> new SingularValueDecomposition(a).getNorm();
    };
  }

  @ParameterizedTest
  @EnumSource
  void isTheProductOfBothOperatorNorms(Norm norm) {
    Random random = new Random(3);
    for (int k = 0; k < 200; k++) {
      double[] e =
          random.doubles(4, -1, 1).map(x -> x * Math.scalb(1, random.nextInt(9))).toArray();
      double[] s = {0.5 + random.nextDouble(), 0.1 + 9 * random.nextDouble()};
      RealMatrix a =
          new Array2DRowRealMatrix(
              new double[][] {{e[0] * s[0], e[1] * s[1]}, {e[2] * s[0], e[3] * s[1]}});
      double expected = operator(a, norm) * operator(MatrixUtils.inverse(a), norm);
      double found = ConditionScale.condition(region(e[0], e[1], e[2], e[3]), norm, s);
      assertEquals(1, found / expected, 1e-9, a + " " + norm);
    }
    assertEquals(1, ConditionScale.condition(region(0, -3, 3, 0), norm, ONES));
    assertEquals(1e200, ConditionScale.condition(region(1e100, 0, 0, 1e-100), norm, ONES), 1e186);
  }

  @Test
  void stepsAreLogarithmicAndSingularRegionsApart() {
    ConditionScale decades = scale(2, 3e5);
    assertEquals(0, decades.shade(region(1, 1, 1, 1)));
    assertEquals(1, decades.shade(stretching(9)));
    assertEquals(2, decades.shade(stretching(11)));
    assertEquals(2, decades.shade(stretching(1.0 / 11)));
    assertEquals(6, decades.shade(stretching(3e5)));
    // Rounded to nothing, but not singular.
    Region steep =
        new Region(List.of(), List.of(), 0, 1, List.of(new double[] {1, 1}, new double[] {1, 1}));
    assertEquals(6, decades.shade(steep));
    assertEquals(8, scale(1e9).shade(stretching(1e8)));
    assertEquals(7, scale(1e9).shade(stretching(5e6)));
    assertEquals(1, scale(1.5).shade(stretching(1.5)));
    assertEquals(3, scale(2, 8).shade(stretching(7)));
    assertEquals(4, scale(2, 800).shade(stretching(70)));
  }

  @Test
  void colorsDarkenWithTheCondition() {
    ConditionScale scale = scale(3e5);
    double before = 1;
    for (int shade = 1; shade <= 6; shade++) {
      Color c = scale.color(shade);
      double light = (0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue()) / 255;
      assertTrue(light < before - 0.05, shade + ": " + light);
      assertNotEquals(RegionScale.SINGULAR, c);
      before = light;
    }
    assertEquals(RegionScale.SINGULAR, scale.color(0));
  }

  /** The left half is flattened to a line, the right one stretched sixfold in one direction. */
  @Test
  void picturesSayItInALegend() {
    ReluNetwork f =
        ReluNetwork.of(
            "half",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1, 0}, {0, 1}, {0, -1}}), 0, 0, 0),
                Layer.linear(Matrix.of(new double[][] {{6, 0, 0}, {0, 1, -1}}), 0, 0)));
    for (boolean isScaled : new boolean[] {false, true}) {
      Query plain = Query.local(f, Norm.L2, 1, 0);
      RadiusPicture by = Pictures.picture(Pictures.result(plain, 0.5, Optional.empty()), "half");
      Query query = isScaled ? plain.scaled(1, 2) : plain;
      SvgDocument svg =
          SvgDocument.parse(
              new RadiusPicture(
                      Pictures.result(query, 0.5, Optional.empty()),
                      by.map(),
                      by.preimages(),
                      by.labels(),
                      RegionColor.CONDITION)
                  .svg());
      String name = isScaled ? "cond J S" : "cond J";
      for (String text :
          List.of(
              name,
              "singular regions: infinite condition",
              "1",
              "2",
              "4 linear regions; "
                  + name
                  + " is the condition number in norm 2"
                  + (isScaled ? ", with the scale S" : ""))) {
        assertTrue(svg.texts().contains(text), text + " in " + svg.texts());
      }
      // Grey on the left; on the right the last step to 10, or with J S = diag(6, 2) to 5.
      List<String> fills =
          svg.paths("regions").stream()
              .filter(SvgDocument::isFilled)
              .map(e -> e.getAttribute("fill"))
              .toList();
      assertEquals(List.of("#9b9b9b", "#5b1d5e"), fills);
      assertEquals(isScaled ? 2 : 3, bars(svg));
    }
  }

  /** Filled areas of the scale; its border is stroked. */
  private static long bars(SvgDocument svg) {
    return svg.paths("scale").stream()
        .filter(SvgDocument::isFilled)
        .map(Element::getTagName)
        .count();
  }
}
