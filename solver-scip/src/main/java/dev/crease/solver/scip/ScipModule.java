package dev.crease.solver.scip;

import com.google.inject.Singleton;
import dev.crease.solver.SolverModule;

/** Contributes the backend {@code scip}. */
public final class ScipModule extends SolverModule {

  /** For {@link java.util.ServiceLoader}. */
  public ScipModule() {}

  @Override
  protected void configure() {
    bind(ScipLibrary.class).in(Singleton.class);
    bindSolver(ScipSolver.ID, ScipSolver.class);
  }
}
