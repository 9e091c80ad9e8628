package dev.crease.tightening;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.certify.Backends;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.testkit.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What linear and integer programs say of neurons holds at every point that is tried. */
class TighteningTest {

  @ParameterizedTest
  @ValueSource(strings = {"ortools-highs", "ortools-glop"})
  void boundsHoldAtPointsOfTheRegionAndAreNeverWorse(String id) {
    MipSolver solver = Backends.REGISTRY.select(id);
    int fewer = 0;
    for (long seed = 1; seed <= 12; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 6, 6, 2);
      Random random = new Random(seed);
      Norm norm = Norm.values()[(int) (seed % 3)];
      double[] center = {0.1, -0.3};
      InputSet set = InputSet.ball(norm, center, 1);
      NetworkBounds start = BoundsMethod.symbolic().bounds(f, set);
      double[] target = f.evaluate(center);
      List<Interval> outputs = new ArrayList<>();
      for (double t : target) {
        outputs.add(new Interval(t - 0.2, t + 0.2));
      }
      Region region = new Region(List.of(), Optional.of(outputs));
      LpTightening lp = new LpTightening(solver, SolveOptions.defaults(), 1, () -> false);
      List<NetworkBounds> all = new ArrayList<>();
      all.add(lp.tighten(start, region).orElseThrow());
      if (id.equals("ortools-highs")) {
        all.add(
            new MipTightening(solver, SolveOptions.defaults(), () -> false).tighten(start, region));
      }
      for (NetworkBounds found : all) {
        assertFalse(found.isEmpty());
        assertTrue(found.unstableCount() <= start.unstableCount());
        fewer += start.unstableCount() - found.unstableCount();
        for (int k = 0; k < 2000; k++) {
          double[] x = {
            center[0] + 2 * random.nextDouble() - 1, center[1] + 2 * random.nextDouble() - 1
          };
          double[] y = f.evaluate(x);
          boolean isInside =
              norm.distance(x, center) <= 1
                  && Math.abs(y[0] - target[0]) <= 0.2
                  && Math.abs(y[1] - target[1]) <= 0.2;
          if (isInside) {
            assertHolds(found, f.preActivations(x));
          }
        }
      }
    }
    assertTrue(fewer > 0, "tightening found nothing at all");
  }

  private static void assertHolds(NetworkBounds bounds, List<double[]> z) {
    for (int k = 0; k < z.size(); k++) {
      for (int i = 0; i < z.get(k).length; i++) {
        double value = z.get(k)[i];
        double slack = 1e-12 * Math.max(1, Math.abs(value));
        assertTrue(bounds.lower(k, i) <= value + slack && value - slack <= bounds.upper(k, i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ortools-highs", "ortools-glop"})
  void differencesHoldBetweenAnyPoints(String id) {
    MipSolver solver = Backends.REGISTRY.select(id);
    int proved = 0;
    for (long seed = 1; seed <= 12; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 6, 6, 2);
      double[] center = {0.1, -0.3};
      for (double radius : new double[] {0.02, 0.2, 1}) {
        NetworkBounds over =
            BoundsMethod.symbolic().bounds(f, InputSet.ball(Norm.LINF, center, radius));
        JacobianBounds jacobian = JacobianBounds.of(over);
        boolean[] varies = {true, true};
        for (int face = 0; face < 2; face++) {
          DifferenceBounds start = DifferenceBounds.of(over, varies, face);
          DifferenceBounds found =
              start.tightened(over, varies, face, solver, SolveOptions.defaults(), () -> false);
          proved += found.isEmpty() ? 1 : 0;
          assertDifferences(f, center, radius, face, start, jacobian, seed);
        }
      }
    }
    assertTrue(proved > 10, "only " + proved + " were proved");
  }

  /** {@code |u|, v} in turned coordinates, seen through a second layer: u and -u collide. */
  @ParameterizedTest
  @ValueSource(strings = {"ortools-highs", "ortools-glop"})
  void tightenedDifferencesHoldBetweenPointsThatDoCollide(String id) {
    MipSolver solver = Backends.REGISTRY.select(id);
    boolean[] varies = {true, true};
    int narrower = 0;
    for (double angle : new double[] {0.3, 1.2, 2.5}) {
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      ReluNetwork f =
          ReluNetwork.of(
              "folded",
              List.of(
                  Layer.of(
                      Matrix.of(new double[][] {{c, s}, {-c, -s}, {-s, c}}),
                      new double[3],
                      new boolean[] {true, true, false}),
                  Layer.relu(
                      Matrix.of(new double[][] {{1, 1, 0.3}, {0.5, 0.5, -1}, {-1, -1, 0.7}}),
                      -0.1,
                      0.2,
                      0.4),
                  Layer.linear(Matrix.of(new double[][] {{1, 0.2, -0.5}, {0.3, -1, 0.4}}), 0, 0)));
      NetworkBounds over =
          BoundsMethod.symbolic().bounds(f, InputSet.ball(Norm.LINF, new double[2], 1));
      for (int face = 0; face < 2; face++) {
        DifferenceBounds start = DifferenceBounds.of(over, varies, face);
        DifferenceBounds found =
            start.tightened(over, varies, face, solver, SolveOptions.defaults(), () -> false);
        Random random = new Random(face);
        for (int n = 0; n < 300; n++) {
          double u = 0.7 * random.nextDouble();
          double v = 1.4 * random.nextDouble() - 0.7;
          double[] x = {c * u - s * v, s * u + c * v};
          double[] w = {-c * u - s * v, -s * u + c * v};
          double size = Math.max(Math.abs(x[0] - w[0]), Math.abs(x[1] - w[1]));
          boolean isHere = Math.abs(x[face] - w[face]) == size;
          if (isHere && Norm.LINF.of(x) <= 1 && Norm.LINF.of(w) <= 1 && size > 1e-3) {
            double sign = x[face] > w[face] ? 1 : -1;
            assertFalse(found.isEmpty());
            List<double[]> at = f.preActivations(x);
            List<double[]> other = f.preActivations(w);
            for (int k = 0; k < at.size(); k++) {
              for (int i = 0; i < at.get(k).length; i++) {
                double d = sign * (at.get(k)[i] - other.get(k)[i]) / size;
                assertTrue(found.lower(k, i) <= d + 1e-9 && d - 1e-9 <= found.upper(k, i));
                narrower +=
                    found.upper(k, i) - found.lower(k, i)
                            < start.upper(k, i) - start.lower(k, i) - 1e-6
                        ? 1
                        : 0;
              }
            }
          }
        }
      }
    }
    assertTrue(narrower > 0, "nothing was tightened where points collide");
  }

  private static void assertDifferences(
      ReluNetwork f,
      double[] center,
      double radius,
      int face,
      DifferenceBounds start,
      JacobianBounds jacobian,
      long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 500; n++) {
      double[] x = near(center, radius, random);
      double[] w = near(center, radius, random);
      double size = Math.max(Math.abs(x[0] - w[0]), Math.abs(x[1] - w[1]));
      if (x[face] - w[face] != size || size == 0) {
        continue;
      }
      List<double[]> at = f.preActivations(x);
      List<double[]> other = f.preActivations(w);
      for (int k = 0; k < at.size(); k++) {
        for (int i = 0; i < at.get(k).length; i++) {
          double d = (at.get(k)[i] - other.get(k)[i]) / size;
          double slack = 1e-9;
          assertTrue(start.lower(k, i) <= d + slack && d - slack <= start.upper(k, i));
          double lipschitz = jacobian.lipschitz(k, i, new boolean[] {true, true});
          assertTrue(Math.abs(d) <= lipschitz + slack);
        }
      }
    }
  }

  private static double[] near(double[] center, double radius, Random random) {
    return new double[] {
      center[0] + radius * (2 * random.nextDouble() - 1),
      center[1] + radius * (2 * random.nextDouble() - 1)
    };
  }
}
