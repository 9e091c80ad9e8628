package org.example.crease.ojalgo;

import dev.crease.certify.Certifier;
import dev.crease.mip.MipCertifier;
import dev.crease.testkit.certifiers.CertifierContract;

class OjalgoCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ojalgo"));
  }
}
