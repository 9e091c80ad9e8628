package dev.crease.solver.guard;

import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import java.util.Optional;

/** Base of decorators: forwards everything to another solver. */
public abstract class ForwardingSolver implements MipSolver {

  private final MipSolver delegate;

  /** Decorates a solver. */
  protected ForwardingSolver(MipSolver delegate) {
    this.delegate = delegate;
  }

  @Override
  public String id() {
    return delegate.id();
  }

  @Override
  public String version() {
    return delegate.version();
  }

  @Override
  public Availability availability() {
    return delegate.availability();
  }

  @Override
  public Capabilities capabilities() {
    return delegate.capabilities();
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    return delegate.solve(model, options, listener);
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    return delegate.linearSession(model, options);
  }
}
