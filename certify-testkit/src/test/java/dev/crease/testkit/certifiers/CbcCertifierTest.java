package dev.crease.testkit.certifiers;

import dev.crease.certify.Certifier;
import dev.crease.mip.MipCertifier;

class CbcCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ortools-cbc"));
  }

  @Override
  protected double resolution() {
    // In the norm 2 it looks at a polyhedron around the ball.
    return 4e-4;
  }
}
