package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  private static final double A = 1;
  private static final double TAU = 0.15;

  private static ReluNetwork example(String name) {
    return NetworkFiles.read(Path.of("../examples/" + name + ".onnx"));
  }

  /** The determinant of the Jacobian of the Brusselator's forward-Euler map. */
  private static double determinant(double x, double y, double b, double tau) {
    return 1 - tau * x * x + tau * (2 * x * y - b - 1) + tau * tau * x * x;
  }

  private static double determinant(Matrix a) {
    return a.get(0, 0) * a.get(1, 1) - a.get(0, 1) * a.get(1, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.9, 2.0, 2.1, 2.2})
  void brusselatorFoldsWhereItsMapDoes(double b) {
    ReluNetwork f = example("brusselator-b").fixInputs(Map.of(2, b));
    assertTrue(agreement(f, b, TAU) > 0.99);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.15, 0.2})
  void brusselatorWithTimeStepFoldsWhereItsMapDoes(double tau) {
    ReluNetwork f = example("brusselator-tau").fixInputs(Map.of(2, tau));
    assertTrue(agreement(f, 2, tau) > 0.99);
  }

  /**
   * The share of grid points away from the fold at which the network's orientation is the map's.
   */
  private static double agreement(ReluNetwork f, double b, double tau) {
    int same = 0;
    int all = 0;
    for (int i = 0; i < 80; i++) {
      for (int j = 0; j < 80; j++) {
        double x = -1.5 + 5.5 * (i + 0.5) / 80;
        double y = -1.5 + 6 * (j + 0.5) / 80;
        double exact = determinant(x, y, b, tau);
        if (Math.abs(exact) > 0.15) {
          all++;
          same += exact > 0 == determinant(f.localMap(x, y).matrix()) > 0 ? 1 : 0;
        }
      }
    }
    assertTrue(all > 3000);
    return same / (double) all;
  }

  @Test
  void brusselatorErrsLittle() {
    ReluNetwork f = example("brusselator-b");
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      double x = 0.5 + 1.5 * (i % 10) / 9;
      double y = 1 + 2.0 * (i / 10 % 10) / 9;
      double b = 1.9 + 0.3 * (i / 100) / 9;
      double[] next = f.evaluate(x, y, b);
      sum += Math.abs(next[0] - (x + TAU * (A + x * x * y - (b + 1) * x)));
      sum += Math.abs(next[1] - (y + TAU * (b * x - x * x * y)));
    }
    assertTrue(sum / 2000 < 0.02, "mean error " + sum / 2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "inf"})
  void radiiOfTheDemoAreBracketedAndReplayed(String label) {
    Norm norm = Norm.choices().named(label);
    ReluNetwork f = example("brusselator-b").fixInputs(Map.of(2, 2.1));
    SplittingCertifier splitting = new SplittingCertifier();
    RadiusResult local =
        splitting.radius(
            Query.local(f, norm, 1.801, 1.23), CertifyOptions.defaults(), CertifyListener.none());
    RadiusResult pseudo =
        splitting.radius(
            Query.pseudo(f, norm, 1.801, 1.23), CertifyOptions.defaults(), CertifyListener.none());
    assertEquals(StopReason.COMPLETE, local.stop());
    assertEquals(StopReason.COMPLETE, pseudo.stop());
    double localGap = local.refuted().getAsDouble() - local.certified();
    double pseudoGap = pseudo.refuted().getAsDouble() - pseudo.certified();
    assertTrue(localGap >= 0 && localGap < 1e-4, "gap " + localGap);
    assertTrue(pseudoGap >= 0 && pseudoGap < 1e-4, "gap " + pseudoGap);
    assertTrue(local.certified() <= pseudo.refuted().getAsDouble());
    double[] x = pseudo.witness().orElseThrow().x();
    assertEquals(0, Norm.LINF.distance(f.evaluate(x), f.evaluate(1.801, 1.23)), 1e-12);
  }

  @Test
  void cartAndPoleErrsLittle() {
    ReluNetwork dense = example("cartpole");
    ReluNetwork pruned = example("cartpole-pruned-50");
    double sum = 0;
    double prunedSum = 0;
    for (int i = 0; i < 1000; i++) {
      double v = -1 + 2.0 * (i % 10) / 9;
      double theta = -1 + 2.0 * (i / 10 % 10) / 9;
      double omega = -2 + 4.0 * (i / 100) / 9;
      double[] next = cartAndPole(0.5, v, theta, omega);
      sum += Norm.L1.distance(next, dense.evaluate(0.5, v, theta, omega));
      prunedSum += Norm.L1.distance(next, pruned.evaluate(0.5, v, theta, omega));
    }
    assertTrue(sum / 4000 < 0.01, "mean error " + sum / 4000);
    assertTrue(prunedSum / 4000 < 0.02, "mean error " + prunedSum / 4000);
  }

  /** One forward-Euler step of 0.1 of a free pole, 0.12 long, on a cart ten times as heavy. */
  private static double[] cartAndPole(double x, double v, double theta, double omega) {
    double sin = Math.sin(theta);
    double cos = Math.cos(theta);
    double arm = 0.06 * 0.1 / 1.1;
    double alpha =
        (9.81 * sin - arm * omega * omega * sin * cos) / (0.06 * (4 / 3.0 - cos * cos / 11));
    double a = arm * (omega * omega * sin - alpha * cos);
    return new double[] {x + 0.1 * v, v + 0.1 * a, theta + 0.1 * omega, omega + 0.1 * alpha};
  }

  @Test
  void lorenz96ErrsLittle() {
    ReluNetwork f = example("lorenz96");
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      double[] x = {0.2 * (i % 10), 0.2 * (i / 10 % 10), 0.2 * (i / 100), 1};
      double[] next = new double[4];
      for (int j = 0; j < 4; j++) {
        double rate = (x[(j + 1) % 4] - x[(j + 2) % 4]) * x[(j + 3) % 4] - x[j] + 1.5;
        next[j] = x[j] + 0.2 * rate;
      }
      sum += Norm.L1.distance(next, f.evaluate(x));
    }
    assertTrue(sum / 4000 < 0.05, "mean error " + sum / 4000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vanderpol-pruned-40",
        "vanderpol-pruned-50",
        "vanderpol-pruned-60",
        "cartpole-pruned-50"
      })
  void prunedNetworksAreSparse(String name) {
    ReluNetwork f = example(name);
    int percent = Integer.parseInt(name.substring(name.length() - 2));
    int weights = f.layers().stream().mapToInt(l -> l.inputs() * l.outputs()).sum();
    int nonZeros = f.layers().stream().mapToInt(l -> l.weights().nonZeros()).sum();
    assertEquals(percent / 100.0, 1 - nonZeros / (double) weights, 0.005);
  }
}
