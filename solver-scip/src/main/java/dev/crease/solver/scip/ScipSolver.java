package dev.crease.solver.scip;

import dev.crease.BackendUnavailable;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.natives.NativeCache;
import dev.crease.solver.natives.Unloadable;
import jakarta.inject.Inject;
import java.util.Optional;

/** SCIP, through its own C interface. */
final class ScipSolver implements MipSolver {

  static final String ID = "scip";

  private static final Capabilities CAPABILITIES =
      Capabilities.of(
              Capability.INTEGER,
              Capability.CONTINUOUS,
              Capability.INDICATOR,
              Capability.SOS1,
              Capability.QUADRATIC,
              Capability.WARM_START,
              Capability.INTERRUPT,
              Capability.PROGRESS,
              Capability.LOG,
              Capability.NODE_LIMIT,
              Capability.BOUND_AT_LIMIT,
              Capability.SEED,
              Capability.LINEAR_SESSION)
          .withTrust(Capability.INTEGER, 5e-4)
          .withTrust(Capability.INDICATOR, 5e-4)
          .withTrust(Capability.SOS1, 5e-4)
          .withPreference(300)
          .withSessionPreference(200);

  private final ScipLibrary library;

  @Inject
  ScipSolver(ScipLibrary library) {
    this.library = library;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    try {
      return "SCIP " + library.version();
    } catch (BackendUnavailable e) {
      return "SCIP 10";
    }
  }

  @Override
  public Availability availability() {
    try {
      library.version();
      return Availability.available();
    } catch (BackendUnavailable e) {
      return Availability.unavailable(
          e.getMessage(),
          Unloadable.remedy(
              e.getCause(),
              "build Crease on this platform with a C++ compiler, see "
                  + NativeCache.SETTING
                  + ", or choose another solver"));
    }
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    CAPABILITIES.require(ID, model);
    library.version();
    return new ScipRun(model, options, listener).solve();
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    if (!model.isLinearProgram()) {
      throw new IllegalArgumentException(model.name() + " is no linear program");
    }
    library.version();
    return Optional.of(new ScipSession(model, options));
  }
}
