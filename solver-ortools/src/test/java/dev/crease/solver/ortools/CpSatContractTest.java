package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class CpSatContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("ortools-cp-sat");
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("linearization_level", "2"));
  }

  @Override
  protected boolean provesContinuousModels() {
    return false;
  }
}
