package org.example.crease.ojalgo;

import dev.crease.solver.SolverModule;

/** Contributes the backend; named in {@code META-INF/services/dev.crease.solver.SolverModule}. */
public final class OjalgoModule extends SolverModule {

  /** For {@link java.util.ServiceLoader}. */
  public OjalgoModule() {}

  @Override
  protected void configure() {
    bindSolver(OjalgoSolver.ID, OjalgoSolver.class);
  }
}
