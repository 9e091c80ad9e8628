package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.StopReason;
import dev.crease.engine.regions.RegionsCertifier;
import dev.crease.question.Query;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.Networks;
import dev.crease.tree.TreeCertifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lipschitz constants by trees against those of regions, whose brackets are tight. */
class TreeLipschitzTest {

  private static final TreeCertifier TREE =
      TreeCertifier.on(SolverRegistry.discover(ConfigFactory.load()).select("ortools-highs"));

  private static LipschitzResult tree(Query query, double radius) {
    return TREE.lipschitz(query, radius, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static LipschitzResult regions(Query query, double radius) {
    return new RegionsCertifier()
        .lipschitz(query, radius, CertifyOptions.defaults(), CertifyListener.none());
  }

  private static void assertAgree(LipschitzResult exact, LipschitzResult found, String what) {
    String both = what + ": " + exact + " and " + found;
    assertTrue(found.alpha().least() <= exact.alpha().most(), both);
    assertTrue(found.alpha().most() >= exact.alpha().least(), both);
    assertTrue(found.upper().least() <= exact.upper().most(), both);
    assertTrue(found.upper().most() >= exact.upper().least(), both);
  }

  @Test
  void bracketsHoldTheConstants() {
    int closed = 0;
    for (long seed = 0; seed < 2; seed++) {
      for (Query query :
          List.of(
              Query.local(Networks.random(seed, 2, 4, 2), Norm.LINF, 0.2, -0.1),
              Query.local(Networks.random(seed, 2, 4, 3, 3), Norm.LINF, 0.1, 0.3).scaled(2, 0.5),
              Query.local(Networks.random(seed, 2, 4, 1), Norm.LINF, 0, 0)
                  .sharing(Map.of(0, new Interval(-0.25, 0.5)), -0.5))) {
        LipschitzResult exact = regions(query, 0.15);
        LipschitzResult found = tree(query, 0.15);
        assertAgree(exact, found, "seed " + seed);
        if (exact.alpha().least() > 0) {
          assertEquals(exact.alpha().most(), found.alpha().least(), 0.02 * exact.alpha().most());
          assertEquals(StopReason.COMPLETE, found.stop(), found::toString);
          closed++;
        }
        assertEquals(
            exact.upper().most(), found.upper().most(), 0.02 * exact.upper().most() + 1e-9);
      }
    }
    assertTrue(closed >= 2, closed + " are one-to-one");
  }

  @Test
  void otherNormsAreBoundedByIt() {
    int positive = 0;
    for (long seed = 0; seed < 2; seed++) {
      for (Norm norm : List.of(Norm.L1, Norm.L2)) {
        Query query = Query.local(Networks.random(seed, 2, 5, 2), norm, 0.2, -0.1);
        LipschitzResult found = tree(query, 0.2);
        assertAgree(regions(query, 0.2), found, "seed " + seed);
        positive += found.alpha().least() > 0 ? 1 : 0;
      }
    }
    assertTrue(positive >= 1, positive + " are proved to be one-to-one");
  }
}
