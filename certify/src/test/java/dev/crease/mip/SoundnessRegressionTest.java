package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that were once wrong, each by the network that showed it. */
class SoundnessRegressionTest {

  private static final CertifyOptions OPTIONS =
      CertifyOptions.builder().trust(Trust.SOLVER).timeLimit(Duration.ofSeconds(5)).build();

  private static Layer linear(double[][] weights) {
    return Layer.linear(Matrix.of(weights), new double[weights.length]);
  }

  private static RadiusResult splitting(Query query) {
    return new SplittingCertifier().radius(query, OPTIONS, CertifyListener.none());
  }

  @Test
  void aSlopeOfRoundingNoiseIsNoFullRank() {
    ReluNetwork f =
        ReluNetwork.of(
            "noise",
            List.of(
                linear(new double[][] {{.1}, {.7}}),
                linear(new double[][] {{.3, 0}, {0, .3}}),
                linear(new double[][] {{.7, -.1}})));
    assertEquals(
        Optional.empty(), CenterAnalysis.of(Query.pseudo(f, Norm.LINF, 1)).rigorousDelta());
  }

  @Test
  void aBorderIsNotFurtherThanRoundingCanTell() {
    double a = .1 * 0x1p52;
    double d = 1 + 0x1p-10;
    ReluNetwork f =
        ReluNetwork.of(
            "cancelling",
            List.of(
                linear(new double[][] {{a}, {.7}, {1}}),
                linear(new double[][] {{.3, 0, 0}, {0, .3, 0}, {0, 0, 1}}),
                Layer.relu(Matrix.of(new double[][] {{.7, -a, 1}, {-.7, a, -1}}), -d, d),
                linear(new double[][] {{1, 1}})));
    // Exactly |x - d|: f(1) = f(1 + 2^-9).
    Optional<Double> delta = CenterAnalysis.of(Query.pseudo(f, Norm.LINF, 1)).rigorousDelta();
    assertTrue(delta.isEmpty() || delta.get() <= 0x1p-9, delta::toString);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-7, 1e-10, 1e-14})
  void contractingIsNotColliding(double scale) {
    ReluNetwork narrow =
        ReluNetwork.of("narrow", List.of(linear(new double[][] {{1, 0}, {0, scale}})));
    RadiusResult plane = splitting(Query.local(narrow, Norm.LINF, .3, .2).upTo(1));
    assertTrue(plane.witness().isEmpty());
    assertEquals(1, plane.certified());
    ReluNetwork offset =
        ReluNetwork.of("offset", List.of(Layer.linear(Matrix.of(new double[][] {{scale}}), 1e6)));
    assertTrue(splitting(Query.local(offset, Norm.LINF, .3).upTo(1)).witness().isEmpty());
    Query query = Query.local(narrow, Norm.LINF, .3, .2);
    assertEquals(
        Optional.empty(), Witness.replay(query, new double[] {.3, .201}, new double[] {.3, .2}));
  }

  @Test
  void aValleyThatDoesNotReachIsNoCollision() {
    double g = 5e-8;
    double s = (.5 - g) / .5;
    ReluNetwork f =
        ReluNetwork.of(
            "valley",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {1}, {1}}), 2, -.5, -1),
                Layer.linear(Matrix.of(new double[][] {{1, -1 - s, 1 + s}}), -2)));
    Query query = Query.pseudo(f, Norm.LINF, 0).upTo(2);
    assertEquals(Optional.empty(), Witness.replay(query, new double[] {1}, new double[] {0}));
    RadiusResult result = splitting(query);
    assertTrue(result.witness().isEmpty());
    assertEquals(2, result.certified());
  }

  /** The point that would have the centre's output lies across a kink, by less than rounding. */
  @Test
  void aMoveAcrossAKinkMakesUpForNothing() {
    ReluNetwork f =
        ReluNetwork.of(
            "kink",
            List.of(
                Layer.relu(
                    Matrix.of(
                        new double[][] {
                          {0.8501508282833001, -1.227621202667997},
                          {-0.7793514822624804, -0.46790688395154584},
                          {-0.5766563112014027, 1.307157802556351}
                        }),
                    -0.35326214566880815,
                    0.2960170950390089,
                    0.5779357733015158),
                Layer.linear(
                    Matrix.of(
                        new double[][] {
                          {0.11643046212969853, 0.20331673151514143, -0.850431440080201},
                          {-0.12962777756470112, 0.5592240080139952, -0.5161938045560002}
                        }),
                    0.5084559779725337,
                    0.05473187954759907)));
    double[] center = {0.7541437020616526, -0.10943900397879201};
    double[] x = {0.536161334487243, -0.26039590333975715};
    Query query = Query.pseudo(f, Norm.LINF, center).upTo(1);
    assertTrue(Norm.LINF.distance(f.evaluate(x), f.evaluate(center)) < 2e-16);
    assertTrue(Witness.replay(query, x, center).isEmpty());
  }

  @Test
  void aBallWithoutACollisionIsSettledToItsBorder() {
    // A fold at 2.0000005, just outside the ball of radius 1 around 1.
    ReluNetwork f =
        ReluNetwork.of(
            "fold",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), -2.0000005, 2.0000005),
                linear(new double[][] {{1, 1}})));
    RadiusResult result = splitting(Query.local(f, Norm.LINF, 1).upTo(1));
    assertEquals(1, result.certified());
    assertEquals(StopReason.COMPLETE, result.stop());
  }

  @Test
  void farFromZeroSplittingEnds() {
    // Flat between 1e6 and 1e6 + 1: no pair there can be settled, and halving comes to an end.
    ReluNetwork f =
        ReluNetwork.of(
            "flat",
            List.of(
                Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), -1e6 - 1, 1e6),
                linear(new double[][] {{1, -1}})));
    RadiusResult result = splitting(Query.local(f, Norm.LINF, 1e6 - 0.5).upTo(1));
    assertTrue(result.stop() != StopReason.TIME_LIMIT, result::toString);
    assertTrue(result.certified() <= 0.5 + 1e-6, result::toString);
  }
}
