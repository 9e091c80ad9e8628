package dev.crease.engine.regions;

import dev.crease.certify.CertifierModule;

/** Contributes the certifier and the region engine {@code regions}. */
public final class RegionsModule extends CertifierModule {

  /** For {@link java.util.ServiceLoader}. */
  public RegionsModule() {}

  @Override
  protected void configure() {
    bindCertifier(RegionsCertifier.ID, RegionsCertifier.class);
    bindRegions(RegionsCertifier.ID, ExactRegions.class);
  }
}
