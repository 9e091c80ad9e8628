package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crease.BackendUnavailable;
import dev.crease.solver.Availability;
import dev.crease.solver.MipSolver;
import dev.crease.testkit.ContractCoverage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {

  @Test
  void findsTheBackend() {
    assertEquals(List.of("gurobi"), Backends.REGISTRY.all().stream().map(MipSolver::id).toList());
    assertEquals(List.of(), Backends.REGISTRY.broken());
    assertEquals("Gurobi 12.0.3", Backends.raw("gurobi").version());
  }

  @Test
  void theBackendIsHeldToTheContract() {
    assertEquals(Set.of(), ContractCoverage.untested(Backends.REGISTRY, RegistryTest.class));
  }

  @Test
  void withoutALicenceSelectingItSaysWhyAndWhatToDo() {
    Availability here = Backends.raw("gurobi").availability();
    assumeTrue(here instanceof Availability.Unavailable, "Gurobi has a licence here");
    BackendUnavailable no =
        assertThrows(BackendUnavailable.class, () -> Backends.REGISTRY.select("gurobi"));
    assertEquals(1, no.getMessage().lines().count(), no.getMessage());
    String reason = ((Availability.Unavailable) here).reason();
    for (String part : List.of("gurobi", reason, "GRB_LICENSE_FILE", "gurobi.com")) {
      assertTrue(no.getMessage().contains(part), no.getMessage());
    }
  }
}
