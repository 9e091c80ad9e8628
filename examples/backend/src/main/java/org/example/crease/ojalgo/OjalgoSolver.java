package org.example.crease.ojalgo;

import com.typesafe.config.Config;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The backend {@code ojalgo}: branch and bound over ojAlgo's simplex codes, in pure Java. */
final class OjalgoSolver implements MipSolver {

  static final String ID = "ojalgo";

  private static final String SIMPLEX = "simplex";

  private final Config config;

  /** Reads nothing yet: a bad setting is an error of the solve, not of the registry. */
  @Inject
  OjalgoSolver(Config config) {
    this.config = config;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    return "ojAlgo " + Program.ojalgoVersion();
  }

  /** Pure Java has nothing that could be missing. */
  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(
            Capability.CONTINUOUS,
            Capability.INTEGER,
            Capability.INTERRUPT,
            Capability.PROGRESS,
            Capability.LOG,
            Capability.NODE_LIMIT,
            Capability.BOUND_AT_LIMIT)
        // Its bounds come from multipliers, so that tolerances hide less.
        .withTrust(Capability.INTEGER, 1e-3)
        .withNote(
            "bounds are derived from ojAlgo's multipliers with rounding taken off; where a variable"
                + " has no bound, a reduced cost of 1e-9 of its terms counts as 0");
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    capabilities().require(ID, model);
    Simplex simplex = simplex(options.parameters());
    Clock clock = new Clock(options.limits().time(), options.limits().cancellation());
    // ojAlgo looks at the interrupt flag at every pivot, so that even one long program can be
    // ended.
    Interruption interruption = new Interruption(options.limits().cancellation());
    try {
      Relaxation relaxation = new Relaxation(model, options, simplex);
      return new BranchAndBound(model, relaxation, options, listener, clock).run();
    } finally {
      interruption.end();
    }
  }

  private Simplex simplex(Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!name.equals(SIMPLEX)) {
        throw new BadInput("solver " + ID + " has no parameter " + name + "; it has: " + SIMPLEX);
      }
    }
    String value =
        parameters.containsKey(SIMPLEX)
            ? parameters.get(SIMPLEX)
            : config.getString("crease." + ID + "." + SIMPLEX);
    return Arrays.stream(Simplex.values())
        .filter(s -> s.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput("solver " + ID + ": " + SIMPLEX + " is dual or primal, not " + value));
  }
}
