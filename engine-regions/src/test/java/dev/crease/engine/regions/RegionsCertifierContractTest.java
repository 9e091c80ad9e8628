package dev.crease.engine.regions;

import dev.crease.certify.Certifier;
import dev.crease.testkit.certifiers.CertifierContract;

class RegionsCertifierContractTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new RegionsCertifier();
  }

  @Override
  protected double resolution() {
    return 1e-12;
  }
}
