package dev.crease.solver.scip;

import com.typesafe.config.ConfigFactory;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.MipSolverContract;
import java.util.Map;
import java.util.Optional;

class ScipContractTest extends MipSolverContract {

  private static final SolverRegistry REGISTRY = SolverRegistry.discover(ConfigFactory.load());

  @Override
  protected MipSolver solver() {
    return REGISTRY.all().get(0);
  }

  @Override
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.of(Map.entry("separating/maxrounds", "5"));
  }
}
