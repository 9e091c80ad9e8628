package dev.crease.verifier;

import static dev.crease.verifier.TestMesh.point;
import static dev.crease.verifier.TestMesh.rational;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.Cover;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.ExactCollision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  static final ReluNetwork FOLD = Networks.fold(new double[] {1, 0}, new double[] {0, 1});

  /** (x, y) -> (|x| - |y|, (|x + y| - |x - y|) / 2): doubles every angle, turns nothing over. */
  static final ReluNetwork DOUBLED_ANGLE =
      ReluNetwork.of(
          "doubled-angle",
          List.of(
              Layer.relu(
                  Matrix.of(
                      new double[][] {
                        {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}
                      }),
                  new double[8]),
              Layer.linear(
                  Matrix.of(
                      new double[][] {
                        {1, 1, -1, -1, 0, 0, 0, 0}, {0, 0, 0, 0, 0.5, 0.5, -0.5, -0.5}
                      }),
                  0,
                  0)));

  static ReluNetwork linear(double[]... rows) {
    return ReluNetwork.of(
        "linear", List.of(Layer.linear(Matrix.of(rows), new double[rows.length])));
  }

  static void assertProved(TestCertificate certificate) {
    Verification.Accepted accepted =
        assertInstanceOf(Verification.Accepted.class, certificate.verify());
    assertTrue(accepted.isComplete(), accepted.toString());
  }

  static void assertRefused(String reason, TestCertificate certificate) {
    Verification.Refused refused =
        assertInstanceOf(Verification.Refused.class, certificate.verify());
    assertTrue(refused.reason().contains(reason), refused.reason());
    assertEquals(1, refused.reason().lines().count());
  }

  /** A mesh of the smallest box that holds the ball, cut along the kinks of the networks. */
  static TestCertificate boxed(Query query, double radius, int cells) {
    TestMesh mesh = TestMesh.box(query.center(), rational(radius), cells).cut(query.f());
    query.g().ifPresent(mesh::cut);
    return TestCertificate.of(query, mesh, rational(radius));
  }

  static ExactCollision collision(double[] p, double[] pPrime, double[] u, double[] uPrime) {
    return new ExactCollision(point(p), point(pPrime), point(u), point(uPrime));
  }

  @ParameterizedTest
  @EnumSource
  void aLineIsOneToOneUpToItsKink(Norm norm) {
    Query query = Query.local(Networks.absolute(3, 0.25), norm, 1);
    assertProved(boxed(query, 0.75 - 0x1p-52, 1));
    assertProved(boxed(query, 0.5, 4));
    assertRefused("turned over", boxed(query, 0.75 + 0x1p-52, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aPlaneIsOneToOneUpToItsFold(Norm norm) {
    Query query = Query.local(FOLD, norm, 1, 0.25);
    assertProved(boxed(query, 0.875, 3));
    assertProved(boxed(query, 1, 2));
    assertRefused("turned over", boxed(query, 1.125, 3));
  }

  @ParameterizedTest
  @EnumSource
  void upperEndsAtAFoldAreChecked(Norm norm) {
    Query query = Query.local(FOLD, norm, 1, 0.25);
    ExactCollision fold =
        collision(
            new double[] {0, 0.25},
            new double[] {0, 0.25},
            new double[] {0.5, 0.25},
            new double[] {-0.5, 0.25});
    Cover cover = TestMesh.box(query.center(), rational(0.75), 2).cut(FOLD).cover(rational(0.75));
    TestCertificate both = TestCertificate.of(query, Optional.of(cover), Optional.of(fold), 0.75);
    assertProved(both);
    Verification.Accepted accepted = (Verification.Accepted) both.verify();
    assertEquals(2, accepted.findings().size());
    assertEquals("local of fold, at (1.0, 0.25), norm " + norm, accepted.question());
    assertEquals(
        "lower: no two points share an output within 0.75: checked, on 8 simplices, 9 vertices",
        accepted.findings().get(0).text());
  }

  @ParameterizedTest
  @EnumSource
  void pseudoInvertibilityReachesBeyondTheFold(Norm norm) {
    Query query = Query.pseudo(FOLD, norm, 1, 0.25);
    assertProved(boxed(query, 1.875, 3));
    assertRefused("has another point with the centre's output", boxed(query, 2, 3));
    assertRefused("has another point with the centre's output", boxed(query, 2.25, 3));
    ExactCollision attained =
        collision(
            new double[] {-1, 0.25},
            new double[] {1, 0.25},
            new double[] {-1, 0.25},
            new double[] {1, 0.25});
    assertProved(TestCertificate.of(query, Optional.empty(), Optional.of(attained), 0));
  }

  @ParameterizedTest
  @EnumSource
  void oneToOneNetworksAreOneToOne(Norm norm) {
    assertProved(boxed(Query.local(Networks.oneToOne(2, 7), norm, 0.1, -0.2), 0.75, 2));
    assertProved(boxed(Query.pseudo(Networks.oneToOne(2, 7), norm, 0.1, -0.2), 0.75, 2));
    assertProved(boxed(Query.local(Networks.residual(2, 5, 3), norm, 0, 0), 1, 2));
  }

  @Test
  void threeInputsAreCheckedByPairs() {
    ReluNetwork residual = Networks.residual(3, 3, 5);
    assertProved(boxed(Query.local(residual, Norm.LINF, 0, 0, 0), 1, 1));
    assertProved(boxed(Query.pseudo(residual, Norm.L2, 0, 0, 0), 1, 1));
    ReluNetwork fold =
        ReluNetwork.of(
            "fold",
            List.of(
                Layer.of(
                    Matrix.of(new double[][] {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
                    new double[4],
                    new boolean[] {true, true, false, false}),
                Layer.linear(
                    Matrix.of(new double[][] {{1, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}),
                    0,
                    0,
                    0)));
    Query query = Query.local(fold, Norm.LINF, 0.5, 0, 0);
    assertProved(boxed(query, 0.5, 1));
    assertRefused("hold points that collide", boxed(query, 0.625, 1));
  }

  @ParameterizedTest
  @EnumSource
  void transformationsHoldWhereTheOutputDetermines(Norm norm) {
    ReluNetwork after = FOLD.then(Networks.oneToOne(1, 3));
    Query determined = Query.transformation(FOLD, after, norm, 0.25, 0.5);
    assertProved(boxed(determined, 1, 3));
    Query not = Query.transformation(FOLD, linear(new double[] {1, 2}), norm, 0.25, 0.5);
    assertProved(boxed(not, 0.25, 2));
    assertRefused("hold points that collide", boxed(not, 0.5, 2));
    Query back = Query.transformation(linear(new double[] {1, 2}), FOLD, norm, 0.25, 0.5);
    assertRefused("hold points that collide", boxed(back, 0x1p-20, 1));
  }

  @Test
  void imagesMayBeOfLowerOrHigherDimension() {
    ReluNetwork x = linear(new double[] {1, 0});
    assertProved(boxed(Query.transformation(x, x, Norm.LINF, 0, 0), 1, 2));
    assertProved(
        boxed(Query.transformation(x, linear(new double[] {-2, 0}), Norm.LINF, 0, 0), 1, 2));
    assertRefused(
        "collide",
        boxed(Query.transformation(x, linear(new double[] {1, 0x1p-60}), Norm.LINF, 0, 0), 1, 2));
    assertRefused("collide", boxed(Query.local(x, Norm.LINF, 0, 0), 1, 2));
    assertRefused("centre's output", boxed(Query.pseudo(x, Norm.LINF, 0, 0), 1, 2));
    ReluNetwork nothing = linear(new double[] {0, 0}, new double[] {0, 0});
    assertProved(boxed(Query.transformation(nothing, nothing, Norm.LINF, 0, 0), 1, 1));
    assertRefused("determinant 0", boxed(Query.local(nothing, Norm.LINF, 0, 0), 1, 1));
    assertRefused("centre's output", boxed(Query.pseudo(nothing, Norm.LINF, 0, 0), 1, 1));
    ReluNetwork high =
        linear(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1}, new double[] {3, -1});
    assertProved(boxed(Query.local(high, Norm.L1, 0, 0), 1, 3));
    assertProved(boxed(Query.local(FOLD.then(high), Norm.L1, 1, 0), 0.875, 3));
    assertRefused("collide", boxed(Query.local(FOLD.then(high), Norm.L1, 1, 0), 1.25, 3));
  }

  @Test
  void oneSimplexMayCollideWithItself() {
    TestMesh triangle =
        TestMesh.simplex(new double[] {-1, -1}, new double[] {2, -1}, new double[] {-1, 2});
    ReluNetwork x = linear(new double[] {1, 0});
    Query flat = Query.local(x, Norm.LINF, 0, 0);
    assertRefused(
        "lower.simplices[0] and lower.simplices[0] hold points that collide",
        TestCertificate.of(flat, triangle, rational(0.25)));
    Query itself = Query.transformation(x, x, Norm.LINF, 0, 0);
    assertProved(TestCertificate.of(itself, triangle, rational(0.25)));
  }

  @Test
  void aLineNeedsOneInterval() {
    Query query = Query.local(linear(new double[] {1}), Norm.LINF, 0);
    TestMesh two =
        TestMesh.box(new double[] {0}, rational(1), 1)
            .and(TestMesh.box(new double[] {4}, rational(1), 1));
    assertRefused("the mesh is not one interval", TestCertificate.of(query, two, rational(1)));
  }

  @Test
  void sheetsThatCrossCollide() {
    // (x, y) -> (|x| - y / 4, y, x) folds nothing together; without its last output it does.
    ReluNetwork tent =
        ReluNetwork.of(
            "tent",
            List.of(
                Layer.of(
                    Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}}),
                    new double[3],
                    new boolean[] {true, true, false}),
                Layer.linear(
                    Matrix.of(new double[][] {{1, 1, -0.25}, {0, 0, 1}, {1, -1, 0}}), 0, 0, 0)));
    assertProved(boxed(Query.local(tent, Norm.LINF, 0.25, 0), 1, 2));
    assertRefused(
        "turned over", boxed(Query.local(tent.selectOutputs(0, 1), Norm.LINF, 0.25, 0), 1, 2));
    assertRefused(
        "collide", boxed(Query.local(tent.selectOutputs(0), Norm.LINF, 0.25, 0), 0.125, 1));
  }

  @Test
  void doubledAnglesAreSeenAtTheBoundary() {
    assertRefused("touches itself", boxed(Query.local(DOUBLED_ANGLE, Norm.LINF, 0, 0), 0.5, 2));
    assertRefused("touches itself", boxed(Query.local(DOUBLED_ANGLE, Norm.LINF, 0, 1), 1, 2));
    assertProved(boxed(Query.local(DOUBLED_ANGLE, Norm.LINF, 0, 1), 1 - 0x1p-30, 2));
    assertProved(boxed(Query.local(DOUBLED_ANGLE, Norm.LINF, 1, 0.25), 0.5, 2));
    Query pseudo = Query.pseudo(DOUBLED_ANGLE, Norm.LINF, 0, 1);
    assertProved(boxed(pseudo, 2 - 0x1p-30, 2));
    assertRefused("centre's output", boxed(pseudo, 2, 2));
    Query determined =
        Query.transformation(DOUBLED_ANGLE, linear(new double[] {1, 0}), Norm.LINF, 0, 1);
    assertProved(boxed(determined, 1 - 0x1p-30, 2));
    assertRefused("collide", boxed(determined, 1, 2));
  }

  @Test
  void meshesWithHolesAreRefused() {
    Query query = Query.local(Networks.oneToOne(1, 4), Norm.LINF, 0, 0);
    BigFraction radius = rational(1);
    TestMesh aroundTheCentre = TestMesh.box(query.center(), radius, 8).without(point(0, 0));
    assertRefused(
        "the centre lies in no simplex",
        TestCertificate.of(query, aroundTheCentre.cut(query.f()), radius));
    TestMesh elsewhere = TestMesh.box(query.center(), radius, 8).without(point(0.5, 0.5));
    assertRefused(
        "is on the boundary", TestCertificate.of(query, elsewhere.cut(query.f()), radius));
    TestMesh outside = TestMesh.box(query.center(), rational(4), 8).without(point(2, 2));
    assertRefused(
        "not one closed polygon", TestCertificate.of(query, outside.cut(query.f()), radius));
    TestMesh pinched =
        TestMesh.box(query.center(), rational(4), 16).without(point(2, 2)).without(point(3, 3));
    assertRefused("passes vertex", TestCertificate.of(query, pinched.cut(query.f()), radius));
  }

  @Test
  void meshesThatCoverTwiceAreRefusedInThePlane() {
    ReluNetwork identity = linear(new double[] {1, 0}, new double[] {0, 1});
    Query query = Query.local(identity, Norm.LINF, 0, 0);
    TestMesh twice =
        TestMesh.box(query.center(), rational(1), 1)
            .and(TestMesh.box(query.center(), rational(2), 1));
    assertRefused("not one closed polygon", TestCertificate.of(query, twice, rational(1)));
    TestMesh same =
        TestMesh.box(query.center(), rational(1), 1)
            .and(TestMesh.box(query.center(), rational(1), 1));
    assertRefused("is the same point as vertex 0", TestCertificate.of(query, same, rational(1)));
    // By pairs a second cover says nothing new: the ball is covered all the same.
    Query byPairs = Query.transformation(identity, identity, Norm.LINF, 0, 0);
    assertProved(TestCertificate.of(byPairs, twice, rational(1)));
  }

  @Test
  void meshesThatAreNotCutAtAKinkAreRefused() {
    Query query = Query.local(FOLD, Norm.LINF, 1, 0);
    TestMesh whole = TestMesh.box(query.center(), rational(1.5), 1);
    assertRefused("both sides of a neuron's kink", TestCertificate.of(query, whole, rational(1)));
    Query other = Query.transformation(linear(new double[] {1, 0}), FOLD, Norm.LINF, 1, 0);
    assertRefused("both sides of a neuron's kink", TestCertificate.of(other, whole, rational(1)));
  }

  @Test
  void sharedInputsAreCheckedInTheUpperEnd() {
    // For each y, x -> |x - y| has its kink at x = y.
    ReluNetwork f =
        ReluNetwork.of(
            "moved",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1, -1}, {-1, 1}}), 0, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));
    Query query = Query.local(f, Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(1, 2)), 0);
    ExactCollision kink =
        collision(
            new double[] {1, 1}, new double[] {1, 1}, new double[] {1.5, 1}, new double[] {0.5, 1});
    assertProved(TestCertificate.of(query, Optional.empty(), Optional.of(kink), 0));
    assertRefused(
        "has the shared input 1 outside",
        TestCertificate.of(
            Query.local(f, Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(1.25, 2)), 0),
            Optional.empty(),
            Optional.of(kink),
            0));
    assertRefused(
        "differ in the shared input 1",
        TestCertificate.of(
            query,
            Optional.empty(),
            Optional.of(
                collision(
                    new double[] {1, 1},
                    new double[] {1, 1},
                    new double[] {1.5, 1},
                    new double[] {2, 1.5})),
            0));
    assertRefused(
        "a mesh proves nothing",
        TestCertificate.of(
            query,
            Optional.of(TestMesh.box(new double[] {0, 1}, rational(0.5), 1).cover(rational(0.5))),
            Optional.empty(),
            0));
  }

  @Test
  void oneResultIsWrittenAsTheSameBytes() throws IOException {
    Query query = Query.local(FOLD, Norm.LINF, 1, 0.25);
    Cover cover = TestMesh.box(query.center(), rational(0.75), 3).cover(rational(0.75));
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    for (ByteArrayOutputStream out : List.of(first, second)) {
      CertificateWriter.write(
          TestCertificate.result(query, Optional.of(cover), Optional.empty(), 0.75),
          Preparation.none(),
          out);
    }
    assertArrayEquals(first.toByteArray(), second.toByteArray());
  }

  @Test
  void whatRestsOnASolverIsSaid() {
    Query query = Query.local(FOLD, Norm.LINF, 1, 0.25);
    Verification.Accepted accepted =
        (Verification.Accepted)
            TestCertificate.of(query, Optional.empty(), Optional.empty(), 0.75).verify();
    assertFalse(accepted.isComplete());
    assertEquals(
        "lower: no two points share an output within 0.75: rests on engine (solver 1.0) and its"
            + " tolerances, leaves out collisions of less than 0.001, not checked",
        accepted.findings().get(0).text());
    Verification.Accepted nothing =
        (Verification.Accepted)
            TestCertificate.of(query, Optional.empty(), Optional.empty(), 0).verify();
    assertFalse(nothing.isComplete());
    assertEquals(List.of(), nothing.findings());
  }

  @Test
  void preparationIsAppliedToTheFile() {
    // x, y, b -> |x| and y; two steps, b fixed and y shared.
    ReluNetwork file =
        ReluNetwork.of(
            "file",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1, 0, 0}, {-1, 0, 0}, {0, 0, 1}}), 0, 0, 0),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 0.5}}), 0)));
    ReluNetwork prepared = file.iterate(2, 1, 2).selectOutputs(0).fixInputs(Map.of(2, 0.1));
    Query query = Query.local(prepared, Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(0, 1)), 2);
    ExactCollision kink =
        collision(
            new double[] {0, 0}, new double[] {0, 0}, new double[] {1, 0}, new double[] {-1, 0});
    TestCertificate written =
        TestCertificate.of(
            TestCertificate.result(query, Optional.empty(), Optional.of(kink), 0),
            new Preparation(Map.of(2, 0.1), Set.of(1), 2, List.of(0)));
    TestCertificate certificate = new TestCertificate(written.json(), file, Optional.empty());
    assertProved(certificate);
    Verification.Accepted accepted = (Verification.Accepted) certificate.verify();
    assertEquals(
        "local of file^2, input 2 fixed to 0.1, 2 steps, outputs [0], input 1 shared in [0.0, 1.0],"
            + " at (2.0), norm inf",
        accepted.question());
    for (String change : List.of("steps", "fix", "share", "outputs")) {
      TestCertificate changed = certificate.copy();
      ObjectNode preparation = (ObjectNode) changed.json().get("preparation");
      switch (change) {
        case "steps" -> preparation.put("steps", 3);
        case "fix" -> preparation.putObject("fix").put("2", "0.125");
        case "share" -> preparation.putArray("share");
        default -> preparation.putArray("outputs").add(1);
      }
      Verification.Refused refused =
          assertInstanceOf(Verification.Refused.class, changed.verify(), change);
      assertEquals(1, refused.reason().lines().count());
    }
    TestCertificate decimal = certificate.copy();
    ((ObjectNode) decimal.json().get("preparation")).putObject("fix").put("2", "2.2");
    BadInput inexact = assertThrows(BadInput.class, decimal::verify);
    assertEquals(
        "certificate: preparation.fix.2 is 2.2, which is not exactly representable as a double",
        inexact.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomNetworksAreJudgedAlikeByBothArguments(long seed) {
    // Local by degree, and the transformation to the identity by pairs: the same property.
    ReluNetwork f = Networks.random(seed, 2, 4, 2);
    Query byDegree = Query.local(f, Norm.LINF, 0, 0);
    Query byPairs =
        Query.transformation(f, linear(new double[] {1, 0}, new double[] {0, 1}), Norm.LINF, 0, 0);
    for (double radius : new double[] {0.125, 0.25, 0.5, 1}) {
      assertEquals(
          boxed(byDegree, radius, 1).verify() instanceof Verification.Accepted,
          boxed(byPairs, radius, 1).verify() instanceof Verification.Accepted,
          "radius " + radius);
    }
  }
}
