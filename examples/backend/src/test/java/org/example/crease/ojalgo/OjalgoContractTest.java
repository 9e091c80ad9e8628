package org.example.crease.ojalgo;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class OjalgoContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw();
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("simplex", "primal"));
  }
}
