package dev.crease;

/**
 * The root of the errors that Crease raises on purpose. Its message is one line that a user can act
 * on: what is wrong, where, and what to do.
 */
public abstract sealed class CreaseException extends RuntimeException
    permits BadInput, BackendUnavailable, Unsupported, SolverFailure {

  private static final long serialVersionUID = 1L;

  CreaseException(String message) {
    super(message);
  }

  CreaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
