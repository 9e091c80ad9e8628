package dev.crease.solver.ortools;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;

/** The contract holds through the decorators that every use has. */
class GuardedContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.REGISTRY.select("ortools-highs");
  }
}
