package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.ExactCollision;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/**
 * What random networks never show: each answer is known in closed form and proved by the checker.
 */
class DegenerateTest {

  private static ReluNetwork network(String name, double[][] w1, double[] b1, double[][] w2) {
    return ReluNetwork.of(
        name,
        List.of(Layer.relu(Matrix.of(w1), b1), Layer.linear(Matrix.of(w2), new double[w2.length])));
  }

  /**
   * The piecewise linear {@code z -> z^2}: {@code (|x| - |y|, (|x + y| - |x - y|) / 2)}. All eight
   * determinants are positive, yet it winds twice around 0: {@code f(x) = f(-x)}.
   */
  private static ReluNetwork square() {
    return network(
        "square",
        new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}},
        new double[8],
        new double[][] {{1, 1, -1, -1, 0, 0, 0, 0}, {0, 0, 0, 0, .5, .5, -.5, -.5}});
  }

  @Test
  void coherentCellsThatTouchInAVertexOnlyCollide() {
    RadiusResult local = Proofs.proved(Query.local(square(), Norm.LINF, 1, 0.25));
    assertEquals(1, Proofs.radius(local));
    assertEquals(1.25, Proofs.radius(Proofs.proved(Query.local(square(), Norm.L1, 1, 0.25))));
    RadiusResult round = Proofs.proved(Query.local(square(), Norm.L2, 1, 0.25));
    assertEquals(new BigFraction(17, 16), round.evidence().radius().orElseThrow().upper());
    ExactCollision collision = round.evidence().collision().orElseThrow();
    assertFalse(collision.isAttained());
    assertEquals(List.of(BigFraction.ZERO, BigFraction.ZERO), collision.p());
  }

  @Test
  void theOtherRootIsTheOnlyPreimage() {
    assertEquals(2, Proofs.radius(Proofs.proved(Query.pseudo(square(), Norm.LINF, 1, 0.25))));
    assertEquals(2.5, Proofs.radius(Proofs.proved(Query.pseudo(square(), Norm.L1, 1, 0.25))));
  }

  @Test
  void theBranchPointItselfHasRadiusZero() {
    RadiusResult at = Proofs.proved(Query.local(square(), Norm.LINF, 0, 0));
    assertEquals(0, at.certified());
    assertEquals(0, Proofs.radius(at));
    // Only 0 is sent to 0.
    assertTrue(Proofs.proved(Query.pseudo(square(), Norm.LINF, 0, 0).upTo(3)).holdsEverywhere());
  }

  private static ReluNetwork positivePart() {
    return network(
        "positive",
        new double[][] {{1, 0}, {0, 1}},
        new double[2],
        new double[][] {{1, 0}, {0, 1}});
  }

  @Test
  void deadRegionsEndTheRadius() {
    for (Norm norm : Norm.values()) {
      assertEquals(
          1, Proofs.radius(Proofs.proved(Query.local(positivePart(), norm, 1, 2))), norm.label());
      assertTrue(Proofs.proved(Query.pseudo(positivePart(), norm, 1, 2).upTo(5)).holdsEverywhere());
    }
  }

  @Test
  void aCentreInADeadRegionOrOnItsBorderHasRadiusZero() {
    for (double[] c : new double[][] {{1, -1}, {-1, -1}, {1, 0}, {0, 0}, {-2, 0}}) {
      RadiusResult local = Proofs.proved(Query.local(positivePart(), Norm.LINF, c));
      assertEquals(0, local.certified());
      assertEquals(0, Proofs.radius(local));
      RadiusResult pseudo = Proofs.proved(Query.pseudo(positivePart(), Norm.LINF, c));
      assertEquals(0, Proofs.radius(pseudo));
    }
  }

  /** The identity, from neurons that share lines, are multiples of each other, or do nothing. */
  private static ReluNetwork identity() {
    return network(
        "identity",
        new double[][] {
          {1, 0}, {-1, 0}, {2, 0}, {-2, 0}, {0, 1}, {0, -1}, {0, 3}, {1, 1}, {-1, -1}, {1, 1},
          {0, 0}
        },
        new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
        new double[][] {
          {0, 0, .5, -.5, 0, 0, 0, 1, -1, -1, 0}, {0, 0, 0, 0, 1, -1, 0, 1, 0, -1, 7}
        });
  }

  @Test
  void neuronsThatShareALineAreNoFold() {
    // Its first output is x + (relu(s) - relu(-s) - relu(s)), s = x + y: bent along s = 0.
    ReluNetwork f = identity();
    double[] at = f.evaluate(1, 2);
    assertEquals(1, at[0]);
    RadiusResult result = Proofs.proved(Query.local(f, Norm.LINF, 1, 2).upTo(6));
    // For s < 0 the first output is x + s = 2 x + y, the second y: no fold there either.
    assertTrue(result.holdsEverywhere(), result::toString);
  }

  @Test
  void aFoldThroughTheCentreHasRadiusZero() {
    ReluNetwork fold =
        network(
            "fold",
            new double[][] {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}},
            new double[4],
            new double[][] {{1, 1, 0, 0}, {0, 0, 1, -1}});
    for (Norm norm : Norm.values()) {
      RadiusResult result = Proofs.proved(Query.local(fold, norm, 0.5, -0.5));
      assertEquals(0, Proofs.radius(result));
    }
    // |x + y| = 1 at the distance 1/2 from (1, 1) in L-infinity, and on its mirror image.
    assertEquals(1, Proofs.radius(Proofs.proved(Query.local(fold, Norm.LINF, 1, 1))));
    assertEquals(2, Proofs.radius(Proofs.proved(Query.local(fold, Norm.L1, 1, 1))));
    RadiusResult round = Proofs.proved(Query.local(fold, Norm.L2, 1, 1));
    assertEquals(new BigFraction(2), round.evidence().radius().orElseThrow().upper());
    assertTrue(round.evidence().radius().orElseThrow().isExact());
  }

  @Test
  void aNetworkDeterminesItselfAlongEveryFold() {
    assertTrue(
        Proofs.proved(Query.transformation(square(), square(), Norm.LINF, 0.25, 0.125).upTo(1))
            .holdsEverywhere());
    assertTrue(
        Proofs.proved(
                Query.transformation(positivePart(), positivePart(), Norm.L1, 0.25, 0.125).upTo(1))
            .holdsEverywhere());
  }

  @Test
  void whatADeadRegionLosesIsNotDetermined() {
    ReluNetwork plain =
        ReluNetwork.of(
            "plain", List.of(Layer.linear(Matrix.of(new double[][] {{1, 0}, {0, 1}}), 0, 0)));
    for (Norm norm : Norm.values()) {
      assertEquals(
          1,
          Proofs.radius(
              Proofs.proved(Query.transformation(positivePart(), plain, norm, 1, 2).upTo(3))));
      assertTrue(
          Proofs.proved(Query.transformation(plain, positivePart(), norm, 1, 2).upTo(3))
              .holdsEverywhere());
    }
  }

  @Test
  void fewerOutputsAreNeverOneToOneAndMoreMayBe() {
    ReluNetwork narrow = square().selectOutputs(0);
    assertEquals(0, Proofs.radius(Proofs.proved(Query.local(narrow, Norm.LINF, 1, 0.25))));
    // A curve: (|x|, x) is an embedding of the line.
    ReluNetwork curve =
        ReluNetwork.of(
            "curve",
            List.of(
                Layer.of(
                    Matrix.of(new double[][] {{1}, {-1}, {1}}),
                    new double[3],
                    new boolean[] {true, true, false}),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 0}, {0, 0, 1}}), 0, 0)));
    assertTrue(Proofs.proved(Query.local(curve, Norm.LINF, 1).upTo(4)).holdsEverywhere());
    // A surface over the plane, (square, x): x tells the two roots apart except where x = 0.
    ReluNetwork surface =
        ReluNetwork.of(
            "surface",
            List.of(
                Layer.of(
                    Matrix.of(
                        new double[][] {
                          {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1},
                          {1, 0}
                        }),
                    new double[9],
                    new boolean[] {true, true, true, true, true, true, true, true, false}),
                Layer.linear(
                    Matrix.of(
                        new double[][] {
                          {1, 1, -1, -1, 0, 0, 0, 0, 0},
                          {0, 0, 0, 0, .5, .5, -.5, -.5, 0},
                          {0, 0, 0, 0, 0, 0, 0, 0, 1}
                        }),
                    0,
                    0,
                    0)));
    // Collisions are (0, y), (0, -y): from (1, 0.25) both are at least 1 away in L-infinity.
    assertEquals(1, Proofs.radius(Proofs.proved(Query.local(surface, Norm.LINF, 1, 0.25))));
  }

  /**
   * The nearest collision has both points equally far, and cuts alone close in on it too slowly.
   */
  @Test
  void boundsMeetWhereBothPointsAreEquallyFar() {
    ReluNetwork f =
        ReluNetwork.of(
            "pruned",
            List.of(
                Layer.relu(
                    Matrix.of(
                        new double[][] {
                          {0.0, -3.1732829124008735E-4, 0.0},
                          {0.0, 0.31479843629424564, 0.0},
                          {0.4115737106352728, 0.0, 0.0}
                        }),
                    0.0,
                    -0.03948160982546017,
                    -0.31288274310133557),
                Layer.linear(
                    Matrix.of(
                        new double[][] {
                          {0.48892194989187715, 0.048914909729842596, 0.0},
                          {-0.18227442618448064, 0.0, -0.36026795814582924}
                        }),
                    0.7658637911637387,
                    -0.1355649678752676)));
    ReluNetwork g =
        ReluNetwork.of(
            "other",
            List.of(
                Layer.relu(
                    Matrix.of(
                        new double[][] {
                          {-0.47712835757341054, 0.33001264348142545, -0.27946630518243704},
                          {0.2890454925544646, -0.6746052750759206, 0.0}
                        }),
                    -0.011046154732448868,
                    0.0),
                Layer.linear(
                    Matrix.of(new double[][] {{0.0, -0.8760419405038273}}), -0.18797200990525167)));
    double[] center = {0.8927723275536898, -0.7315047055048252, 0.21583099403787886};
    RadiusResult result =
        new RegionsCertifier()
            .radius(
                Query.transformation(f, g, Norm.L2, center).upTo(1.5),
                CertifyOptions.defaults(),
                CertifyListener.none());
    double refuted = result.refuted().orElseThrow();
    assertTrue(refuted - result.certified() <= 8 * Math.ulp(refuted), result::toString);
  }

  @Test
  void theDoublesDecideWhatIsGenericAndIntegersWhatIsNot() {
    assertEquals(0, exactSigns(dev.crease.testkit.Networks.random(5, 2, 12, 12, 2)));
    assertTrue(exactSigns(square()) > 0);
    assertTrue(exactSigns(identity()) > 0);
  }

  private static long exactSigns(ReluNetwork f) {
    double[] origin = new double[2];
    Subdivision subdivision = new Subdivision(new Stages(List.of(f), origin), origin, c -> 0);
    Cell box =
        Cell.box(
            2,
            Question.side(2, 0, -1),
            Question.side(2, 0, 1),
            Question.side(2, 1, -1),
            Question.side(2, 1, 1));
    assertTrue(subdivision.forEach(box, leaf -> true));
    assertTrue(subdivision.filtered() > 0);
    return subdivision.exactSigns();
  }
}
