package dev.crease.testkit.certifiers;

import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import java.time.Duration;

class SplittingCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new SplittingCertifier();
  }

  @Override
  protected CertifyOptions options() {
    return super.options().toBuilder().timeLimit(Duration.ofSeconds(5)).build();
  }

  /** Boxes around a fold cannot be split for ever. */
  @Override
  protected boolean alwaysCloses() {
    return false;
  }
}
