package dev.crease.solver;

import dev.crease.model.Model;
import java.util.Optional;

/**
 * A solver of mixed-integer models: what a backend implements.
 *
 * <p>An implementation is stateless and may be used from several threads at once; each call of
 * {@link #solve} builds, solves and frees. Constructing one must not load native code: that waits
 * for {@link #availability()}, {@link #version()} or {@link #solve}.
 */
public interface MipSolver {

  /** The id by which configuration selects the backend. */
  String id();

  /** The version of the solver underneath, with its name; must not fail. */
  String version();

  /** Whether it can run here; must not throw. */
  Availability availability();

  /** What it can do. */
  Capabilities capabilities();

  /**
   * Solves a model.
   *
   * <p>The dual bound of the result must be a bound that the solver proved for the model as given,
   * whatever the status. Failures inside the solver come back with status {@link
   * SolveStatus#ERROR}.
   *
   * @param model one that {@link Capabilities#refusal} has no objection to
   * @param options limits, tolerances and the like
   * @param listener is told of progress, if the backend has {@link Capability#PROGRESS}
   * @throws dev.crease.Unsupported if the model needs what the backend lacks
   * @throws dev.crease.BackendUnavailable if it cannot run here
   * @throws dev.crease.BadInput if a parameter of the backend's own is unknown or has a bad value
   */
  SolveResult solve(Model model, SolveOptions options, SolveListener listener);

  /**
   * Opens a linear program that is to be solved with many objectives.
   *
   * @param model a linear program with finite bounds on every variable; its objective is ignored
   * @param options tolerances, cancellation, and the time limit of each solve
   * @return empty, the default, when the backend has no such thing
   * @throws dev.crease.BackendUnavailable if it cannot run here
   */
  default Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    return Optional.empty();
  }
}
