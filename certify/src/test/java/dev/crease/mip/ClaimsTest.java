package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Assurance;
import dev.crease.certify.Backends;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.certify.Verdict;
import dev.crease.choose.PortfolioCertifier;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attack found claimed falsely, kind by kind. */
class ClaimsTest {

  private static MipCertifier on(String solver) {
    return new MipCertifier(Backends.REGISTRY.select(solver));
  }

  private static CertifyOptions.Builder strategy(String id) {
    return CertifyOptions.builder().trust(Trust.SOLVER).strategy(id);
  }

  private static RadiusResult radius(Certifier certifier, Query query, CertifyOptions options) {
    return certifier.radius(query, options, CertifyListener.none());
  }

  private static RadiusResult check(Certifier certifier, Query query, CertifyOptions options) {
    return certifier.check(query, query.maxRadius(), options, CertifyListener.none());
  }

  /** {@code x} less a triangle of some height and slopes around {@code at}. */
  private static ReluNetwork spikes(double height, double slope, double... at) {
    double[][] first = new double[3 * at.length + 2][1];
    double[] bias = new double[first.length];
    double[] out = new double[first.length];
    double half = height / slope;
    for (int k = 0; k < at.length; k++) {
      for (int t = -1; t <= 1; t++) {
        int i = 3 * k + t + 1;
        first[i][0] = 1;
        bias[i] = -(at[k] + t * half);
        out[i] = t == 0 ? 2 * slope : -slope;
      }
    }
    int n = first.length;
    first[n - 2][0] = 1;
    out[n - 2] = 1;
    first[n - 1][0] = -1;
    out[n - 1] = -1;
    return ReluNetwork.of(
        "spikes",
        List.of(
            Layer.relu(Matrix.of(first), bias), Layer.linear(Matrix.of(new double[][] {out}), 0)));
  }

  /** SCIP's cuts from bounds of special ordered sets cut off solutions. */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "cones", "boxes"})
  void specialOrderedSetsHideNoFold(String strategy) {
    for (int k = 0; k < 12; k++) {
      double first = 0.41 + 0.017 * k;
      ReluNetwork f = spikes(0.15 + 0.01 * k, 7.1, -first - 0.11, first, first + 0.09);
      Query query = Query.local(f, Norm.LINF, -0.0085).upTo(1);
      double truth = first - (0.15 + 0.01 * k) / 7.1 + 0.0085;
      RadiusResult result =
          radius(on("ortools-scip"), query, strategy(strategy).encoding("sos1").build());
      assertTrue(result.certified() <= truth + 1e-3, truth + " " + result);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ortools-cbc", "ortools-scip", "ortools-highs"})
  void aSteepSpikeIsNotOverlooked(String solver) {
    for (double slope : new double[] {5e2, 1e4, 3e4}) {
      Query query = Query.local(spikes(1, slope, 0.5), Norm.LINF, 0).upTo(1);
      double truth = 0.5 - 1 / slope;
      for (String strategy : new String[] {"direct", "cones", "fold"}) {
        RadiusResult result = radius(on(solver), query, strategy(strategy).build());
        assertTrue(result.certified() <= truth + 1e-3, strategy + " " + slope + " " + result);
        RadiusResult checked = check(on(solver), query, strategy(strategy).build());
        assertNotEquals(Verdict.HOLDS, Certifier.verdict(checked), strategy + " " + checked);
      }
    }
  }

  /** {@code (|x|, y)} folds at {@code x = 0}. */
  private static ReluNetwork fold() {
    return ReluNetwork.of(
        "fold",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}), new double[4]),
            Layer.linear(Matrix.of(new double[][] {{1, 1, 0, 0}, {0, 0, 1, -1}}), 0, 0)));
  }

  /** The separation of a transformation is in units of the second network's outputs. */
  @Test
  void aTransformationKnowsNoUnits() {
    for (double unit : new double[] {1e-6, 1e-4, 1, 1e4}) {
      ReluNetwork g =
          ReluNetwork.of("g", List.of(Layer.linear(Matrix.of(new double[][] {{unit, 0}}), 0)));
      Query query = Query.transformation(fold(), g, Norm.LINF, 0.5, 0).upTo(4);
      RadiusResult result = radius(on("ortools-highs"), query, strategy("direct").build());
      assertEquals(0.5, result.certified(), 2e-3, result::toString);
      assertEquals(0.5, result.refuted().orElseThrow(), 2e-3, result::toString);
      assertTrue(result.delta() <= 2e-3 * unit, result::toString);
      RadiusResult checked = check(on("ortools-scip"), query, strategy("direct").build());
      assertEquals(Verdict.REFUTED, Certifier.verdict(checked), checked::toString);
    }
  }

  /** Balls are closed: 1 and -1 collide exactly, and nothing nearer does. */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "boxes", "cones", "paper"})
  void aCollisionOnTheBorderIsNotDenied(String strategy) {
    ReluNetwork curve =
        ReluNetwork.of(
            "curve",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}, {-1}}), 0, 0, -0.5, -0.5),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 0, 0}, {1, -1, -2, 2}}), 0, 0)));
    for (Norm norm : new Norm[] {Norm.L1, Norm.LINF}) {
      Query query = Query.local(curve, norm, 0).upTo(1);
      RadiusResult checked = check(on("ortools-highs"), query, strategy(strategy).build());
      assertEquals(Verdict.REFUTED, Certifier.verdict(checked), checked::toString);
      assertEquals(1, checked.refuted().orElseThrow());
      RadiusResult result = radius(on("ortools-highs"), query, strategy(strategy).build());
      assertTrue(result.certified() < 1 || result.refuted().isPresent(), result::toString);
    }
  }

  /** A claim about pairs that the ball does not hold would be true of every network. */
  @Test
  void aVacuousClaimIsRefused() {
    ReluNetwork many =
        ReluNetwork.of(
            "many",
            List.of(
                Layer.relu(
                    Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}), new double[4]),
                Layer.linear(Matrix.of(new double[][] {{1, 1, 1, 1}}), 0)));
    CertifyOptions direct = strategy("direct").build();
    Query pseudo = Query.pseudo(many, Norm.LINF, 0, 0).upTo(5e-4);
    assertThrows(BadInput.class, () -> check(on("ortools-highs"), pseudo, direct));
    Query local = Query.local(spikes(1, 10, 0.0), Norm.LINF, 0).upTo(4e-4);
    assertThrows(BadInput.class, () -> radius(on("ortools-highs"), local, direct));
    Query between = Query.transformation(fold(), many, Norm.LINF, 0, 0).upTo(1);
    CertifyOptions wide = strategy("direct").delta(50).build();
    assertThrows(BadInput.class, () -> radius(on("ortools-highs"), between, wide));
    assertThrows(
        BadInput.class,
        () -> check(on("ortools-highs"), pseudo.upTo(1e-5), strategy("paper").build()));
  }

  /** A fold of width 1e-4, which a delta of 1e-3 does not see. */
  @Test
  void foldDecidesAsItBrackets() {
    ReluNetwork f =
        ReluNetwork.of(
            "narrow",
            List.of(
                Layer.relu(
                    Matrix.of(
                        new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 0}, {1, 0}, {1, 0}}),
                    0,
                    0,
                    0,
                    0,
                    -0.2899,
                    -0.29,
                    -0.2901),
                Layer.linear(
                    Matrix.of(new double[][] {{1, -1, 0, 0, -3, 6, -3}, {0, 0, 1, -1, 0, 0, 0}}),
                    0,
                    0)));
    Query query = Query.local(f, Norm.LINF, 0.01, 0.02).upTo(0.3);
    RadiusResult checked = check(on("ortools-scip"), query, strategy("fold").build());
    assertEquals(Verdict.REFUTED, Certifier.verdict(checked), checked::toString);
    RadiusResult result = radius(on("ortools-scip"), query, strategy("fold").build());
    assertEquals(0.2799, result.certified(), 1e-4, result::toString);
    assertEquals(StopReason.COMPLETE, result.stop());
  }

  /** What one member of a race knows is in the answer, whoever wins. */
  @Test
  void aRaceHidesNoCollision() {
    Query query = Query.local(spikes(0.2, 40, 0.5), Norm.LINF, 0.1).upTo(1);
    RadiusResult result =
        radius(
            new PortfolioCertifier(List.of(on("ortools-highs"), new SplittingCertifier())),
            query,
            strategy("direct").build());
    assertEquals(0.395, result.certified(), 1e-3, result::toString);
    assertEquals(0.395, result.refuted().orElseThrow(), 1e-3, result::toString);
  }

  /** Whatever stops the work, the region of the centre is proved. */
  @ParameterizedTest
  @ValueSource(strings = {"direct", "cones", "fold", "boxes", "paper"})
  void theRegionOfTheCentreIsProvedForFree(String strategy) {
    Query query = Query.local(spikes(1, 1e5, 0.5), Norm.LINF, 0.1).upTo(1);
    CertifyOptions cancelled = strategy(strategy).build();
    cancelled.limits().cancellation().cancel();
    RadiusResult result = radius(on("ortools-cbc"), query, cancelled);
    assertEquals(0.1, result.certified(), 1e-6, result::toString);
    assertEquals(Assurance.RIGOROUS, result.assurance());
    assertFalse(result.stop() == StopReason.COMPLETE, result::toString);
  }
}
