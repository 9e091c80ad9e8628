package dev.crease.campaign;

import com.typesafe.config.ConfigFactory;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifierModule;
import dev.crease.choose.CertifierRegistry;
import dev.crease.solver.registry.Contributions;
import dev.crease.solver.registry.SolverRegistry;
import java.util.List;

/** Registries without any solver. */
final class Registries {

  private Registries() {}

  static CertifierRegistry splitting() {
    return CertifierRegistry.of(SolverRegistry.of(ConfigFactory.empty(), List.of()));
  }

  /** With a certifier of the test's besides. */
  static CertifierRegistry with(String id, Class<? extends Certifier> type) {
    CertifierModule module =
        new CertifierModule() {
          @Override
          protected void configure() {
            bindCertifier(id, type);
          }
        };
    return CertifierRegistry.of(
        SolverRegistry.of(ConfigFactory.empty(), List.of()),
        Contributions.of(List.of(module), ConfigFactory.empty()));
  }
}
