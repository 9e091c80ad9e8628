package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.ExactRadius;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether maps are one-to-one on all of {@code R^m}. */
class WholeSpaceTest {

  private static final Certifier REGIONS = new RegionsCertifier();

  private static RadiusResult ask(Query query) {
    return REGIONS.radius(query, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static RadiusResult whole(ReluNetwork f, double... center) {
    return ask(Query.local(f, Norm.LINF, center).onWholeSpace());
  }

  /** {@code x + strength W2 max(0, W1 x + b)}: one-to-one if the strength is small enough. */
  private static ReluNetwork residual(int m, int hidden, double strength, long seed) {
    Random random = new Random(seed);
    double[][] first = new double[hidden + m][m];
    double[][] second = new double[m][hidden + m];
    double[] bias = new double[hidden + m];
    boolean[] relu = new boolean[hidden + m];
    for (int i = 0; i < hidden; i++) {
      for (int k = 0; k < m; k++) {
        first[i][k] = random.nextGaussian();
        second[k][i] = strength * random.nextGaussian() / hidden;
      }
      bias[i] = random.nextGaussian();
      relu[i] = true;
    }
    for (int k = 0; k < m; k++) {
      first[hidden + k][k] = 1;
      second[k][hidden + k] = 1;
    }
    return ReluNetwork.of(
        "residual",
        List.of(
            Layer.of(Matrix.of(first), bias, relu),
            Layer.linear(Matrix.of(second), new double[m])));
  }

  /**
   * By another way: random lines through all of space on which a map that is one-to-one must not
   * come back. For a refuted one, the engine's walk from the centre, up to growing radii.
   */
  static Stream<ReluNetwork> small() {
    return Stream.iterate(0, seed -> seed + 1)
        .limit(36)
        .map(
            seed -> {
              int m = 1 + seed % 3;
              ReluNetwork f = residual(m, 3 + seed % 4, 0.5 + 0.5 * (seed % 10), seed);
              return seed % 5 == 4 ? f.iterate(2) : f;
            });
  }

  @Test
  void agreesWithTheWalkFromTheCentre() {
    int holds = 0;
    int fails = 0;
    for (ReluNetwork f : small().toList()) {
      double[] center = new double[f.inputs()];
      RadiusResult result = whole(f, center);
      assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
      if (result.holdsEverywhere()) {
        holds++;
        assertFalse(result.isRefuted());
        for (double radius : new double[] {1, 100}) {
          RadiusResult near = ask(Query.local(f, Norm.LINF, center).upTo(radius));
          assertTrue(near.holdsEverywhere(), () -> f + " up to " + radius + ": " + near);
        }
        comesNotBack(f);
      } else {
        fails++;
        ExactRadius radius = result.evidence().radius().orElseThrow();
        double most = 2 * radius.refuted() + 1;
        RadiusResult near = ask(Query.local(f, Norm.LINF, center).upTo(most));
        assertEquals(near.evidence().radius().orElseThrow(), radius);
        assertTrue(result.isRefuted());
      }
    }
    assertTrue(holds >= 10 && fails >= 10, holds + " hold, " + fails + " do not");
  }

  /** Points far out, near to each other and not: outputs must differ, and not lose orientation. */
  private static void comesNotBack(ReluNetwork f) {
    Random random = new Random(7);
    int m = f.inputs();
    for (int n = 0; n < 200; n++) {
      double size = Math.pow(10, random.nextInt(8) - 1);
      double[] x = random.doubles(m, -size, size).toArray();
      double[] y = random.doubles(m, -size, size).toArray();
      double difference = Norm.LINF.distance(f.evaluate(x), f.evaluate(y));
      assertTrue(
          difference > 1e-9 * Norm.LINF.distance(x, y), () -> f + " at " + Arrays.toString(x));
    }
  }

  /** {@code (|x| - |y|, (|x + y| - |x - y|) / 2)}: as z^2 does, it winds twice around 0. */
  static ReluNetwork winding() {
    double[][] first = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}};
    double[][] second = {{1, 1, -1, -1, 0, 0, 0, 0}, {0, 0, 0, 0, 0.5, 0.5, -0.5, -0.5}};
    return ReluNetwork.of(
        "winding",
        List.of(
            Layer.relu(Matrix.of(first), new double[8]),
            Layer.linear(Matrix.of(second), new double[2])));
  }

  @Test
  void aMapThatWindsTwiceIsRefutedThoughItsOrientationsAgree() {
    RadiusResult result = whole(winding(), 1, 0);
    assertTrue(
        result.notes().stream()
            .anyMatch(
                note -> note instanceof Note.NotOnWholeSpace && note.text().contains("agree")),
        () -> result.notes().toString());
    // (0, 1) and (0, -1) are the nearest pair.
    assertEquals(BigFraction.ONE, result.evidence().radius().orElseThrow().upper());
    assertEquals(Math.nextDown(1.0), result.certified());
    assertEquals(StopReason.COMPLETE, result.stop());
  }

  /** {@code (|x - h|, y)}. */
  private static ReluNetwork fold(double h) {
    return ReluNetwork.of(
        "fold",
        List.of(
            Layer.of(
                Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}}),
                new double[] {-h, h, 0},
                new boolean[] {true, true, false}),
            Layer.linear(Matrix.of(new double[][] {{1, 1, 0}, {0, 0, 1}}), 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 1e6, 1e40, 1e149})
  void aFoldFarAwayHasItsExactDistance(double h) {
    for (Norm norm : Norm.values()) {
      RadiusResult result = ask(Query.local(fold(h), norm, 0, 0).onWholeSpace());
      assertEquals(h, result.refuted().orElseThrow());
      assertEquals(StopReason.COMPLETE, result.stop());
      Verdict verdict =
          Certifier.verdict(
              REGIONS.check(
                  Query.local(fold(h), norm, 0, 0).onWholeSpace(),
                  Double.POSITIVE_INFINITY,
                  CertifyOptions.defaults(),
                  CertifyListener.none()));
      assertEquals(Verdict.REFUTED, verdict);
    }
  }

  @Test
  void aFoldBeyondAllMeasureLeavesABracketAndNoClaim() {
    RadiusResult result = whole(fold(1e200), 0, 0);
    assertFalse(result.holdsEverywhere());
    assertEquals(1e150, result.certified(), 1e140);
    assertEquals(StopReason.LIMIT, result.stop());
  }

  @Test
  void aRegionThatLosesADirectionRefutes() {
    ReluNetwork flat =
        ReluNetwork.of(
            "flat",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}}), 1),
                Layer.linear(Matrix.of(new double[][] {{2}}), 0)));
    RadiusResult result = whole(flat, 3);
    assertEquals(4, result.refuted().orElseThrow());
    assertEquals(Math.nextDown(4.0), result.certified());
  }

  @Test
  void affineMapsAndConstantNeurons() {
    ReluNetwork f =
        ReluNetwork.of(
            "affine",
            List.of(
                Layer.of(
                    Matrix.of(new double[][] {{2, 1}, {1, 1}, {0, 0}, {0, 0}, {0, 0}}),
                    new double[] {1, 0, 3, -3, 0},
                    new boolean[] {false, false, true, true, true}),
                Layer.linear(Matrix.of(new double[][] {{1, 0, 1, 1, 1}, {0, -1, 1, 1, 1}}), 0, 0)));
    assertEquals(Double.POSITIVE_INFINITY, whole(f, 5, 5).certified());
    assertEquals(
        Double.POSITIVE_INFINITY,
        ask(Query.local(f, Norm.L1, 5, 5).scaled(3, 0.1).onWholeSpace()).certified());
  }

  static Stream<ReluNetwork> few() {
    return small().limit(16);
  }

  @ParameterizedTest
  @MethodSource("few")
  void aLargerLimitIsNoWorse(ReluNetwork f) {
    Query query = Query.local(f, Norm.LINF, new double[f.inputs()]);
    RadiusResult less = ask(query.upTo(1e5));
    RadiusResult more = ask(query.upTo(1e300));
    assertTrue(more.certified() >= less.certified(), () -> less + " but " + more);
    assertEquals(less.evidence().radius(), more.evidence().radius());
    if (less.holdsEverywhere()) {
      assertEquals(1e300, more.certified());
    }
  }

  @Test
  void aLargerLimitIsNoWorseWithNoise() {
    Query query =
        Query.local(Networks.fold(new double[] {1, 1}, new double[] {0.5, -2}), Norm.LINF, 3, 4)
            .with(new Noise(1e-3, 0.1));
    assertEquals(
        ask(query.upTo(50)).evidence().radius(), ask(query.upTo(1e120)).evidence().radius());
  }

  @Test
  void whoIsStoppedClaimsNothing() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    RadiusResult result =
        REGIONS.radius(
            Query.local(Networks.residual(2, 8, 1), Norm.LINF, 0, 0).onWholeSpace(),
            CertifyOptions.builder().cancellation(cancellation).build(),
            CertifyListener.none());
    assertFalse(result.holdsEverywhere());
    assertEquals(StopReason.INTERRUPTED, result.stop());
    assertNotEquals(Double.POSITIVE_INFINITY, result.certified());
  }

  @Test
  void otherQuestionsAreRefusedInALine() {
    ReluNetwork f = Networks.residual(2, 4, 1);
    Query query = Query.local(f, Norm.LINF, 0, 0);
    refused("problem pseudo; give", Query.pseudo(f, Norm.LINF, 0, 0));
    refused("problem transformation; give", Query.transformation(f, f, Norm.LINF, new double[2]));
    refused("choose outputs", Query.local(f.selectOutputs(0), Norm.LINF, 0, 0));
    refused("fix them to values", query.sharing(Map.of(1, new Interval(0, 1)), 0));
    refused("without noise", query.with(new Noise(1, 1)));
    Interval side = new Interval(-1, 1);
    refused("without a domain", query.in(List.of(side, side)));
    assertThrows(IllegalArgumentException.class, () -> query.upTo(Double.POSITIVE_INFINITY));
    Unsupported four =
        assertThrows(Unsupported.class, () -> whole(Networks.residual(4, 4, 1), new double[4]));
    assertTrue(four.getMessage().contains("up to 3 inputs"), four.getMessage());
  }

  private static void refused(String why, Query query) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, query::onWholeSpace);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
