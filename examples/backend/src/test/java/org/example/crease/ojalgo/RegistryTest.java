package org.example.crease.ojalgo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.ContractCoverage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {

  @Test
  void theServiceLoaderFindsTheBackend() {
    assertEquals(List.of("ojalgo"), Backends.REGISTRY.all().stream().map(MipSolver::id).toList());
    assertEquals(List.of(), Backends.REGISTRY.broken());
    assertEquals("ojalgo", Backends.REGISTRY.select("ojalgo").id());
  }

  @Test
  void everyBackendIsHeldToTheContract() {
    assertEquals(Set.of(), ContractCoverage.untested(Backends.REGISTRY, RegistryTest.class));
  }

  @Test
  void itsOwnSettingsComeFromTheConfiguration() {
    Config config =
        ConfigFactory.parseString("crease.ojalgo.simplex = neither")
            .withFallback(ConfigFactory.load());
    MipSolver solver = SolverRegistry.discover(config).select("ojalgo");
    Model model = Model.builder("nothing").build();
    assertThrows(
        BadInput.class, () -> solver.solve(model, SolveOptions.defaults(), SolveListener.none()));
  }
}
