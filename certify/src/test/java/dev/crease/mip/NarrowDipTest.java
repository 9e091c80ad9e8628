package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code x - depth tent((x - x0) / h)} with hidden neurons in small units that the next layer
 * magnifies: a solver's absolute tolerance on a neuron hid the dip, and false radii were certified.
 */
class NarrowDipTest {

  private static final double AT = 0.731;

  private static ReluNetwork dip(double h, double depth, double unit) {
    double k = depth / h / unit;
    double[][] in = {{unit}, {unit}, {unit}, {1}};
    double[] bias = {unit * (h - AT), -unit * AT, -unit * (AT + h), 0};
    return ReluNetwork.of(
        "dip",
        List.of(
            Layer.of(Matrix.of(in), bias, new boolean[] {true, true, true, false}),
            Layer.linear(Matrix.of(new double[][] {{-k, 2 * k, -k, 1}}), 0)));
  }

  @TestFactory
  List<DynamicTest> dipsAreNotOverlooked() {
    List<DynamicTest> tests = new ArrayList<>();
    for (double unit : new double[] {1, 0.1, 1e-3, 1e-6, 1e-10}) {
      for (int e : new int[] {9, 13}) {
        double h = Math.scalb(1.0, -e);
        for (double depth : new double[] {0.4, 0.05}) {
          ReluNetwork f = dip(h, depth, unit);
          for (String solver : List.of("ortools-highs", "ortools-scip")) {
            for (String strategy : List.of("direct", "cones", "fold", "boxes")) {
              for (Query query :
                  List.of(
                      Query.local(f, Norm.LINF, 0.5).upTo(1),
                      Query.pseudo(f, Norm.LINF, 0.5).upTo(1))) {
                String name = unit + " 2^-" + e + " " + depth + " " + solver + " " + strategy;
                tests.add(
                    DynamicTest.dynamicTest(
                        name + " " + query.problem(),
                        () -> assertSeen(query, h, depth, solver, strategy)));
              }
            }
          }
        }
      }
    }
    return tests;
  }

  private static void assertSeen(
      Query query, double h, double depth, String solver, String strategy) {
    CertifyOptions options =
        CertifyOptions.builder()
            .trust(Trust.SOLVER)
            .strategy(strategy)
            .delta(1e-4)
            .timeLimit(Duration.ofSeconds(10))
            .build();
    RadiusResult result =
        new MipCertifier(Backends.REGISTRY.select(solver))
            .radius(query, options, CertifyListener.none());
    // The dip comes back to the centre's value only when it is deep enough.
    boolean collides = !query.isPinned() || depth > AT - 0.5;
    if (collides) {
      double beyond = AT - 0.5 + h;
      assertTrue(result.certified() <= beyond + 1e-4, result::toString);
    }
  }

  @Test
  void ofWhatTheTolerancesHideNothingIsClaimed() {
    Query query = Query.local(dip(0x1p-18, 0.4, 1), Norm.LINF, 0.5).upTo(1);
    MipCertifier certifier = new MipCertifier(Backends.REGISTRY.select("ortools-highs"));
    CertifyOptions direct = CertifyOptions.builder().trust(Trust.SOLVER).strategy("direct").build();
    RadiusResult result = certifier.radius(query, direct, CertifyListener.none());
    String notes = String.join("\n", result.notes().stream().map(Note::text).toList());
    assertTrue(notes.contains("steep") && notes.contains("without a solver"), notes);
    assertEquals(StopReason.LIMIT, result.stop());
    assertEquals(Assurance.RIGOROUS, result.assurance());
    CertifyOptions finer = direct.toBuilder().tolerances(1e-8, 1e-8).build();
    RadiusResult asked = certifier.radius(query, finer, CertifyListener.none());
    assertTrue(asked.statistics().models() > 0, asked::toString);
  }

  @Test
  void aBalancedNetworkIsTheSameFunctionToTheLastBit() {
    for (double unit : new double[] {1e-12, 0.3, 1e9}) {
      ReluNetwork f = dip(0x1p-9, 0.4, unit);
      ReluNetwork g = f.balanced();
      Random random = new Random(1);
      for (int n = 0; n < 1000; n++) {
        double[] x = {AT + 0.01 * random.nextGaussian()};
        assertEquals(f.evaluate(x)[0], g.evaluate(x)[0]);
        assertEquals(f.pattern(x), g.pattern(x));
      }
      for (int i = 0; i < 4; i++) {
        double out = Math.abs(g.layers().get(1).weights().get(0, i));
        assertTrue(out >= 1 && out < 2, "outgoing weight " + out);
      }
    }
  }
}
