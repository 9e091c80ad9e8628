package dev.crease.solver.gurobi;

import dev.crease.solver.MipSolver;
import dev.crease.testkit.MipSolverContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract holds through the decorators that every use has. */
@ExtendWith(NeedsLicence.class)
class GuardedContractTest extends MipSolverContract {

  @Override
  protected MipSolver solver() {
    return Backends.REGISTRY.select("gurobi");
  }
}
