package dev.crease.solver.gurobi;

import dev.crease.solver.SolverModule;

/** Contributes the Gurobi backend. */
public final class GurobiModule extends SolverModule {

  /** For {@link java.util.ServiceLoader}. */
  public GurobiModule() {}

  @Override
  protected void configure() {
    bindSolver(GurobiSolver.ID, GurobiSolver.class);
  }
}
