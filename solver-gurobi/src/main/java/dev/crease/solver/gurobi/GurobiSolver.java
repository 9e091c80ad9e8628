package dev.crease.solver.gurobi;

import com.typesafe.config.Config;
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
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Gurobi. Mentions no type of Gurobi's, so that it links where the jar is missing. */
final class GurobiSolver implements MipSolver {

  static final String ID = "gurobi";

  private static final String NO_JAR = "Gurobi's jar is not on the class path";

  private static final String FETCH_JAR =
      "./mvnw -N dependency:copy -Dartifact=com.gurobi:gurobi:"
          + GurobiJar.EXPECTED
          + " -DoutputDirectory=plugins";

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
              Capability.THREADS,
              Capability.SEED,
              Capability.LINEAR_SESSION)
          .withNote("Gurobi takes tolerances below 1e-9 for 1e-9");

  private final Supplier<Availability> check;
  private Optional<Availability> checked = Optional.empty();

  @Inject
  GurobiSolver(Config config) {
    this(() -> check(config));
  }

  /** With a check of one's own, for tests. */
  GurobiSolver(Supplier<Availability> check) {
    this.check = check;
  }

  private static Availability check(Config config) {
    return GurobiJar.isPresent()
        ? GurobiLicence.check(config)
        : Availability.unavailable(NO_JAR, FETCH_JAR);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    return "Gurobi " + GurobiJar.version();
  }

  @Override
  public synchronized Availability availability() {
    // Asking for a licence may go over the network, so it is done once.
    if (checked.isEmpty()) {
      checked = Optional.of(safely());
    }
    return checked.get();
  }

  private Availability safely() {
    try {
      return check.get();
    } catch (LinkageError | RuntimeException e) {
      return Availability.unavailable(
          "Gurobi does not load: " + Text.oneLine(e), "use Gurobi " + GurobiJar.EXPECTED);
    }
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    long start = System.nanoTime();
    CAPABILITIES.require(ID, model);
    requireAvailable();
    Optional<SolveResult> trivial = ConstantRows.answer(model, options, start);
    if (trivial.isPresent()) {
      return trivial.get();
    }
    try {
      return GurobiSolve.run(model, options, listener, start);
    } catch (LinkageError e) {
      throw doesNotFit(e);
    }
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    if (!model.isLinearProgram()) {
      throw new IllegalArgumentException(model.name() + " is no linear program");
    }
    requireAvailable();
    try {
      return Optional.of(GurobiLinearModel.open(model, options));
    } catch (LinkageError e) {
      throw doesNotFit(e);
    }
  }

  private void requireAvailable() {
    if (availability() instanceof Availability.Unavailable no) {
      throw new BackendUnavailable(
          "solver " + ID + " is unavailable: " + no.reason() + "; " + no.remedy());
    }
  }

  private static BackendUnavailable doesNotFit(LinkageError e) {
    return new BackendUnavailable(
        "solver "
            + ID
            + " does not fit the jar on the class path: "
            + Text.oneLine(e)
            + "; use Gurobi "
            + GurobiJar.EXPECTED,
        e);
  }
}
