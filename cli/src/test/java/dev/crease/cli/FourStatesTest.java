package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.campaign.Family;
import dev.crease.campaign.Instance;
import dev.crease.campaign.Suite;
import dev.crease.campaign.Truth;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.tree.TreeCertifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trees on the cart and pole against radii that an enumeration of its own found. */
class FourStatesTest {

  private static final TreeCertifier TREE =
      TreeCertifier.on(SolverRegistry.discover(ConfigFactory.load()).select("ortools-highs"));

  @Test
  void treesCloseAroundTheTrueRadius() {
    List<Instance> instances =
        Suite.all().stream()
            .filter(i -> i.family() == Family.DYNAMICS_4D)
            .filter(i -> i.id().contains("cartpole") && i.id().endsWith("0.5,-0.5,0.6,1"))
            .filter(i -> i.known().isPresent())
            .toList();
    assertEquals(8, instances.size());
    for (Instance instance : instances) {
      double truth = instance.known().map(Truth::radius).orElseThrow();
      RadiusResult result =
          TREE.radius(
              instance.query(),
              CertifyOptions.builder().nodeLimit(400).build(),
              CertifyListener.none());
      String which = instance.id() + ": " + result + " around " + truth;
      assertEquals(StopReason.COMPLETE, result.stop(), which);
      double refuted = result.refuted().orElse(instance.query().maxRadius());
      assertTrue(result.certified() <= truth, which);
      assertTrue(refuted >= Math.nextDown(truth), which);
      assertTrue(refuted - result.certified() <= 2e-6 * truth, which);
    }
  }
}
