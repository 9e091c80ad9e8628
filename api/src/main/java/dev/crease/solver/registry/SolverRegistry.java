package dev.crease.solver.registry;

import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolverModule;
import dev.crease.solver.bridge.BridgedSolver;
import dev.crease.solver.guard.CheckedSolver;
import dev.crease.solver.guard.ConfiguredSolver;
import dev.crease.solver.guard.ContainedSolver;
import dev.crease.solver.guard.ForeignCode;
import dev.crease.solver.guard.LinkedSolver;
import dev.crease.solver.guard.WatchdogSolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The backends that are on the class path, by id. A module that cannot be loaded, or a backend that
 * cannot be made, is reported and does not stand in the way of the others.
 */
public final class SolverRegistry {

  private static final Duration GRACE = Duration.ofMillis(1500);

  private final Map<String, LinkedSolver> solvers;
  private final List<String> broken;
  private final Config config;

  private SolverRegistry(Config config, Map<String, LinkedSolver> solvers, List<String> broken) {
    this.config = config;
    this.solvers = solvers;
    this.broken = broken;
  }

  /**
   * Finds the modules on the class path.
   *
   * @param config the effective configuration, handed to the modules
   * @throws BadInput if {@code crease.patience} is no time
   */
  public static SolverRegistry discover(Config config) {
    return discover(config, () -> {});
  }

  /**
   * Finds the modules on the class path.
   *
   * @param config the effective configuration, handed to the modules
   * @param beforeUse runs each time before a backend is asked for anything that may load or run
   *     native code
   * @throws BadInput if {@code crease.patience} is no time
   */
  public static SolverRegistry discover(Config config, Runnable beforeUse) {
    return of(
        config,
        Contributions.discover(SolverModule.class, config),
        ServiceFiles.unreadable(),
        beforeUse);
  }

  /** The backends of the given modules. */
  public static SolverRegistry of(Config config, Collection<? extends SolverModule> modules) {
    return of(config, Contributions.of(modules, config), List.of(), () -> {});
  }

  private static SolverRegistry of(
      Config config, Contributions contributions, List<String> unreadable, Runnable beforeUse) {
    ForeignCode code = ForeignCode.of(config);
    Map<String, LinkedSolver> solvers = new TreeMap<>();
    List<String> broken = new ArrayList<>(unreadable);
    broken.addAll(contributions.broken());
    contributions
        .all(MipSolver.class, "solver", MipSolver::id, broken)
        .forEach(
            (id, found) -> {
              MipSolver solver = found.value();
              try {
                Capabilities capabilities = code.ask("capabilities()", solver::capabilities);
                solvers.put(
                    id,
                    new LinkedSolver(solver, id, capabilities, found.origin(), code, beforeUse));
              } catch (ForeignCode.Fault e) {
                broken.add(e.line(found.origin(), "solver " + id));
              }
            });
    return new SolverRegistry(config, solvers, List.copyOf(broken));
  }

  /** All backends, available or not, sorted by id. */
  public List<MipSolver> all() {
    return List.copyOf(solvers.values());
  }

  /** What could not be loaded, a line each, with the jar and what to do. */
  public List<String> broken() {
    return broken;
  }

  /**
   * The jar or folder that a backend comes from.
   *
   * @throws BadInput if there is no backend of that id
   */
  public String origin(String id) {
    LinkedSolver solver = solvers.get(id);
    if (solver == null) {
      throw new BadInput("there is no solver " + id);
    }
    return solver.origin();
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
              + "; solvers available here: "
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
    return new ContainedSolver(
        new CheckedSolver(new BridgedSolver(new WatchdogSolver(solver, GRACE))));
  }
}
