package dev.crease.solver.ortools;

import com.google.inject.Singleton;
import dev.crease.solver.SolverModule;

/** Contributes the OR-Tools backends. */
public final class OrtoolsModule extends SolverModule {

  /** For {@link java.util.ServiceLoader}. */
  public OrtoolsModule() {}

  @Override
  protected void configure() {
    bind(Natives.class).in(Singleton.class);
    bindSolver(HighsSolver.ID, HighsSolver.class);
    bindSolver(OrtoolsScipSolver.ID, OrtoolsScipSolver.class);
    bindSolver(CpSatSolver.ID, CpSatSolver.class);
    bindSolver(CbcSolver.ID, CbcSolver.class);
    bindSolver(GlopSolver.ID, GlopSolver.class);
  }
}
