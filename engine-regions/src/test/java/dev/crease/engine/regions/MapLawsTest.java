package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Cancellation;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.map.Calibration;
import dev.crease.map.Inverse;
import dev.crease.map.OutputMap;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Match;
import dev.crease.regions.Piece;
import dev.crease.witness.Fractions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.hipparchus.fraction.BigFraction;

/**
 * What maps of outputs must do, on random networks, among them those with small whole numbers as
 * weights, in which kinks meet and coincide and neurons are dead, at centres on kinks too; and what
 * brute force over all activation patterns says they do.
 */
class MapLawsTest {

  private static final int MOST = 1;

  private static final ExactRegions ENGINE = new ExactRegions();

  /** Random numbers of one kind: any doubles, small whole ones, or many zeros. */
  private record Source(Random random, int kind) {

    Source(long seed) {
      this(new Random(seed), (int) Math.floorMod(seed, 3L));
    }

    double value(double size) {
      return switch (kind) {
        case 0 -> size * random.nextGaussian();
        case 1 -> random.nextInt(5) - 2;
        default -> random.nextInt(3) > 0 ? 0 : size * random.nextGaussian();
      };
    }

    ReluNetwork network(int... widths) {
      List<Layer> layers = new ArrayList<>();
      for (int k = 1; k < widths.length; k++) {
        double[][] w = new double[widths[k]][widths[k - 1]];
        double[] b = new double[widths[k]];
        for (int i = 0; i < w.length; i++) {
          for (int j = 0; j < w[i].length; j++) {
            w[i][j] = value(1 / Math.sqrt(w[i].length));
          }
          b[i] = value(0.5);
        }
        Matrix weights = Matrix.of(w);
        layers.add(k == widths.length - 1 ? Layer.linear(weights, b) : Layer.relu(weights, b));
      }
      return ReluNetwork.of("random", layers);
    }

    double[] center(int m) {
      return random.doubles(m, -1, 1).map(x -> kind == 1 ? Math.rint(2 * x) / 2 : x).toArray();
    }

    Norm norm() {
      return Norm.values()[random.nextInt(3)];
    }

    /** A point of a ball, exactly: on the border, at a multiple of a quarter, or anywhere. */
    List<BigFraction> point(Norm norm, double[] center, double radius) {
      BigFraction r = Fractions.of(radius);
      while (true) {
        List<BigFraction> x = new ArrayList<>();
        BigFraction size = BigFraction.ZERO;
        for (double c : center) {
          BigFraction share =
              random.nextBoolean()
                  ? new BigFraction(random.nextInt(9) - 4, 4)
                  : Fractions.of(2 * random.nextDouble() - 1);
          x.add(Fractions.of(c).add(share.multiply(r)));
          BigFraction abs = share.abs();
          size =
              switch (norm) {
                case L1 -> size.add(abs);
                case L2 -> size.add(abs.multiply(abs));
                case LINF -> size.compareTo(abs) > 0 ? size : abs;
              };
        }
        if (size.compareTo(BigFraction.ONE) <= 0) {
          return x;
        }
      }
    }
  }

  private static RadiusResult proof(Query query) {
    return new RegionsCertifier()
        .radius(query.upTo(MOST), CertifyOptions.defaults(), CertifyListener.none());
  }

  private static Optional<OutputMap> map(Query query) {
    RadiusResult proof = proof(query);
    // Not to pass for want of balls.
    Statistics.collect(proof.certified() > 0);
    Statistics.coverage(balls -> balls.check(true).percentage(p -> p >= 20));
    if (proof.certified() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        query.g().isPresent()
            ? Calibration.of(proof, ENGINE, new Cancellation())
            : Inverse.of(proof, ENGINE, new Cancellation()));
  }

  private static double[] rounded(List<BigFraction> values) {
    return values.stream().mapToDouble(Fractions::nearest).toArray();
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 60, seed = "20260102", shrinking = ShrinkingMode.OFF)
  void calibratesTheFirstToTheSecond(@ForAll long seed) {
    Source source = new Source(seed);
    int m = 1 + source.random.nextInt(3);
    ReluNetwork f1 = source.network(m, m > 2 ? 3 : 4, 1 + source.random.nextInt(3));
    // What is computed from the first output is determined by it, folds and dead regions or not.
    ReluNetwork f2 =
        source.random.nextInt(3) > 0
            ? f1.then(source.network(f1.outputs(), 3, 2))
            : source.network(m, 3, 2);
    double[] c = source.center(m);
    Norm norm = source.norm();
    map(Query.transformation(f1, f2, norm, c))
        .ifPresent(
            h -> {
              for (int i = 0; i < 12; i++) {
                List<BigFraction> x = source.point(norm, c, h.radius());
                List<BigFraction> y = ENGINE.evaluate(f1, x);
                Match match = h.exactlyAt(y).orElseThrow();
                assertEquals(ENGINE.evaluate(f2, x), match.exactValue());
                assertEquals(y, match.exactOutput());
                assertArrayEquals(rounded(ENGINE.evaluate(f2, x)), match.value());
                assertTrue(h.range(y, 0).isPresent());
              }
            });
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 60, seed = "20260103", shrinking = ShrinkingMode.OFF)
  void invertsToTheLastBit(@ForAll long seed) {
    Source source = new Source(seed);
    int m = 1 + source.random.nextInt(2);
    ReluNetwork f = source.network(m, 5, m + source.random.nextInt(2));
    double[] c = source.center(m);
    Norm norm = source.norm();
    map(Query.local(f, norm, c))
        .ifPresent(
            inverse -> {
              for (int i = 0; i < 12; i++) {
                List<BigFraction> x = source.point(norm, c, inverse.radius());
                Match match = inverse.exactlyAt(ENGINE.evaluate(f, x)).orElseThrow();
                assertEquals(x, match.exactValue());
                assertArrayEquals(rounded(x), match.value());
                assertArrayEquals(match.point(), match.value());
              }
            });
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 40, seed = "20260104", shrinking = ShrinkingMode.OFF)
  void findsWhatBruteForceFinds(@ForAll long seed) {
    Source source = new Source(seed);
    int m = 1 + source.random.nextInt(2);
    ReluNetwork f1 = source.network(m, 3, 1 + source.random.nextInt(2));
    ReluNetwork f2 =
        source.random.nextBoolean()
            ? f1.then(source.network(f1.outputs(), 1, 2))
            : source.network(m, 2, 1);
    double[] c = source.center(m);
    Norm norm = source.random.nextBoolean() ? Norm.L1 : Norm.LINF;
    map(Query.transformation(f1, f2, norm, c))
        .ifPresent(
            h -> {
              Patterns oracle = new Patterns(f1, f2, norm, c, h.radius());
              for (int i = 0; i < 3; i++) {
                // Of points within the ball, and of points somewhere around it.
                List<BigFraction> y =
                    ENGINE.evaluate(f1, source.point(norm, c, (1 + i) * h.radius()));
                List<Patterns.Corner> expected = oracle.corners(y, BigFraction.ZERO);
                Optional<Match> found = h.exactlyAt(y);
                assertEquals(expected.isEmpty(), found.isEmpty());
                for (Patterns.Corner corner : expected) {
                  assertEquals(Arrays.asList(corner.value()), found.get().exactValue());
                }
                double eps = source.random.nextInt(3) * 0.125;
                assertRange(oracle.corners(y, Fractions.of(eps)), h.range(y, eps), h.values());
              }
            });
  }

  private static void assertRange(
      List<Patterns.Corner> corners, Optional<List<Interval>> range, int values) {
    assertEquals(corners.isEmpty(), range.isEmpty());
    for (int j = 0; j < (corners.isEmpty() ? 0 : values); j++) {
      int entry = j;
      BigFraction least =
          corners.stream().map(v -> v.value()[entry]).min(BigFraction::compareTo).orElseThrow();
      BigFraction most =
          corners.stream().map(v -> v.value()[entry]).max(BigFraction::compareTo).orElseThrow();
      Interval side = range.orElseThrow().get(j);
      assertTrue(Fractions.of(side.lower()).compareTo(least) <= 0);
      assertTrue(Fractions.of(side.upper()).compareTo(most) >= 0);
      // No wider than rounding makes it.
      assertTrue(Fractions.of(Math.nextUp(side.lower())).compareTo(least) > 0);
      assertTrue(Fractions.of(Math.nextDown(side.upper())).compareTo(most) < 0);
    }
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 40, seed = "20260105", shrinking = ShrinkingMode.OFF)
  void noPointOfTheBallIsNearerThanTheNearest(@ForAll long seed) {
    Source source = new Source(seed);
    int m = 1 + source.random.nextInt(2);
    ReluNetwork f = source.network(m, 4, m + source.random.nextInt(2));
    double[] c = source.center(m);
    Norm norm = source.random.nextBoolean() ? Norm.L1 : Norm.LINF;
    map(Query.local(f, norm, c))
        .ifPresent(
            inverse -> {
              List<BigFraction> y = new ArrayList<>();
              for (BigFraction value :
                  ENGINE.evaluate(f, source.point(norm, c, inverse.radius()))) {
                y.add(value.add(Fractions.of(0.5 * source.random.nextGaussian())));
              }
              Match nearest = inverse.nearest(y);
              assertEquals(ENGINE.evaluate(f, nearest.exactPoint()), nearest.exactOutput());
              assertTrue(inverse.exactlyAt(nearest.exactOutput()).isPresent());
              BigFraction distance = squared(y, nearest.exactOutput());
              for (int i = 0; i < 60; i++) {
                // Anywhere, and near to the one that was found.
                List<BigFraction> x = source.point(norm, c, inverse.radius());
                BigFraction share = new BigFraction(1, 1 << source.random.nextInt(20));
                List<BigFraction> between = new ArrayList<>();
                for (int k = 0; k < m; k++) {
                  BigFraction from = nearest.exactPoint().get(k);
                  between.add(from.add(x.get(k).subtract(from).multiply(share)));
                }
                BigFraction other = squared(y, ENGINE.evaluate(f, between));
                assertTrue(other.compareTo(distance) >= 0);
              }
            });
  }

  private static BigFraction squared(List<BigFraction> y, List<BigFraction> z) {
    BigFraction sum = BigFraction.ZERO;
    for (int i = 0; i < y.size(); i++) {
      BigFraction difference = y.get(i).subtract(z.get(i));
      sum = sum.add(difference.multiply(difference));
    }
    return sum;
  }

  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  @Property(tries = 60, seed = "20260106", shrinking = ShrinkingMode.OFF)
  void piecesGiveTheSameValues(@ForAll long seed) {
    Source source = new Source(seed);
    int m = 1 + source.random.nextInt(3);
    ReluNetwork f1 = source.network(m, 4, 2);
    ReluNetwork f2 = f1.then(source.network(2, 3, 1 + source.random.nextInt(3)));
    double[] c = source.center(m);
    Norm norm = m > 2 ? Norm.LINF : source.norm();
    map(Query.transformation(f1, f2, norm, c))
        .ifPresent(
            h -> {
              List<Piece> pieces = h.pieces();
              // Of a disc a polygon is cut out.
              double radius = h.radius() * (norm == Norm.L2 ? 0.99 : 1);
              for (int i = 0; i < 12; i++) {
                List<BigFraction> x = source.point(norm, c, radius);
                double[] y = rounded(ENGINE.evaluate(f1, x));
                Piece best = pieces.get(0);
                for (Piece piece : pieces) {
                  best = piece.outside(y) < best.outside(y) ? piece : best;
                }
                assertTrue(best.outside(y) <= 1e-12);
                // After a network of such weights an error grows little.
                assertArrayEquals(rounded(ENGINE.evaluate(f2, x)), best.evaluate(y), 1e-10);
              }
            });
  }
}
