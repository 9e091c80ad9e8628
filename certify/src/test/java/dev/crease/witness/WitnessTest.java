package dev.crease.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What passes for a collision, and how far away it is said to be. */
class WitnessTest {

  /** {@code 1 + slope |x|}, {@code outputs} times. */
  private static ReluNetwork flatValley(double slope, int outputs) {
    double[][] last = new double[outputs][];
    double[] bias = new double[outputs];
    java.util.Arrays.fill(last, new double[] {slope, slope});
    java.util.Arrays.fill(bias, 1);
    return ReluNetwork.of(
        "flat valley",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), 0, 0),
            Layer.linear(Matrix.of(last), bias)));
  }

  private static ReluNetwork hinge(double slope, double bias) {
    return ReluNetwork.of(
        "hinge",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{slope}}), bias),
            Layer.linear(Matrix.of(new double[][] {{1}}), 0)));
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

  /**
   * Found by an attack: the slope is (p - q) for two products that are equal modulo the prime
   * {@code 2^61 - 1}, so that a rank modulo that prime called the map singular.
   */
  @Test
  void aRankIsNotThatModuloAPrime() {
    double p = 0x1p60;
    // (2^60 (1 - 1) + 2^-61 - 1) x: 2^-61 and 1 are the same modulo 2^61 - 1.
    ReluNetwork f =
        ReluNetwork.of(
            "modular",
            List.of(
                Layer.linear(Matrix.of(new double[][] {{1}, {1}, {0x1p-61}, {1}}), 0, 0, 0, 0),
                Layer.linear(Matrix.of(new double[][] {{p, -p, 1, -1}}), 0)));
    Query query = Query.local(f, Norm.LINF, 0.25).upTo(1);
    double x = 0.25;
    assertTrue(Witness.replay(query, new double[] {x + 1e-9}, new double[] {x}).isEmpty());
    RadiusResult result =
        new SplittingCertifier().check(query, 1, CertifyOptions.defaults(), CertifyListener.none());
    assertEquals(Verdict.HOLDS, Certifier.verdict(result), result::toString);
  }

  /** Found by an attack: 2e-6 beside the exact collision the outputs agree to the last bit. */
  @Test
  void aCollisionIsWhereItIsExact() {
    double slope = 0x1p-36;
    for (int outputs = 1; outputs <= 2; outputs++) {
      Query query = Query.pseudo(flatValley(slope, outputs), Norm.LINF, 0.3).upTo(1);
      double beside = -0.3 + 2e-6;
      Witness witness =
          Witness.replay(query, new double[] {beside}, new double[] {0.3}).orElseThrow();
      assertTrue(witness.radius() >= 0.6 - 1e-15, "at " + witness.radius());
      assertTrue(witness.refined(query).exact().isPresent());
      assertEquals(0.6, witness.refined(query).radius(), 1e-15);
    }
  }

  @Test
  void aCheckJustBelowTheExactCollisionDoesNotRefute() {
    Query query = Query.pseudo(flatValley(0x1p-36, 1), Norm.LINF, 0.3);
    for (double radius : new double[] {0.5999, 0.599998, 0.5999999}) {
      RadiusResult result =
          new SplittingCertifier()
              .check(query, radius, CertifyOptions.defaults(), CertifyListener.none());
      assertFalse(result.isRefuted(), result::toString);
    }
  }

  /** Balls are closed: 1 and -1 collide exactly, and nothing nearer does. */
  @Test
  void aCollisionOnTheBorderCounts() {
    // (|x|, x - 2 max(0, x - 1/2) + 2 max(0, -x - 1/2)): 1 and -1 both give (1, 0).
    ReluNetwork curve =
        ReluNetwork.of(
            "curve",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}, {-1}}), 0, 0, -0.5, -0.5),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 0, 0}, {1, -1, -2, 2}}), 0, 0)));
    Query query = Query.local(curve, Norm.L1, 0).upTo(1);
    Witness witness =
        Witness.replay(query, new double[] {Math.nextUp(1.0)}, new double[] {-1}).orElseThrow();
    assertEquals(1, witness.radius());
    assertTrue(witness.exact().isPresent());
  }

  /** On a region of lower rank collisions come as near to the centre as one likes. */
  @Test
  void aCollapseRefutesEveryRadius() {
    ReluNetwork f =
        ReluNetwork.of(
            "collapsed",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{0.8, 0.2}, {0, 0}}), 5, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 0}, {0, 0}}), 0, 0)));
    for (Query query :
        List.of(Query.local(f, Norm.LINF, 0.3, 0.2), Query.pseudo(f, Norm.L2, 0.3, 0.2))) {
      RadiusResult result =
          new SplittingCertifier().radius(query, CertifyOptions.defaults(), CertifyListener.none());
      assertEquals(0, result.refuted().orElseThrow(), result::toString);
      assertEquals(StopReason.COMPLETE, result.stop());
    }
  }
}
