package dev.crease.solver.scip;

import com.typesafe.config.ConfigFactory;
import dev.crease.certify.Certifier;
import dev.crease.mip.MipCertifier;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.certifiers.CertifierContract;

class ScipCertifierTest extends CertifierContract {

  private static final SolverRegistry REGISTRY = SolverRegistry.discover(ConfigFactory.load());

  @Override
  protected Certifier certifier() {
    return new MipCertifier(REGISTRY.select("scip"));
  }
}
