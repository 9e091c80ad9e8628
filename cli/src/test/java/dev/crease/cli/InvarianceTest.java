package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Trust;
import dev.crease.choose.CertifierRegistry;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One function written in several ways gets one answer, from every engine. */
class InvarianceTest {

  private static final CertifierRegistry REGISTRY =
      CertifierRegistry.discover(ConfigFactory.load());

  private static final double[] CENTER = {0.3, -0.2};

  /** A question in other words. */
  private record Wording(ReluNetwork network, double[] center) {}

  private static ReluNetwork random(long seed) {
    Random random = new Random(seed);
    double[][] first = new double[6][2];
    double[][] second = new double[2][6];
    double[] bias = new double[6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 2; j++) {
        first[i][j] = random.nextGaussian();
        second[j][i] = random.nextGaussian();
      }
      bias[i] = random.nextGaussian() / 2;
    }
    return network(first, bias, second, 0.1, -0.2);
  }

  /** The map (x, y) to (x + 2 max(0, y), 3 x): its radius is 0, as inactive y loses it. */
  private static ReluNetwork collapsing() {
    return network(
        new double[][] {{1, 0.2}, {0.5, 0.1}},
        new double[] {5, 5},
        new double[][] {{1, 0.5}, {3, 1}},
        0,
        0);
  }

  private static ReluNetwork network(
      double[][] first, double[] bias, double[][] second, double... last) {
    return ReluNetwork.of(
        "f", List.of(Layer.relu(Matrix.of(first), bias), Layer.linear(Matrix.of(second), last)));
  }

  private static Map<String, Wording> wordings(ReluNetwork f) {
    Map<String, Wording> all = new LinkedHashMap<>();
    double[][] first = rows(f.layers().get(0).weights());
    double[][] second = rows(f.layers().get(1).weights());
    double[] bias = f.layers().get(0).bias();
    double[] last = f.layers().get(1).bias();
    int n = first.length;
    double[][] wider = new double[n + 1][2];
    double[][] taken = new double[2][n + 1];
    double[] widerBias = new double[n + 1];
    System.arraycopy(first, 0, wider, 0, n);
    System.arraycopy(bias, 0, widerBias, 0, n);
    for (int j = 0; j < 2; j++) {
      System.arraycopy(second[j], 0, taken[j], 0, n);
      taken[j][n] = 0.7;
    }
    all.put("a neuron of zeros", new Wording(network(wider, widerBias, taken, last), CENTER));
    for (double unit : new double[] {1e5, 1e-3, 1e-4}) {
      double[][] scaled = new double[2][n];
      for (int j = 0; j < 2; j++) {
        for (int i = 0; i < n; i++) {
          scaled[j][i] = unit * second[j][i];
        }
      }
      all.put(
          "outputs times " + unit,
          new Wording(network(first, bias, scaled, unit * last[0], unit * last[1]), CENTER));
    }
    double[][] rescaled = new double[n][2];
    double[][] undone = new double[2][n];
    double[] rescaledBias = new double[n];
    double[][] swapped = new double[n][2];
    for (int i = 0; i < n; i++) {
      // By powers of two, so that it is the same function to the last bit.
      double s = Math.scalb(1, 4 * (i % 5) - 8);
      rescaled[i] = new double[] {s * first[i][0], s * first[i][1]};
      rescaledBias[i] = s * bias[i];
      undone[0][i] = second[0][i] / s;
      undone[1][i] = second[1][i] / s;
      swapped[i] = new double[] {first[i][1], first[i][0]};
    }
    all.put(
        "hidden rows rescaled", new Wording(network(rescaled, rescaledBias, undone, last), CENTER));
    all.put(
        "inputs swapped",
        new Wording(network(swapped, bias, second, last), new double[] {CENTER[1], CENTER[0]}));
    return all;
  }

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.row(i);
    }
    return rows;
  }

  private static RadiusResult ask(String solver, String strategy, Problem problem, Wording f) {
    Query query =
        (problem == Problem.LOCAL
                ? Query.local(f.network(), Norm.LINF, f.center())
                : Query.pseudo(f.network(), Norm.LINF, f.center()))
            .upTo(2);
    CertifyOptions options =
        CertifyOptions.builder().trust(Trust.SOLVER).strategy(strategy).build();
    Certifier certifier = REGISTRY.select(solver, query, options).certifier();
    return certifier.radius(query, options, CertifyListener.none());
  }

  @TestFactory
  List<DynamicTest> otherWordsGetTheSameAnswer() {
    List<DynamicTest> tests = new ArrayList<>();
    List<ReluNetwork> networks = List.of(random(11), random(8), collapsing());
    String[][] engines = {
      {"regions", "auto"},
      {"splitting", "auto"},
      {"ortools-highs", "boxes"},
      {"ortools-highs", "direct"},
      {"ortools-scip", "direct"},
      {"ortools-cbc", "direct"}
    };
    for (int k = 0; k < networks.size(); k++) {
      ReluNetwork f = networks.get(k);
      for (Problem problem : new Problem[] {Problem.LOCAL, Problem.PSEUDO}) {
        for (String[] engine : engines) {
          tests.add(
              DynamicTest.dynamicTest(
                  k + " " + problem + " " + String.join(" ", engine),
                  () -> assertSame(f, problem, engine[0], engine[1])));
        }
      }
    }
    return tests;
  }

  private static void assertSame(ReluNetwork f, Problem problem, String solver, String strategy) {
    RadiusResult plain = ask(solver, strategy, problem, new Wording(f, CENTER));
    // Collisions nearer than delta may be found in one wording and not in the other.
    double off = 1e-5 + (plain.deltaIsRigorous() ? 0 : plain.delta());
    wordings(f)
        .forEach(
            (name, wording) -> {
              RadiusResult other = ask(solver, strategy, problem, wording);
              String what = name + ": " + other + " for " + plain;
              assertEquals(plain.stop(), other.stop(), what);
              assertEquals(plain.certified(), other.certified(), off, what);
              assertEquals(plain.refuted().isPresent(), other.refuted().isPresent(), what);
              if (plain.refuted().isPresent()) {
                double refuted = other.refuted().orElseThrow();
                assertEquals(plain.refuted().getAsDouble(), refuted, off, what);
                assertTrue(plain.certified() <= refuted + off, what);
              }
            });
  }
}
