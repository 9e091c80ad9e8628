package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Backends;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every strategy, encoding and way to bound neurons gives the truth, as splitting knows it. */
class StrategyMatrixTest {

  private static final double SAME = 1e-4;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (long seed = 1; seed <= 2; seed++) {
      ReluNetwork f = Networks.random(seed, 2, 5, 4, 2);
      Norm norm = seed == 2 ? Norm.L1 : Norm.LINF;
      queries.add(Query.local(f, norm, 0.1, -0.2).upTo(3));
      queries.add(Query.pseudo(f, norm, 0.1, -0.2).upTo(3));
    }
    ReluNetwork f = Networks.random(5, 2, 5, 4, 2);
    queries.add(
        Query.transformation(f, Networks.random(6, 2, 4, 3, 2), Norm.LINF, 0.1, 0.3).upTo(3));
    // What it tells apart differs by less than the points do.
    ReluNetwork small =
        ReluNetwork.of(
            "small", List.of(Layer.linear(Matrix.of(new double[][] {{0.05, 0}, {0, 0.05}}), 0, 0)));
    queries.add(Query.transformation(f, small, Norm.LINF, 0.1, 0.3).upTo(3));
    return queries;
  }

  @TestFactory
  List<DynamicTest> allTellTheTruth() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Query query : queries()) {
      RadiusResult truth = truth(query);
      for (String strategy : List.of("direct", "cones", "fold", "boxes")) {
        for (String encoding : List.of("big-m", "indicator", "sos1", "extended", "cuts")) {
          String bounds = "auto";
          tests.add(test(query, truth, strategy, encoding, bounds));
        }
        for (String bounds : List.of("interval", "symbolic", "lp", "mip")) {
          tests.add(test(query, truth, strategy, "big-m", bounds));
        }
      }
    }
    return tests;
  }

  /** As splitting knows it; of two networks, as SCIP says. */
  private static RadiusResult truth(Query query) {
    CertifyOptions.Builder options = CertifyOptions.builder().trust(Trust.SOLVER);
    return query.g().isPresent()
        ? new MipCertifier(Backends.REGISTRY.select("ortools-scip"))
            .radius(query, options.strategy("direct").build(), CertifyListener.none())
        : new SplittingCertifier()
            .radius(query, options.timeLimit(LIMIT).build(), CertifyListener.none());
  }

  private static DynamicTest test(
      Query query, RadiusResult known, String strategy, String encoding, String bounds) {
    return DynamicTest.dynamicTest(
        strategy + " " + encoding + " " + bounds + " " + query,
        () -> {
          CertifyOptions.Builder how = CertifyOptions.builder().trust(Trust.SOLVER);
          // Only under one delta are answers about another network the same.
          query.g().ifPresent(g -> how.delta(CertifyOptions.DEFAULT_DELTA));
          CertifyOptions options =
              how.strategy(strategy)
                  .encoding(encoding)
                  .bounds(bounds)
                  .threads(strategy.equals("cones") || strategy.equals("boxes") ? 2 : 1)
                  .timeLimit(LIMIT)
                  .build();
          RadiusResult result =
              new MipCertifier(Backends.REGISTRY.select("ortools-highs"))
                  .radius(query, options, CertifyListener.none());
          assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
          // A pair may be off its radius by its separation, where that is not proved away.
          double room = SAME + query.dimension() * result.delta();
          if (query.g().isEmpty()) {
            double most = known.refuted().orElse(query.maxRadius());
            assertTrue(
                result.certified() <= most + (result.deltaIsRigorous() ? SAME : room),
                () -> result + " " + known);
            result
                .refuted()
                .ifPresent(r -> assertTrue(r >= known.certified() - SAME, () -> result.toString()));
            double loss = strategy.equals("fold") && !query.isPinned() ? 0.05 : room;
            assertTrue(result.certified() >= known.certified() - loss, () -> result + " " + known);
          } else {
            assertEquals(known.certified(), result.certified(), room, () -> result + " " + known);
          }
        });
  }
}
