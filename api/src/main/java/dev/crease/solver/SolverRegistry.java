package dev.crease.solver;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The backends that are on the class path, by id. A module that cannot be loaded, or a backend that
 * cannot be made, is reported and does not stand in the way of the others.
 */
public final class SolverRegistry {

  private static final Duration GRACE = Duration.ofMillis(1500);

  private final Map<String, MipSolver> solvers;
  private final List<String> broken;
  private final Config config;

  private SolverRegistry(Config config, Map<String, MipSolver> solvers, List<String> broken) {
    this.config = config;
    this.solvers = solvers;
    this.broken = broken;
  }

  /**
   * Finds the modules on the class path.
   *
   * @param config the effective configuration, handed to the modules
   */
  public static SolverRegistry discover(Config config) {
    List<SolverModule> modules = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Iterator<SolverModule> found = ServiceLoader.load(SolverModule.class).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          break;
        }
        modules.add(found.next());
      } catch (ServiceConfigurationError e) {
        broken.add(firstLine(e));
      }
    }
    return of(config, modules, broken);
  }

  /** The backends of the given modules. */
  public static SolverRegistry of(Config config, Collection<? extends SolverModule> modules) {
    return of(config, modules, new ArrayList<>());
  }

  private static SolverRegistry of(
      Config config, Collection<? extends SolverModule> modules, List<String> broken) {
    Map<String, MipSolver> solvers = new TreeMap<>();
    // One injector a module, so that one module's mistake is its own.
    for (SolverModule module : modules) {
      try {
        providers(config, module)
            .forEach(
                (id, provider) -> {
                  try {
                    MipSolver solver = new LinkedSolver(provider.get());
                    if (solvers.putIfAbsent(id, solver) != null) {
                      broken.add("solver id " + id + " is bound twice; the first is kept");
                    }
                  } catch (ProvisionException | LinkageError e) {
                    broken.add("solver " + id + " cannot be made: " + firstLine(e));
                  }
                });
      } catch (CreationException | LinkageError e) {
        broken.add(module.getClass().getName() + ": " + firstLine(e));
      }
    }
    return new SolverRegistry(config, solvers, List.copyOf(broken));
  }

  private static Map<String, Provider<MipSolver>> providers(Config config, SolverModule module) {
    Injector injector =
        Guice.createInjector(
            module,
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Config.class).toInstance(config);
                // A module that binds nothing still has a map.
                MapBinder.newMapBinder(binder(), String.class, MipSolver.class);
              }
            });
    return injector.getInstance(Key.get(new TypeLiteral<Map<String, Provider<MipSolver>>>() {}));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }

  /** All backends, available or not, sorted by id. */
  public List<MipSolver> all() {
    return List.copyOf(solvers.values());
  }

  /** What could not be loaded, a line each. */
  public List<String> broken() {
    return broken;
  }

  /**
   * The backend with an id, checked and guarded.
   *
   * @throws BadInput if there is no such id; the message lists what there is
   * @throws BackendUnavailable if it cannot run here; the message says why, and what can
   */
  public MipSolver select(String id) {
    MipSolver solver = solvers.get(id);
    if (solver == null) {
      String also = broken.isEmpty() ? "" : "; not loadable: " + String.join(", ", broken);
      throw new BadInput(
          "there is no solver "
              + id
              + "; there are: "
              + String.join(", ", solvers.keySet())
              + also);
    }
    if (solver.availability() instanceof Availability.Unavailable no) {
      throw new BackendUnavailable(
          "solver "
              + id
              + " is unavailable: "
              + no.reason()
              + "; "
              + no.remedy()
              + "; available here: "
              + available());
    }
    return guarded(
        new ConfiguredSolver(
            solver, ConfiguredSolver.parameters(config, "crease." + id + ".parameters")));
  }

  private String available() {
    String ids =
        solvers.values().stream()
            .filter(s -> s.availability() instanceof Availability.Available)
            .map(MipSolver::id)
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? "none" : ids;
  }

  /** A solver with the decorators that every use should have. */
  public static MipSolver guarded(MipSolver solver) {
    return new CheckedSolver(new BridgedSolver(new WatchdogSolver(solver, GRACE)));
  }
}
