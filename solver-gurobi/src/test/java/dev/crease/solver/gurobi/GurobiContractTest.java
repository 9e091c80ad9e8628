package dev.crease.solver.gurobi;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsLicence.class)
class GurobiContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("gurobi");
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("MIPFocus", "2"));
  }
}
