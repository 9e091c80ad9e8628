package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.network.ActivationPattern;
import dev.crease.network.AffineMap;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Different ways to one answer give one answer, on small random networks. */
class AgreementTest {

  /** The same delta, so the models have one optimum; pads and gaps are below this. */
  private static final double SAME = 1e-4;

  private static final CertifyOptions DIRECT =
      CertifyOptions.builder()
          .trust(Trust.SOLVER)
          .strategy("direct")
          .timeLimit(Duration.ofSeconds(60))
          .build();

  /** Points nearer than this are one point and rounding. */
  private static final double APART = 1e-9;

  private static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      int k = 3 + (int) (seed % 3);
      double c = 0.1 * (seed % 7) - 0.3;
      queries.add(Query.local(Networks.random(seed, 1, k + 2, k + 2, 1), Norm.LINF, c).upTo(3));
      Norm norm = seed % 2 == 0 ? Norm.LINF : Norm.L1;
      queries.add(Query.local(Networks.random(seed, 2, k, k, 2), norm, c, -c).upTo(3));
    }
    return queries;
  }

  private static RadiusResult answer(String solver, Query query, CertifyOptions options) {
    return new MipCertifier(Backends.REGISTRY.select(solver))
        .radius(query, options, CertifyListener.none());
  }

  @TestFactory
  List<DynamicTest> solversEncodingsAndBoundsAgree() {
    return queries().stream()
        .map(
            q ->
                DynamicTest.dynamicTest(
                    q.toString(),
                    () -> {
                      RadiusResult highs = answer("ortools-highs", q, DIRECT);
                      assertEquals(StopReason.COMPLETE, highs.stop(), highs::toString);
                      assertAgree(highs, answer("ortools-scip", q, DIRECT));
                      CertifyOptions indicator = DIRECT.toBuilder().encoding("indicator").build();
                      assertAgree(highs, answer("ortools-scip", q, indicator));
                      CertifyOptions interval = DIRECT.toBuilder().bounds("interval").build();
                      assertAgree(highs, answer("ortools-highs", q, interval));
                      assertNothingWithin(highs);
                    }))
        .toList();
  }

  @TestFactory
  List<DynamicTest> directAndPaperAgree() {
    return queries().subList(0, 6).stream()
        .map(
            q ->
                DynamicTest.dynamicTest(
                    q.toString(),
                    () -> {
                      RadiusResult direct = answer("ortools-highs", q, DIRECT);
                      CertifyOptions options = DIRECT.toBuilder().strategy("paper").build();
                      RadiusResult paper = answer("ortools-highs", q, options);
                      // Each may be above the truth by its delta; the paper is coarse by 1e-3.
                      double room = q.dimension() * (direct.delta() + paper.delta()) + 1.1e-3;
                      paper
                          .refuted()
                          .ifPresent(r -> assertTrue(direct.certified() <= r + room, both(q)));
                      direct
                          .refuted()
                          .ifPresent(r -> assertTrue(paper.certified() <= r + room, both(q)));
                      assertEquals(StopReason.COMPLETE, paper.stop(), paper::toString);
                      assertEquals(
                          direct.certified(), paper.certified(), room, direct + " " + paper);
                    }))
        .toList();
  }

  private static String both(Query query) {
    return "the brackets of direct and paper do not meet: " + query;
  }

  private static void assertAgree(RadiusResult one, RadiusResult other) {
    assertEquals(StopReason.COMPLETE, other.stop(), other::toString);
    assertEquals(one.delta(), other.delta());
    assertEquals(one.certified(), other.certified(), SAME, () -> one + " " + other);
    other
        .refuted()
        .ifPresent(r -> assertTrue(one.certified() <= r + SAME, () -> one + " " + other));
  }

  /** Solves for collisions region by region from random points; all must be outside. */
  private static void assertNothingWithin(RadiusResult result) {
    Query query = result.query();
    ReluNetwork f = query.f();
    Random random = new Random(1);
    double reach = Math.min(query.maxRadius(), 1.5 * result.certified() + 0.05);
    Map<ActivationPattern, AffineMap> regions = new HashMap<>();
    List<double[]> points = new ArrayList<>();
    for (int k = 0; k < 3000; k++) {
      double[] x = around(query.center(), reach, random);
      regions.computeIfAbsent(f.pattern(x), f::localMap);
      points.add(x);
    }
    double nearest = Double.POSITIVE_INFINITY;
    for (double[] x : points.subList(0, 600)) {
      double[] y = f.evaluate(x);
      for (AffineMap map : regions.values()) {
        double[] z = solve(map, y);
        if (Norm.LINF.distance(z, x) >= Math.max(APART, result.delta())
            && Norm.LINF.distance(f.evaluate(z), y) <= 1e-12) {
          double radius =
              Math.max(
                  query.norm().distance(x, query.center()),
                  query.norm().distance(z, query.center()));
          nearest = Math.min(nearest, radius);
        }
      }
    }
    double found = nearest;
    assertTrue(
        found >= result.certified() - 1e-9,
        () -> "a collision at " + found + " within the certified radius: " + result);
  }

  private static double[] around(double[] center, double reach, Random random) {
    double[] x = center.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += reach * (2 * random.nextDouble() - 1);
    }
    return x;
  }

  /** Cramer's rule in one or two dimensions; not a number where the map is singular. */
  private static double[] solve(AffineMap map, double[] y) {
    double[] b = map.offset();
    double r0 = y[0] - b[0];
    if (y.length == 1) {
      return new double[] {r0 / map.matrix().get(0, 0)};
    }
    double r1 = y[1] - b[1];
    double a = map.matrix().get(0, 0);
    double c = map.matrix().get(0, 1);
    double d = map.matrix().get(1, 0);
    double e = map.matrix().get(1, 1);
    double det = a * e - c * d;
    return new double[] {(r0 * e - c * r1) / det, (a * r1 - d * r0) / det};
  }
}
