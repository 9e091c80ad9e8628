package dev.crease.solver;

import dev.crease.BackendUnavailable;
import dev.crease.model.Model;
import java.util.Optional;

/** Makes a backend whose classes or libraries are missing unavailable, with its reason. */
final class LinkedSolver extends ForwardingSolver {

  private static final String REMEDY = "put what the backend needs beside its jar";

  LinkedSolver(MipSolver delegate) {
    super(delegate);
  }

  @Override
  public String version() {
    try {
      return super.version();
    } catch (RuntimeException | LinkageError e) {
      return "unknown version";
    }
  }

  @Override
  public Availability availability() {
    try {
      // A version that cannot be told is a library that is not there.
      super.version();
      return super.availability();
    } catch (RuntimeException | LinkageError e) {
      return Availability.unavailable(reason(e), REMEDY);
    }
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    try {
      return super.solve(model, options, listener);
    } catch (LinkageError e) {
      throw new BackendUnavailable(
          "solver " + id() + " is unavailable: " + reason(e) + "; " + REMEDY, e);
    }
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    try {
      return super.linearSession(model, options);
    } catch (LinkageError e) {
      throw new BackendUnavailable(
          "solver " + id() + " is unavailable: " + reason(e) + "; " + REMEDY, e);
    }
  }

  private static String reason(Throwable e) {
    return "it does not load: "
        + e.getClass().getSimpleName()
        + " "
        + String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace('/', '.');
  }
}
