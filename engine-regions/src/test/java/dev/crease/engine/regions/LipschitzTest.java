package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Secant;
import dev.crease.certify.StopReason;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LipschitzTest {

  private static LipschitzResult lipschitz(Query query, double radius) {
    return new RegionsCertifier()
        .lipschitz(query, radius, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static void assertEnds(double alpha, double upper, LipschitzResult result) {
    assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
    assertEnd(alpha, result.alpha(), result);
    assertEnd(upper, result.upper(), result);
  }

  private static void assertEnd(double expected, LipschitzResult.Ends ends, LipschitzResult all) {
    double room = 1e-9 * Math.max(1, expected);
    assertTrue(ends.least() <= expected + room && expected - room <= ends.most(), all::toString);
    assertTrue(ends.gap() <= 0.01, all::toString);
  }

  /** {@code slopes[i]} between the kinks {@code i - 1} and {@code i}, on a line. */
  private static ReluNetwork line(double[] kinks, double[] slopes) {
    int n = kinks.length + 2;
    double[][] hidden = new double[n][];
    double[] bias = new double[n];
    double[][] output = new double[1][n];
    hidden[0] = new double[] {1};
    hidden[1] = new double[] {-1};
    output[0][0] = slopes[0];
    output[0][1] = -slopes[0];
    for (int i = 0; i < kinks.length; i++) {
      hidden[i + 2] = new double[] {1};
      bias[i + 2] = -kinks[i];
      output[0][i + 2] = slopes[i + 1] - slopes[i];
    }
    return ReluNetwork.of(
        "line",
        List.of(
            Layer.relu(Matrix.of(hidden), bias), Layer.linear(Matrix.of(output), new double[1])));
  }

  private static ReluNetwork linear(double[]... rows) {
    return ReluNetwork.of(
        "linear", List.of(Layer.linear(Matrix.of(rows), new double[rows.length])));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void onALineTheConstantsAreSlopes(Norm norm) {
    ReluNetwork f = line(new double[] {-1, 0.5, 2}, new double[] {8, 0.25, 3, 0.125});
    assertEnds(0.25, 3, lipschitz(Query.local(f, norm, 0), 1));
    assertEnds(0.25, 8, lipschitz(Query.local(f, norm, 0), 1.5));
    assertEnds(0.125, 8, lipschitz(Query.local(f, norm, 0), 2.5));
    assertEnds(3, 3, lipschitz(Query.local(f, norm, 1), 0.5));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aFoldHasNoLowerConstant(Norm norm) {
    ReluNetwork f = line(new double[] {0.5}, new double[] {-2, 1});
    LipschitzResult folds = lipschitz(Query.local(f, norm, 0), 1);
    assertEnds(0, 2, folds);
    assertEquals(0, folds.alpha().most());
    Secant pair = folds.flattest().orElseThrow();
    assertEquals(f.evaluate(pair.x())[0], f.evaluate(pair.xPrime())[0], 1e-12);
    assertEnds(2, 2, lipschitz(Query.local(f, norm, 0), 0.5));
    ReluNetwork plane = Networks.fold(new double[] {1, 0}, new double[] {0, 1});
    assertEnds(0, 1, lipschitz(Query.local(plane, norm, 0.25, 0), 1));
    assertEnds(1, 1, lipschitz(Query.local(plane, norm, 0.5, 0), 0.25));
  }

  @Test
  void aLinearMapHasThoseOfItsMatrix() {
    ReluNetwork f = linear(new double[] {2, 1}, new double[] {0, 3});
    // The inverse is (3, -1; 0, 2) / 6; the squared singular values solve t^2 - 14 t + 36 = 0.
    assertEnds(1.5, 3, lipschitz(Query.local(f, Norm.LINF, 1, 1), 2));
    assertEnds(2, 4, lipschitz(Query.local(f, Norm.L1, 1, 1), 2));
    double root = Math.sqrt(13);
    assertEnds(
        Math.sqrt(7 - root), Math.sqrt(7 + root), lipschitz(Query.local(f, Norm.L2, 1, 1), 2));
  }

  @Test
  void fewerOutputsLoseADirectionAndMoreMayGainOne() {
    assertEnds(
        0, 0, lipschitz(Query.local(linear(new double[2], new double[2]), Norm.L2, 0, 0), 1));
    assertEnds(0, 3, lipschitz(Query.local(linear(new double[] {2, 1}), Norm.LINF, 0, 0), 1));
    ReluNetwork tall = linear(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 1});
    assertEnds(1, 2, lipschitz(Query.local(tall, Norm.LINF, 0, 0), 1));
    assertEnds(1, 2, lipschitz(Query.local(tall, Norm.L1, 0, 0), 1));
    assertEnds(1, Math.sqrt(3), lipschitz(Query.local(tall, Norm.L2, 0, 0), 1));
  }

  /** Turns rays at an angle {@code t} to {@code times t}, linearly between the given ones. */
  private static ReluNetwork fan(double times, double... angles) {
    int n = angles.length;
    double[][] hidden = new double[n + 2][];
    double[][] output = new double[2][n + 2];
    double[][] before = new double[2][2];
    int at = 4;
    double[][] all = new double[n + 2][];
    for (int i = 0; i + 1 < n; i++) {
      double[][] map = sector(angles[i], angles[i + 1], times);
      double[] normal = {-Math.sin(angles[i]), Math.cos(angles[i])};
      if (i == 0) {
        all = new double[n + 2][];
        for (int k = 0; k < 4; k++) {
          all[k] = new double[] {k < 2 ? 1 - 2 * (k % 2) : 0, k < 2 ? 0 : 1 - 2 * (k % 2)};
          for (int o = 0; o < 2; o++) {
            output[o][k] = map[o][k / 2] * (1 - 2 * (k % 2));
          }
        }
      } else {
        all[at] = normal;
        for (int o = 0; o < 2; o++) {
          output[o][at] =
              (map[o][0] - before[o][0]) * normal[0] + (map[o][1] - before[o][1]) * normal[1];
        }
        at++;
      }
      before = map;
    }
    System.arraycopy(all, 0, hidden, 0, hidden.length);
    return ReluNetwork.of(
        "fan",
        List.of(
            Layer.relu(Matrix.of(hidden), new double[hidden.length]),
            Layer.linear(Matrix.of(output), new double[2])));
  }

  /** The linear map that turns two rays. */
  private static double[][] sector(double s, double t, double times) {
    double det = Math.cos(s) * Math.sin(t) - Math.sin(s) * Math.cos(t);
    double[][] from = {
      {Math.sin(t) / det, -Math.cos(t) / det}, {-Math.sin(s) / det, Math.cos(s) / det}
    };
    double[][] to = {
      {Math.cos(times * s), Math.cos(times * t)}, {Math.sin(times * s), Math.sin(times * t)}
    };
    double[][] map = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 2; k++) {
        map[i][k] = to[i][0] * from[0][k] + to[i][1] * from[1][k];
      }
    }
    return map;
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void whereTheImageBendsRoundTheGapCounts(Norm norm) {
    double[] angles = new double[9];
    Arrays.setAll(angles, i -> (i - 4) * 0.25);
    double widest =
        switch (norm) {
          case L1 -> Math.atan(0.6);
          case L2 -> Math.asin(0.6);
          case LINF -> Math.atan(0.6 / 0.4);
        };
    // The widest angles become such of nearly 180 degrees: the ends come near to each other.
    Query query = Query.local(fan(Math.toRadians(172) / widest, angles), norm, 1, 0);
    LipschitzResult result = lipschitz(query, 0.6);
    Search found = new Search(query.upTo(0.6), 1).run(3000, 300);
    assertInside(found, result);
    double least = mu(result);
    assertTrue(result.alpha().most() < 0.9 * least, result + " against regions' " + least);
    assertTrue(found.least <= 1.01 * result.alpha().most(), found.least + " for " + result);
  }

  /** The least constant of a region, from the networks' own local maps at random points. */
  private static double mu(LipschitzResult result) {
    Query query = result.query();
    Random random = new Random(2);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 2000; i++) {
      double[] x = Search.point(query, random);
      double[] other = x.clone();
      double angle = 2 * Math.PI * random.nextDouble();
      other[0] += 1e-7 * Math.cos(angle);
      other[1] += 1e-7 * Math.sin(angle);
      least = Math.min(least, Search.ratio(query, x, other));
    }
    return least;
  }

  private static void assertInside(Search found, LipschitzResult result) {
    assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
    assertTrue(found.least >= result.alpha().least() - 1e-9, found.least + " for " + result);
    assertTrue(found.most <= result.upper().most() + 1e-9, found.most + " for " + result);
    assertTrue(result.alpha().gap() <= 0.01, result::toString);
    if (result.upper().most() == 0) {
      return;
    }
    assertTrue(result.upper().gap() <= 0.01, result::toString);
    if (result.alpha().most() > 0) {
      assertShown(result.query(), result.flattest().orElseThrow(), result.alpha().most());
    }
    assertShown(result.query(), result.steepest().orElseThrow(), result.upper().least());
  }

  private static void assertShown(Query query, Secant pair, double expected) {
    assertTrue(query.distance(pair.x()) <= query.maxRadius() * (1 + 1e-12));
    assertTrue(query.distance(pair.xPrime()) <= query.maxRadius() * (1 + 1e-12));
    double ratio = Search.ratio(query, pair.x(), pair.xPrime());
    assertEquals(expected, ratio, 1e-5 * expected);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void noPairOfARandomNetworkIsOutside(Norm norm) {
    int positive = 0;
    for (int seed = 0; seed < 24; seed++) {
      int m = 1 + seed % 3;
      int outputs = seed % 8 == 7 ? m + 1 : m;
      ReluNetwork f = Networks.random(seed, m, 9, 7, outputs);
      Query query = Query.local(f, norm, new double[m]);
      double radius = seed % 2 == 0 ? 0.1 : 0.4;
      LipschitzResult result = lipschitz(query, radius);
      assertInside(new Search(query.upTo(radius), seed).run(600, 60), result);
      if (norm != Norm.L2) {
        RadiusResult proof =
            new RegionsCertifier()
                .check(query, radius, CertifyOptions.defaults(), CertifyListener.none());
        assertEquals(
            proof.holdsEverywhere(), result.alpha().least() > 0, seed + ": " + result + proof);
      }
      positive += result.alpha().least() > 0 ? 1 : 0;
    }
    assertTrue(positive > 5 && positive < 24, "one-to-one: " + positive);
  }

  /** With one more output, which is 0. */
  private static ReluNetwork padded(ReluNetwork f) {
    List<Layer> layers = new ArrayList<>(f.layers());
    int last = layers.size() - 1;
    double[][] rows = new double[f.outputs() + 1][layers.get(last).inputs()];
    for (int i = 0; i < f.outputs(); i++) {
      rows[i] = layers.get(last).weights().row(i);
    }
    double[] bias = Arrays.copyOf(layers.get(last).bias(), rows.length);
    layers.set(last, Layer.linear(Matrix.of(rows), bias));
    return ReluNetwork.of("padded", layers);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void allPairsSayTheSameAsThoseOfTheBorder(Norm norm) {
    for (int seed = 0; seed < 10; seed++) {
      int m = 2 + seed % 2;
      ReluNetwork f = seed < 4 ? Networks.residual(m, 5, seed) : Networks.random(seed, m, 5, 4, m);
      LipschitzResult border = lipschitz(Query.local(f, norm, new double[m]), 0.5);
      LipschitzResult all = lipschitz(Query.local(padded(f), norm, new double[m]), 0.5);
      String both = seed + ": " + border + " and " + all;
      assertEquals(StopReason.COMPLETE, all.stop(), both);
      assertTrue(border.alpha().least() <= all.alpha().most() * (1 + 1e-12), both);
      assertTrue(all.alpha().least() <= border.alpha().most() * (1 + 1e-12), both);
      assertTrue(Math.max(border.alpha().gap(), all.alpha().gap()) <= 0.01, both);
    }
  }

  @Test
  void sharedInputsAreTheSameInBoth() {
    ReluNetwork f = linear(new double[] {2, 5}, new double[] {1, 7});
    Query query = Query.local(f, Norm.LINF, 0, 0).sharing(Map.of(1, new Interval(-1, 1)), 0);
    assertEnds(2, 2, lipschitz(query, 1));
    Query bent =
        Query.local(
                ReluNetwork.of(
                    "bent",
                    List.of(
                        Layer.relu(
                            Matrix.of(new double[][] {{1, 0}, {-1, 0}, {1, 1}}), new double[3]),
                        Layer.linear(Matrix.of(new double[][] {{1, -1, 3}}), new double[1]))),
                Norm.LINF,
                0,
                0)
            .sharing(Map.of(1, new Interval(-0.5, 0.5)), 0);
    assertEnds(1, 4, lipschitz(bent, 1));
  }

  @Test
  void aTimeLimitClaimsNothingThatIsNotProved() {
    ReluNetwork f = Networks.random(3, 2, 12, 12, 2);
    Query query = Query.local(f, Norm.LINF, 0, 0);
    CertifyOptions none = CertifyOptions.builder().timeLimit(Duration.ofNanos(1)).build();
    LipschitzResult result =
        new RegionsCertifier().lipschitz(query, 1, none, CertifyListener.none());
    assertEquals(StopReason.TIME_LIMIT, result.stop());
    assertEquals(0, result.alpha().least());
    LipschitzResult whole = lipschitz(query, 1);
    assertTrue(result.upper().most() >= whole.upper().most());
    assertTrue(result.alpha().most() >= whole.alpha().least());
  }

  @Test
  void moreInputsAreBoundedByIntervals() {
    Query query = Query.local(Networks.random(5, 4, 6, 4), Norm.L2, 0, 0, 0, 0);
    LipschitzResult result = lipschitz(query, 0.5);
    assertEquals(StopReason.LIMIT, result.stop());
    assertEquals(0, result.alpha().least());
    assertTrue(result.notes().get(0).text().contains("up to 3 inputs, and here are 4"));
    Search found = new Search(query.upTo(0.5), 1).run(500, 50);
    assertTrue(found.most <= result.upper().most() + 1e-9);
    assertTrue(result.alpha().most() <= result.upper().least());
    assertThrows(
        Unsupported.class,
        () -> lipschitz(Query.local(Networks.random(5, 7, 6, 7), Norm.L2, new double[7]), 0.5));
  }

  /** Pairs at random, and the best of them improved by random steps: an oracle from outside. */
  private static final class Search {
    private final Query query;
    private final Random random;
    private double least = Double.POSITIVE_INFINITY;
    private double most;

    Search(Query query, long seed) {
      this.query = query;
      this.random = new Random(seed);
    }

    static double ratio(Query query, double[] x, double[] other) {
      return query.norm().distance(query.f().evaluate(x), query.f().evaluate(other))
          / query.norm().distance(x, other);
    }

    static double[] point(Query query, Random random) {
      double[] step = new double[query.dimension()];
      do {
        Arrays.setAll(step, k -> 2 * random.nextDouble() - 1);
      } while (query.norm().of(step) > 1);
      double[] x = query.center();
      for (int k = 0; k < x.length; k++) {
        x[k] += query.maxRadius() * step[k];
      }
      return x;
    }

    Search run(int pairs, int steps) {
      for (int i = 0; i < pairs; i++) {
        double[] x = point(query, random);
        double[] other = point(query, random);
        double size = i % 2 == 0 ? 1 : 0.01;
        for (int k = 0; k < x.length; k++) {
          other[k] = x[k] + size * (other[k] - x[k]);
        }
        least = Math.min(least, descend(x, other, i % 20 == 0 ? steps : 0, 1));
        most = Math.max(most, -descend(x, other, i % 20 == 0 ? steps : 0, -1));
      }
      return this;
    }

    private double descend(double[] from, double[] to, int steps, int sign) {
      double[] x = from;
      double[] other = to;
      double best = sign * ratio(query, x, other);
      double reach = 0.3 * query.maxRadius();
      for (int i = 0; i < steps; i++) {
        double[] a = moved(x, reach);
        double[] b = moved(other, reach);
        boolean isGood = query.norm().distance(a, b) > 1e-5;
        double value = isGood ? sign * ratio(query, a, b) : best;
        if (value < best) {
          best = value;
          x = a;
          other = b;
        } else {
          reach *= 0.96;
        }
      }
      return best;
    }

    private double[] moved(double[] x, double reach) {
      double[] y = x.clone();
      for (int k = 0; k < y.length; k++) {
        y[k] += reach * random.nextGaussian();
      }
      double[] center = query.center();
      double far = query.norm().distance(y, center);
      if (far > query.maxRadius()) {
        for (int k = 0; k < y.length; k++) {
          y[k] = center[k] + (y[k] - center[k]) * query.maxRadius() / far * (1 - 1e-12);
        }
      }
      return y;
    }
  }
}
