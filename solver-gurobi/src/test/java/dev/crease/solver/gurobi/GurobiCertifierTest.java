package dev.crease.solver.gurobi;

import dev.crease.certify.Certifier;
import dev.crease.mip.MipCertifier;
import dev.crease.testkit.certifiers.CertifierContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsLicence.class)
class GurobiCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return new MipCertifier(Backends.REGISTRY.select("gurobi"));
  }
}
