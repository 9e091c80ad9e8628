package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class HighsContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("ortools-highs");
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("mip_max_stall_nodes", "1000000"));
  }
}
