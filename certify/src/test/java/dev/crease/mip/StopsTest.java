package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Backends;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.choose.PortfolioCertifier;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Whenever somebody cancels an answer, or interrupts the thread that asked, it comes with what
 * there is.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopsTest {

  private static ReluNetwork dense(int... widths) {
    Random random = new Random(7);
    List<Layer> layers = new ArrayList<>();
    for (int k = 1; k < widths.length; k++) {
      double[][] w = new double[widths[k]][widths[k - 1]];
      double[] b = new double[widths[k]];
      for (int i = 0; i < b.length; i++) {
        Arrays.setAll(w[i], j -> random.nextGaussian() * Math.sqrt(2.0 / w[0].length));
        b[i] = random.nextGaussian() / 10;
      }
      layers.add(
          k == widths.length - 1 ? Layer.linear(Matrix.of(w), b) : Layer.relu(Matrix.of(w), b));
    }
    return ReluNetwork.of("dense", layers);
  }

  private static Query question(int... widths) {
    double[] center = new double[widths[0]];
    Arrays.fill(center, 0.1);
    return Query.local(dense(widths), Norm.LINF, center).upTo(1);
  }

  @TestFactory
  List<DynamicTest> everyLoopLooksUp() {
    List<DynamicTest> tests = new ArrayList<>();
    Random random = new Random(11);
    Query large = question(60, 60, 60, 60);
    Query few = question(5, 40, 40, 5);
    for (String solver : new String[] {"ortools-highs", "ortools-cbc"}) {
      for (String strategy : List.of("direct", "cones", "fold", "boxes", "paper")) {
        Certifier certifier = new MipCertifier(Backends.REGISTRY.select(solver));
        add(tests, certifier, strategy, large, random);
        add(tests, certifier, strategy, few, random);
      }
    }
    add(tests, new SplittingCertifier(), "auto", few, random);
    add(
        tests,
        new PortfolioCertifier(
            List.of(
                new MipCertifier(Backends.REGISTRY.select("ortools-highs")),
                new SplittingCertifier())),
        "direct",
        few,
        random);
    return tests;
  }

  private static void add(
      List<DynamicTest> tests, Certifier certifier, String strategy, Query query, Random random) {
    for (boolean interrupts : new boolean[] {false, true}) {
      long delay = random.nextInt(400);
      CertifyOptions options =
          CertifyOptions.builder().trust(Trust.SOLVER).strategy(strategy).threads(2).build();
      String name =
          String.join(" ", certifier.id(), strategy, query.f().shape(), interrupts ? "i" : "c");
      tests.add(
          DynamicTest.dynamicTest(
              name + " " + delay, () -> stop(certifier, options, query, interrupts, delay)));
    }
  }

  private static void stop(
      Certifier certifier, CertifyOptions options, Query query, boolean interrupts, long delay)
      throws InterruptedException, ExecutionException {
    FutureTask<RadiusResult> answer =
        new FutureTask<>(() -> certifier.radius(query, options, CertifyListener.none()));
    Thread asking = new Thread(answer);
    asking.start();
    Thread.sleep(delay);
    if (interrupts) {
      asking.interrupt();
    } else {
      options.limits().cancellation().cancel();
    }
    RadiusResult result = answer.get();
    assertTrue(result.certified() >= 0);
    boolean isClosed =
        result.holdsEverywhere()
            || (result.refuted().isPresent()
                && result.refuted().getAsDouble() - result.certified() < 0.01);
    if (!isClosed && result.stop() != StopReason.LIMIT) {
      assertEquals(StopReason.INTERRUPTED, result.stop(), result::toString);
    }
    assertFalse(!isClosed && result.stop() == StopReason.COMPLETE, result::toString);
  }
}
