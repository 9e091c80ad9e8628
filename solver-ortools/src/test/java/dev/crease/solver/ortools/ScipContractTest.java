package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class ScipContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("ortools-scip");
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("separating/maxrounds", "5"));
  }
}
