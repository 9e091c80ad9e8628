package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class GlopContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("ortools-glop");
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("max_number_of_iterations", "100000"));
  }
}
