package dev.crease.testkit.certifiers;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.mip.MipCertifier;
import java.time.Duration;

class CpSatCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ortools-cp-sat"));
  }

  @Override
  protected CertifyOptions options() {
    return super.options().toBuilder().timeLimit(Duration.ofSeconds(1)).build();
  }

  /** It works on a grid: its answers of continuous models are no proofs. */
  @Override
  protected boolean certifies() {
    return false;
  }
}
