package dev.crease.testkit.certifiers;

import com.typesafe.config.ConfigFactory;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;

/** OR-Tools' backends, as a user gets them: found on the class path. */
public final class Backends {

  /** What is on the class path. */
  public static final SolverRegistry REGISTRY = SolverRegistry.discover(ConfigFactory.load());

  private Backends() {}

  /** The backend itself, without decorators. */
  public static MipSolver raw(String id) {
    return REGISTRY.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
