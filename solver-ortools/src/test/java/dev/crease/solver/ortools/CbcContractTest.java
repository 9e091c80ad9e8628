package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;

class CbcContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.raw("ortools-cbc");
  }
}
