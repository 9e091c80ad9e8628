package dev.crease.solver;

/**
 * Is told how a solve proceeds. Called on a thread of the solver's, never on two at once for one
 * solve; must return quickly and not throw.
 */
@FunctionalInterface
public interface SolveListener {

  /** The solve has come this far. */
  void progress(Progress progress);

  /** A listener that does nothing. */
  static SolveListener none() {
    return progress -> {};
  }
}
