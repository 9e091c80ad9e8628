package dev.crease.solver.gurobi;

import com.typesafe.config.ConfigFactory;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;

/** The backend as a user gets it: found on the class path. */
final class Backends {

  static final SolverRegistry REGISTRY = SolverRegistry.discover(ConfigFactory.load());

  private Backends() {}

  /** The backend itself, without decorators. */
  static MipSolver raw(String id) {
    return REGISTRY.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
