package dev.crease.solver.ortools;

import dev.crease.certify.Certifier;
import dev.crease.certify.MipCertifier;
import dev.crease.testkit.CertifierContract;

class ScipCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ortools-scip"));
  }
}
