package dev.crease.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModularRankTest {

  private static final BigInteger P = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

  @Test
  void doublesAreWhatTheyAreModuloThePrime() {
    Random random = new Random(1);
    for (int k = 0; k < 2000; k++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        continue;
      }
      BigDecimal exact = new BigDecimal(value);
      BigInteger expected =
          exact.unscaledValue().multiply(BigInteger.TEN.pow(exact.scale()).modInverse(P)).mod(P);
      assertEquals(expected.longValueExact(), ModularRank.of(value), () -> "of " + value);
    }
    assertEquals(1, ModularRank.of(1.0));
    assertEquals(0, ModularRank.of(-0.0));
  }

  @Test
  void ranksOfProductsAreTheirInnerDimension() {
    Random random = new Random(2);
    for (int inner = 0; inner <= 4; inner++) {
      long[][] matrix = new long[5][6];
      double[][] a = new double[5][inner];
      double[][] b = new double[inner][6];
      for (double[] row : a) {
        java.util.Arrays.setAll(row, i -> random.nextInt(19) - 9);
      }
      for (double[] row : b) {
        java.util.Arrays.setAll(row, i -> random.nextInt(19) - 9);
      }
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 6; j++) {
          double sum = 0;
          for (int t = 0; t < inner; t++) {
            sum += a[i][t] * b[t][j];
          }
          matrix[i][j] = ModularRank.of(sum);
        }
      }
      assertEquals(inner, ModularRank.of(matrix));
    }
  }

  /** Found by an attack: a slope below rounding made two neighbouring doubles a collision. */
  @Test
  void aSlopeBelowRoundingIsNoCollapse() {
    double big = 1e20;
    // big x + 1 x - big x: the slope is 1, and rounding hides it.
    ReluNetwork f =
        ReluNetwork.of(
            "hidden",
            List.of(
                Layer.linear(Matrix.of(new double[][] {{big}, {1}, {-big}}), 0, 0, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 1}}), 0)));
    Query query = Query.pseudo(f, Norm.LINF, 1).upTo(2);
    assertTrue(Witness.replay(query, new double[] {Math.nextUp(1.0)}, new double[] {1}).isEmpty());
    assertTrue(Witness.replay(query, new double[] {1.5}, new double[] {1}).isEmpty());
  }

  /**
   * Found by an attack: rounding takes the centre to the flat side of a kink, and it is not there.
   */
  @Test
  void aFlatRegionCollidesWithACentreOnItsBorderOnlyExactly() {
    // 0.1 * 3 - 0.3 is 2.8e-17 for these doubles.
    Query beside = Query.pseudo(hinge(0.1, -0.3), Norm.LINF, 3).upTo(2);
    assertTrue(Witness.replay(beside, new double[] {2}, new double[] {3}).isEmpty());
    Query on = Query.pseudo(hinge(1, -3), Norm.LINF, 3).upTo(2);
    assertTrue(Witness.replay(on, new double[] {2}, new double[] {3}).isPresent());
  }

  private static ReluNetwork hinge(double slope, double bias) {
    return ReluNetwork.of(
        "hinge",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{slope}}), bias),
            Layer.linear(Matrix.of(new double[][] {{1}}), 0)));
  }
}
