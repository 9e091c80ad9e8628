package dev.crease.solver.bridge;

import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.Model;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.guard.ForwardingSolver;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites what a backend lacks before it sees the model, by capability: indicator constraints as
 * big-M, special ordered sets with binaries. Each needs integer variables; the backend's own
 * constraints are left to it. The answer comes back in the variables of the model as it was.
 */
public final class BridgedSolver extends ForwardingSolver {

  /** Decorates a solver. */
  public BridgedSolver(MipSolver delegate) {
    super(delegate);
  }

  /** What the backend can do, and what can be rewritten for it. */
  @Override
  public Capabilities capabilities() {
    Capabilities own = super.capabilities();
    if (!own.has(Capability.INTEGER) || !own.has(Capability.CONTINUOUS)) {
      return own;
    }
    Set<Capability> all = EnumSet.copyOf(own.supported());
    all.add(Capability.INDICATOR);
    all.add(Capability.SOS1);
    Capabilities bridged =
        new Capabilities(all, own.notes(), own.trust(), own.preference(), own.sessions());
    // What is rewritten with binaries is as good as what these are.
    double binaries = own.trusted(Capability.INTEGER);
    for (Capability kind : Set.of(Capability.INDICATOR, Capability.SOS1)) {
      if (!own.has(kind)) {
        bridged = bridged.withTrust(kind, binaries);
      }
    }
    return bridged;
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    Capabilities own = super.capabilities();
    boolean indicators = !own.has(Capability.INDICATOR);
    boolean sets = !own.has(Capability.SOS1);
    boolean needed =
        own.has(Capability.INTEGER)
            && model.constraints().stream()
                .anyMatch(
                    c ->
                        (indicators && c instanceof IndicatorConstraint)
                            || (sets && c instanceof Sos1Constraint));
    if (!needed) {
      return super.solve(model, options, listener);
    }
    Model.Builder rewritten = Model.builder(model.name());
    for (Variable v : model.variables()) {
      rewritten.add(v.name(), v.type(), v.lower(), v.upper());
    }
    for (Constraint constraint : model.constraints()) {
      if (indicators && constraint instanceof IndicatorConstraint c) {
        IndicatorBridge.rewrite(c, model, rewritten);
      } else if (sets && constraint instanceof Sos1Constraint c) {
        Sos1Bridge.rewrite(c, rewritten);
      } else {
        rewritten.add(constraint);
      }
    }
    rewritten.objective(model.objective());
    SolveResult result = super.solve(rewritten.build(), options, listener);
    Optional<SolveResult.Solution> solution =
        result
            .solution()
            .map(
                s ->
                    new SolveResult.Solution(
                        Arrays.copyOf(s.values(), model.variables().size()), s.objective()));
    return new SolveResult(
        result.status(),
        solution,
        result.dualBound(),
        result.nodes(),
        result.elapsed(),
        result.message());
  }
}
