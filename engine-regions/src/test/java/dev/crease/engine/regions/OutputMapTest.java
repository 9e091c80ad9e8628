package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.map.Calibration;
import dev.crease.map.Inverse;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Match;
import dev.crease.regions.Piece;
import dev.crease.testkit.Networks;
import dev.crease.witness.Fractions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps whose values are known in closed form, and those that there are not. */
class OutputMapTest {

  private static final ExactRegions ENGINE = new ExactRegions();

  /** {@code (x, y) -> (|x|, y)}. */
  private static final ReluNetwork FOLD = Networks.fold(new double[] {1, 0}, new double[] {0, 1});

  private static ReluNetwork linear(double[]... rows) {
    return ReluNetwork.of(
        "linear", List.of(Layer.linear(Matrix.of(rows), new double[rows.length])));
  }

  /** {@code (x, y) -> (max(0, x), max(0, y))}. */
  private static ReluNetwork positive() {
    return ReluNetwork.of(
        "positive", List.of(Layer.relu(Matrix.of(new double[][] {{1, 0}, {0, 1}}), new double[2])));
  }

  private static RadiusResult proof(Query query, double radius) {
    return new RegionsCertifier()
        .check(query, radius, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static Inverse inverse(Query query, double radius) {
    return Inverse.of(proof(query, radius), ENGINE, new Cancellation());
  }

  private static Calibration calibration(Query query, double radius) {
    return Calibration.of(proof(query, radius), ENGINE, new Cancellation());
  }

  private static List<BigFraction> exact(double... values) {
    return Arrays.stream(values).mapToObj(Fractions::of).toList();
  }

  /** A third is no double: the nearest to it comes out, and none of what is summed on the way. */
  @Test
  void roundsOnceAtTheEnd() {
    ReluNetwork f = linear(new double[] {3, 0}, new double[] {1, 7});
    double[] x = inverse(Query.local(f, Norm.LINF, 0, 0), 1).at(1, 1).orElseThrow();
    assertArrayEquals(new double[] {1.0 / 3, 2.0 / 21}, x);
    assertEquals(
        new BigFraction(1, 3),
        inverse(Query.local(f, Norm.L2, 0, 0), 1)
            .exactlyAt(exact(1, 1))
            .orElseThrow()
            .exactPoint()
            .get(0));
  }

  /** The corners of the window are no points of the ball, though regions reach there. */
  @ParameterizedTest
  @EnumSource
  void theBallEndsWhereItsNormSays(Norm norm) {
    Inverse inverse = inverse(Query.local(FOLD, norm, 2, 0), 1);
    double edge = norm == Norm.LINF ? 1 : norm == Norm.L1 ? 0.5 : 0.6;
    double other = norm == Norm.L2 ? 0.8 : edge;
    assertTrue(inverse.at(2 + 0.5, 0.5).isPresent());
    assertTrue(inverse.at(3, 0).isPresent());
    assertFalse(inverse.at(2 + edge + 0x1p-40, other + 0x1p-40).isPresent());
    assertFalse(inverse.at(-2, 0).isPresent());
    assertEquals(1, inverse.regions());
    assertEquals(1, inverse.radius());
  }

  @Test
  void aFoldDeterminesWhatIsComputedFromIt() {
    ReluNetwork after = FOLD.then(linear(new double[] {2, 1}));
    Calibration h = calibration(Query.transformation(FOLD, after, Norm.LINF, 0, 0), 3);
    assertArrayEquals(new double[] {4.5}, h.at(2, 0.5).orElseThrow());
    assertTrue(h.at(-1, 0).isEmpty());
    // Two mirrored pieces, which agree.
    assertEquals(2, h.pieces().size());
    for (Piece piece : h.pieces()) {
      assertTrue(piece.outside(2, 0.5) < 0);
      assertArrayEquals(new double[] {4.5}, piece.evaluate(2, 0.5));
    }
  }

  /** Of the four quadrants one stays, two are flattened to segments and one to a point. */
  @ParameterizedTest
  @EnumSource
  void flattenedRegionsHaveTheirPiecesToo(Norm norm) {
    ReluNetwork after = positive().then(linear(new double[] {1, 2}));
    Calibration h = calibration(Query.transformation(positive(), after, norm, 0, 0), 1);
    assertEquals(
        List.of(1, 2, 2),
        h.pieces().stream().map(p -> p.vertices().size()).filter(n -> n < 3).sorted().toList());
    assertArrayEquals(new double[] {0}, h.at(0, 0).orElseThrow());
    assertArrayEquals(new double[] {0.5}, h.at(0, 0.25).orElseThrow());
    assertTrue(h.at(-0x1p-60, 0.25).isEmpty());
    for (Piece piece : h.pieces()) {
      for (double[] y : piece.vertices()) {
        assertTrue(piece.outside(y) <= 1e-15);
        assertArrayEquals(new double[] {y[0] + 2 * y[1]}, piece.evaluate(y), 1e-15);
      }
      assertTrue(piece.outside(-0.5, -0.5) >= 0.5);
    }
  }

  @Test
  void saysHowNoiseMovesStates() {
    Inverse inverse = inverse(Query.local(FOLD, Norm.LINF, 1, 0), 0.9375);
    List<BigFraction> y = exact(1, 0);
    assertEquals(
        List.of(new Interval(0.75, 1.25), new Interval(-0.25, 0.25)),
        inverse.range(y, 0.25).orElseThrow());
    // The ball ends what noise can do.
    assertEquals(
        List.of(new Interval(0.0625, 1.9375), new Interval(-0.9375, 0.9375)),
        inverse.range(y, 5).orElseThrow());
    assertTrue(inverse.range(exact(9, 0), 1).isEmpty());
    assertEquals(
        List.of(new Interval(1, 1), new Interval(0, 0)), inverse.range(y, 0).orElseThrow());
  }

  @Test
  void theNearestOfASurface() {
    // (x, y) -> (x, y, x + y): a plane.
    ReluNetwork f = linear(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1});
    Inverse inverse = inverse(Query.local(f, Norm.LINF, 0, 0), 1);
    assertTrue(inverse.at(0, 0, 0.75).isEmpty());
    Match nearest = inverse.nearest(exact(0, 0, 0.75));
    assertArrayEquals(new double[] {0.25, 0.25}, nearest.point());
    assertArrayEquals(new double[] {0.25, 0.25, 0.5}, nearest.output());
    // Beyond a corner of the ball.
    assertArrayEquals(new double[] {1, 1}, inverse.nearest(exact(9, 9, 9)).value());
  }

  /** By powers of two the scaled network is exact, so that both ways agree to the last bit. */
  @ParameterizedTest
  @EnumSource
  void whateverTheUnitsStatesAreInputs(Norm norm) {
    for (long seed = 1; seed <= 3; seed++) {
      ReluNetwork f = Networks.oneToOne(2, seed);
      double[] center = {0.75, -0.5};
      double[] scale = {0.25, 4};
      Inverse scaled = inverse(Query.local(f, norm, center).scaled(scale), 0.5);
      Inverse byHand = inverse(Query.local(f.from(center, scale), norm, 0, 0), 0.5);
      assertEquals(byHand.regions(), scaled.regions());
      for (double[] u : new double[][] {{0, 0}, {0.25, 0.125}, {-0.125, 0.25}, {0.4, 0.4}}) {
        double[] x = {center[0] + scale[0] * u[0], center[1] + scale[1] * u[1]};
        List<BigFraction> y = ENGINE.evaluate(f, exact(x));
        assertEquals(byHand.exactlyAt(y).isPresent(), scaled.exactlyAt(y).isPresent());
        if (norm.of(u) > 0.5) {
          assertTrue(scaled.exactlyAt(y).isEmpty());
          continue;
        }
        assertEquals(exact(x), scaled.exactlyAt(y).orElseThrow().exactValue());
        List<Interval> range = scaled.range(y, 0.0625).orElseThrow();
        List<Interval> own = byHand.range(y, 0.0625).orElseThrow();
        for (int j = 0; j < 2; j++) {
          assertEquals(center[j] + scale[j] * own.get(j).lower(), range.get(j).lower(), 1e-14);
          assertEquals(center[j] + scale[j] * own.get(j).upper(), range.get(j).upper(), 1e-14);
        }
        if (norm != Norm.L2) {
          assertArrayEquals(x, scaled.nearest(y).value());
        }
      }
      for (Piece piece : scaled.pieces()) {
        double[] x = piece.evaluate(piece.vertices().get(0));
        double[] u = {(x[0] - center[0]) / scale[0], (x[1] - center[1]) / scale[1]};
        assertTrue(norm.of(u) <= 0.5 + 1e-12, Arrays.toString(x));
      }
    }
  }

  @Test
  void severalThreadsMayAsk() {
    Inverse inverse = inverse(Query.local(Networks.oneToOne(3, 1), Norm.LINF, 0, 0), 2);
    ReluNetwork f = inverse.proof().query().f();
    boolean all =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(i -> exact((i % 20 - 10) * 0.1875, (i / 20 - 10) * 0.1875))
            .allMatch(
                x -> inverse.exactlyAt(ENGINE.evaluate(f, x)).orElseThrow().exactPoint().equals(x));
    assertTrue(all);
  }

  @Test
  void withoutAProofThereIsNoMap() {
    Query at = Query.local(FOLD, Norm.LINF, 0, 0);
    Cancellation never = new Cancellation();
    BadInput nothing = assertThrows(BadInput.class, () -> Inverse.of(proof(at, 1), ENGINE, never));
    assertEquals(
        "nothing is certified at this centre, so there is no ball to map", nothing.getMessage());
    // What is certified is mapped, though more was asked.
    assertEquals(1, inverse(Query.local(FOLD, Norm.LINF, 1, 0), 7).radius(), 1e-12);
    RadiusResult other = proof(Query.pseudo(FOLD, Norm.LINF, 1, 0), 0.5);
    assertThrows(IllegalArgumentException.class, () -> Inverse.of(other, ENGINE, never));
    assertThrows(IllegalArgumentException.class, () -> Calibration.of(other, ENGINE, never));
    Query shared =
        Query.local(FOLD, Norm.LINF, 1, 0).sharing(Map.of(1, new Interval(0, 1)), 1).upTo(0.5);
    RadiusResult sharing = RadiusResult.of(shared, Proved.exact(0.5)).build();
    assertThrows(IllegalArgumentException.class, () -> Inverse.of(sharing, ENGINE, never));
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    RadiusResult half = proof(Query.local(FOLD, Norm.LINF, 1, 0), 0.5);
    assertThrows(SolverFailure.class, () -> Inverse.of(half, ENGINE, cancelled));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Inverse inverse = inverse(Query.local(FOLD, Norm.L2, 1, 0), 0.5);
    assertThrows(IllegalArgumentException.class, () -> inverse.at(1));
    assertThrows(IllegalArgumentException.class, () -> inverse.at(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> inverse.range(exact(1, 0), -1));
    assertThrows(
        IllegalArgumentException.class, () -> inverse.range(exact(1, 0), Double.POSITIVE_INFINITY));
    assertThrows(Unsupported.class, () -> inverse.nearest(exact(1, 0)));
    ReluNetwork three = linear(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1});
    Inverse wide = inverse(Query.local(three, Norm.LINF, 0, 0), 1);
    assertThrows(Unsupported.class, wide::pieces);
    ReluNetwork plane = linear(new double[] {1, 0, 0}, new double[] {0, 1, 0});
    Calibration round = calibration(Query.transformation(plane, plane, Norm.L2, 0, 0, 0), 1);
    assertArrayEquals(new double[] {0.6, 0.75}, round.at(0.6, 0.75).orElseThrow());
    assertTrue(round.at(0.8, 0.75).isEmpty());
    assertThrows(Unsupported.class, round::pieces);
    ReluNetwork seven = linear(new double[7]);
    assertTrue(ENGINE.refusal(Query.local(seven, Norm.LINF, new double[7])).isPresent());
  }
}
