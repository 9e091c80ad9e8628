package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpreadTest {

  /** (|x|, y). */
  private static final ReluNetwork FOLD = Networks.fold(new double[] {1, 0}, new double[] {0, 1});

  private static ReluNetwork linear(double[]... rows) {
    return ReluNetwork.of(
        "linear", List.of(Layer.linear(Matrix.of(rows), new double[rows.length])));
  }

  private static SpreadResult spread(Query query, double radius) {
    return new RegionsCertifier()
        .spread(query, radius, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static void assertSpread(double expected, SpreadResult result) {
    assertEquals(StopReason.COMPLETE, result.stop());
    assertTrue(result.least() <= expected && expected <= result.most(), result::toString);
    assertEquals(result.most(), result.least(), 1e-11 * Math.max(1, expected), result::toString);
    if (expected > 0) {
      Witness w = result.witness().orElseThrow();
      Query query = result.query();
      double apart = result.norm().distance(query.determined(w.x()), query.determined(w.xPrime()));
      assertEquals(expected, apart, 1e-9 * Math.max(1, expected));
      assertTrue(query.distance(w.x()) <= query.maxRadius() * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aFoldThroughTheCentreSpreadsOverTheWholeBall(Norm norm) {
    assertSpread(3, spread(Query.local(FOLD, norm, 0, 0), 1.5));
    assertSpread(2, spread(Query.local(FOLD, norm, 0.5, 0), 1.5));
    assertSpread(0, spread(Query.local(FOLD, norm, 0.5, 0), 0.25));
  }

  @Test
  void whatTheCentreCollidesWith() {
    assertSpread(1, spread(Query.pseudo(FOLD, Norm.LINF, 0.5, 0), 1));
    assertSpread(0, spread(Query.pseudo(FOLD, Norm.LINF, 0.5, 0), 0.875));
  }

  @Test
  void valuesThatTheOutputsLeaveOpen() {
    Query query =
        Query.transformation(FOLD, linear(new double[] {3, 1}, new double[] {0, 5}), Norm.L1, 0, 0);
    // x and -x are 2 apart: 3 times that in norm 1.
    assertSpread(6, spread(query, 1));
    Query known = Query.transformation(FOLD, linear(new double[] {0, 5}), Norm.LINF, 0, 0);
    assertSpread(0, spread(known, 1));
    // A singular map: (x, y) to x + y.
    Query lost =
        Query.transformation(
            linear(new double[] {1, 1}), linear(new double[] {1, -1}), Norm.LINF, 0, 0);
    assertSpread(4, spread(lost, 1));
  }

  @Test
  void aLargerRadiusIsNeverAWorseAnswer() {
    double[] certified = new double[3];
    double[] radii = {10, 1e100, Double.MAX_VALUE};
    for (int i = 0; i < 3; i++) {
      certified[i] =
          new RegionsCertifier()
              .radius(
                  Query.local(FOLD, Norm.LINF, 0.5, 0).upTo(radii[i]),
                  CertifyOptions.defaults(),
                  CertifyListener.none())
              .certified();
    }
    assertEquals(0.5, certified[0], 1e-12);
    assertEquals(certified[0], certified[1], 0);
    assertEquals(certified[0], certified[2], 0);
    Query query = Query.local(linear(new double[] {2, 1}, new double[] {0, 1}), Norm.LINF, 0, 0);
    RadiusResult far =
        new RegionsCertifier()
            .radius(query.upTo(1e300), CertifyOptions.defaults(), CertifyListener.none());
    // On the whole space it is one-to-one, which no size of coordinates stands in the way of.
    assertEquals(1e300, far.certified());
    assertEquals(StopReason.COMPLETE, far.stop());
    assertThrows(Unsupported.class, () -> spread(query, 1e300));
  }

  @Test
  void sharedInputsAreTheSameInBoth() {
    Query query =
        Query.local(Networks.fold(new double[] {1, 0.5}, new double[] {0, 1}), Norm.LINF, 0, 0)
            .sharing(Map.of(1, new Interval(-1, 1)), 1);
    // The fold is at x = -s / 2: between 0.5 and -0.5; a pair around 0.5 reaches to 0 and 1 + ...
    SpreadResult result = spread(query, 1);
    assertSpread(1, result);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void isPositiveJustWhereTheRadiusIsNotProved(Norm norm) {
    for (int seed = 0; seed < 12; seed++) {
      int m = 1 + seed % 3;
      ReluNetwork f = Networks.random(seed, m, 4, 3, m);
      double[] center = new double[m];
      Query query = seed % 4 == 3 ? Query.pseudo(f, norm, center) : Query.local(f, norm, center);
      SpreadResult result = spread(query, 0.75);
      RadiusResult radius =
          new RegionsCertifier()
              .radius(query.upTo(0.75), CertifyOptions.defaults(), CertifyListener.none());
      String which = "seed " + seed + ": " + result + " against " + radius;
      assertEquals(radius.holdsEverywhere(), result.most() == 0, which);
      assertTrue(result.most() <= SpreadBound.of(query.upTo(0.75), result.norm()), which);
      assertTrue(result.most() - result.least() <= 1e-9, which);
      CollisionSearch.quick(query.upTo(0.75), seed, () -> false)
          .ifPresent(
              w ->
                  assertTrue(
                      result.norm().distance(query.determined(w.x()), query.determined(w.xPrime()))
                          <= result.most() + 1e-9,
                      which));
    }
  }
}
