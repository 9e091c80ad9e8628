package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.Cancellation;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Trust;
import dev.crease.choose.CertifierRegistry;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.AffineMap;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Preimage;
import dev.crease.regions.RegionEngine;
import dev.crease.regions.Window;
import dev.crease.testkit.Networks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hipparchus.analysis.polynomials.PolynomialFunction;
import org.hipparchus.analysis.solvers.LaguerreSolver;
import org.hipparchus.complex.Complex;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The exact engine against solvers, against brute force and against a closed form. {@code
 * -Dcrease.networks=N} tries as many networks as one likes.
 */
class CrossExaminationTest {

  private static final int NETWORKS = Integer.getInteger("crease.networks", 4);
  private static final double DELTA = 1e-3;

  private final CertifierRegistry registry = CertifierRegistry.discover(ConfigFactory.load());

  private RadiusResult answer(String solver, Query query) {
    CertifyOptions options =
        CertifyOptions.builder()
            .trust(Trust.SOLVER)
            .delta(DELTA)
            .timeLimit(Duration.ofSeconds(20))
            .build();
    return registry
        .select(solver, query, options)
        .certifier()
        .radius(query, options, CertifyListener.none());
  }

  @ParameterizedTest
  @EnumSource
  void solversAndGeometryDoNotContradictEachOther(Norm norm) {
    for (int i = 0; i < NETWORKS; i++) {
      long seed = 100L * norm.ordinal() + i;
      ReluNetwork f = Networks.random(seed, 2, 5, 4, 2);
      ReluNetwork g = Networks.random(~seed, 2, 4, 2);
      for (Query query :
          List.of(
              Query.local(f, norm, 0.1, 0.2).upTo(1.5),
              Query.pseudo(f, norm, 0.1, 0.2).upTo(1.5),
              Query.transformation(f, g, norm, 0.1, 0.2).upTo(1))) {
        RadiusResult exact = answer("regions", query);
        RadiusResult solved = answer("ortools-scip", query);
        assertEquals(Assurance.EXACT, exact.assurance());
        String both = "seed " + seed + ": " + exact + " and " + solved;
        double upper = exact.refuted().orElse(query.maxRadius());
        // A solver may overlook collisions that are less than delta apart, and those alone.
        if (solved.deltaIsRigorous()) {
          assertTrue(solved.certified() <= upper + 1e-5, both);
        } else {
          double apart =
              exact
                  .evidence()
                  .collision()
                  .map(c -> c.isAttained() ? Double.POSITIVE_INFINITY : 0)
                  .orElse(0.0);
          assertTrue(solved.certified() <= upper + 1e-5 || apart < DELTA, both);
        }
        assertTrue(exact.certified() <= solved.refuted().orElse(Double.POSITIVE_INFINITY), both);
      }
    }
  }

  @Test
  void geometryAgreesWithSplittingInSpace() {
    for (int i = 0; i < NETWORKS; i++) {
      ReluNetwork f = Networks.random(500 + i, 3, 5, 3);
      for (Query query :
          List.of(
              Query.local(f, Norm.LINF, 0.1, 0.2, -0.1).upTo(1),
              Query.pseudo(f, Norm.L1, 0.1, 0.2, -0.1).upTo(1))) {
        assertAgree(query);
      }
    }
  }

  @Test
  void geometryAgreesWithSplittingWhereOutputsAreMore() {
    for (int i = 0; i < NETWORKS; i++) {
      ReluNetwork f = Networks.random(900 + i, 2, 6, 4, 3);
      for (Query query :
          List.of(
              Query.local(f, Norm.LINF, 0.1, 0.2).upTo(1),
              Query.pseudo(f, Norm.L1, 0.1, 0.2).upTo(1))) {
        assertAgree(query);
      }
    }
  }

  private void assertAgree(Query query) {
    RadiusResult exact = answer("regions", query);
    RadiusResult split = answer("splitting", query);
    String both = exact + " and " + split;
    assertTrue(split.certified() <= exact.refuted().orElse(query.maxRadius()), both);
    assertTrue(exact.certified() <= split.refuted().orElse(query.maxRadius()), both);
  }

  /** Newton's method from all over the ball, towards outputs from all over the ball. */
  @Test
  void nothingCollidesWithinACertifiedRadius() {
    for (int i = 0; i < NETWORKS; i++) {
      ReluNetwork f = Networks.random(700 + i, 2, 8, 8, 2);
      RadiusResult result = answer("regions", Query.local(f, Norm.LINF, 0.1, 0.2).upTo(2));
      double r = result.certified();
      Random random = new Random(i);
      for (int trial = 0; trial < 2000 && r > 0; trial++) {
        double[] target = point(random, r);
        double[] y = f.evaluate(target);
        double[] x = point(random, r);
        for (int step = 0; step < 12; step++) {
          x = newton(f, x, y);
        }
        boolean inside = Math.max(Math.abs(x[0] - 0.1), Math.abs(x[1] - 0.2)) <= r;
        double[] reached = f.evaluate(x);
        double residual = Math.abs(reached[0] - y[0]) + Math.abs(reached[1] - y[1]);
        double apart = Math.abs(x[0] - target[0]) + Math.abs(x[1] - target[1]);
        if (inside && residual < 1e-13) {
          assertTrue(apart < 1e-6, "seed " + i + ": a collision " + apart + " apart");
        }
      }
    }
  }

  private static double[] point(Random random, double r) {
    return new double[] {
      0.1 + r * (2 * random.nextDouble() - 1), 0.2 + r * (2 * random.nextDouble() - 1)
    };
  }

  private static double[] newton(ReluNetwork f, double[] x, double[] y) {
    AffineMap map = f.localMap(x);
    double a = map.matrix().get(0, 0);
    double b = map.matrix().get(0, 1);
    double c = map.matrix().get(1, 0);
    double d = map.matrix().get(1, 1);
    double[] at = f.evaluate(x);
    double p = y[0] - at[0];
    double q = y[1] - at[1];
    double det = a * d - b * c;
    return new double[] {x[0] + (d * p - b * q) / det, x[1] + (a * q - c * p) / det};
  }

  /**
   * The forward-Euler Brusselator has the preimages {@code (x, S - a tau - (1 - tau) x)}, S being
   * the sum of the outputs and x a root of a cubic; its network has one near each.
   */
  @Test
  void theNetworkHasThePreimagesOfTheBrusselator() {
    double tau = 0.15;
    double a = 1;
    double b = 2.1;
    double x = 0.666;
    double y = 1.992;
    double x1 = x + tau * (a + x * x * y - (b + 1) * x);
    double sum = x1 + y + tau * (b * x - x * x * y);
    // 0 = -x1 + x + tau (a + x^2 (sum - a tau - (1 - tau) x) - (b + 1) x).
    double[] cubic = {tau * a - x1, 1 - tau * (b + 1), tau * (sum - a * tau), -tau * (1 - tau)};
    Complex[] roots = new LaguerreSolver().solveAllComplex(cubic, 0);
    List<double[]> truth = new ArrayList<>();
    for (Complex root : roots) {
      if (Math.abs(root.getImaginary()) < 1e-9) {
        double at = root.getReal();
        assertEquals(0, new PolynomialFunction(cubic).value(at), 1e-9);
        truth.add(new double[] {at, sum - a * tau - (1 - tau) * at});
      }
    }
    assertEquals(3, truth.size());
    ReluNetwork f =
        NetworkFiles.read(Path.of("../examples/brusselator-b.onnx")).fixInputs(Map.of(2, b));
    RegionEngine engine = registry.regions();
    List<BigFraction> output = engine.evaluate(f, List.of(new BigFraction(x), new BigFraction(y)));
    List<Preimage> preimages =
        engine
            .preimages(
                f, List.of(output), Window.around(new double[] {0, 0.5}, 4.5), new Cancellation())
            .get(0);
    assertEquals(3, preimages.size(), preimages::toString);
    for (double[] expected : truth) {
      assertTrue(
          preimages.stream()
              .anyMatch(
                  p -> Math.hypot(p.point()[0] - expected[0], p.point()[1] - expected[1]) < 0.2),
          () -> expected[0] + ", " + expected[1] + " is not near any of " + preimages);
    }
    // Exact, in the network: the same output to the last bit of the fractions.
    for (Preimage preimage : preimages) {
      assertTrue(preimage.isPoint());
      assertEquals(output, engine.evaluate(f, preimage.corners().get(0)));
    }
  }
}
