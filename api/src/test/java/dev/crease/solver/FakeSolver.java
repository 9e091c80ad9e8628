package dev.crease.solver;

import dev.crease.model.Model;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A solver that does what a test tells it to. */
public final class FakeSolver implements MipSolver {

  /** What to do with a solve. */
  @FunctionalInterface
  public interface Script {
    /** Answers. */
    SolveResult solve(Model model, SolveOptions options, SolveListener listener);
  }

  private final Set<Capability> capabilities;
  private final Script script;

  private FakeSolver(Set<Capability> capabilities, Script script) {
    this.capabilities = capabilities;
    this.script = script;
  }

  /** A fake that claims everything. */
  public static FakeSolver of(Script script) {
    return new FakeSolver(EnumSet.allOf(Capability.class), script);
  }

  /** The same without some capabilities. */
  public FakeSolver without(Capability... missing) {
    Set<Capability> fewer = EnumSet.copyOf(capabilities);
    fewer.removeAll(List.of(missing));
    return new FakeSolver(fewer, script);
  }

  /** A result with a point. */
  public static SolveResult result(
      SolveStatus status, double objective, double bound, double... values) {
    return new SolveResult(
        status,
        Optional.of(new SolveResult.Solution(values, objective)),
        bound,
        1,
        Duration.ZERO,
        "scripted");
  }

  /** A result without a point. */
  public static SolveResult result(SolveStatus status, double bound) {
    return new SolveResult(status, Optional.empty(), bound, 1, Duration.ZERO, "scripted");
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public String version() {
    return "Fake 1";
  }

  @Override
  public Availability availability() {
    return Availability.available();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(capabilities, List.of());
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    return script.solve(model, options, listener);
  }
}
