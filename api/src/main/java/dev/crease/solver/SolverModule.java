package dev.crease.solver;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;

/**
 * The Guice module that a backend jar contributes: a public subclass with a public no-argument
 * constructor, named in {@code META-INF/services/dev.crease.solver.SolverModule}. It may inject
 * {@link com.typesafe.config.Config}, whose root is the whole effective configuration.
 */
public abstract class SolverModule extends AbstractModule {

  /**
   * Contributes a backend.
   *
   * @param id the id by which configuration selects it; the same as {@link MipSolver#id()}
   * @param type the class that implements it
   */
  protected final void bindSolver(String id, Class<? extends MipSolver> type) {
    MapBinder.newMapBinder(binder(), String.class, MipSolver.class).addBinding(id).to(type);
  }

  /**
   * Contributes a backend that is made already.
   *
   * @param solver the backend
   */
  protected final void bindSolver(MipSolver solver) {
    MapBinder.newMapBinder(binder(), String.class, MipSolver.class)
        .addBinding(solver.id())
        .toInstance(solver);
  }
}
