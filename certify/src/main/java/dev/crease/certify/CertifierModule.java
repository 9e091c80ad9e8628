package dev.crease.certify;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import dev.crease.regions.RegionEngine;

/**
 * The Guice module with which a jar contributes certifiers of its own, beside the one that stands
 * on every {@linkplain dev.crease.solver.SolverModule solver}: a public subclass with a public
 * no-argument constructor, named in {@code META-INF/services/dev.crease.certify.CertifierModule}.
 * It may inject {@link com.typesafe.config.Config}.
 */
public abstract class CertifierModule extends AbstractModule {

  /**
   * Contributes a certifier.
   *
   * @param id the id by which configuration selects it; the same as {@link Certifier#id()}
   * @param type the class that implements it
   */
  protected final void bindCertifier(String id, Class<? extends Certifier> type) {
    MapBinder.newMapBinder(binder(), String.class, Certifier.class).addBinding(id).to(type);
  }

  /**
   * Contributes an engine for regions and preimages.
   *
   * @param id the same as {@link RegionEngine#id()}
   * @param type the class that implements it
   */
  protected final void bindRegions(String id, Class<? extends RegionEngine> type) {
    MapBinder.newMapBinder(binder(), String.class, RegionEngine.class).addBinding(id).to(type);
  }
}
