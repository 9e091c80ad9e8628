package org.example.crease.ojalgo;

import dev.crease.certify.Certifier;
import dev.crease.certify.MipCertifier;
import dev.crease.testkit.CertifierContract;

class OjalgoCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ojalgo"));
  }
}
