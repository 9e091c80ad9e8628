package dev.crease;

/** A solver broke: an internal error, an unusable answer, a native call that failed. */
public final class SolverFailure extends CreaseException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what is wrong, where, and what to do
   */
  public SolverFailure(String message) {
    super(message);
  }

  /**
   * Creates the error with its cause.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what raised it
   */
  public SolverFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
