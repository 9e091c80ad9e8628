package dev.crease.testkit.certifiers;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.ReluEncoding;
import dev.crease.mip.MipCertifier;
import java.util.List;

class HighsPaperCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("ortools-highs"));
  }

  @Override
  protected CertifyOptions options() {
    return super.options().toBuilder().strategy("paper").build();
  }

  /** Other encodings go with other strategies, and those are {@link HighsCertifierTest}'s. */
  @Override
  protected List<String> encodings() {
    return List.of(ReluEncoding.bigM().id());
  }

  /** The paper bisects to 1e-3. */
  @Override
  protected double resolution() {
    return 1.1e-3;
  }
}
