package dev.crease.testkit.certifiers;

import dev.crease.certify.Certifier;
import dev.crease.mip.MipCertifier;

class ScipCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ortools-scip"));
  }
}
