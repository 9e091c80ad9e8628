package dev.crease;

/** The backend that was asked for cannot run here; the message gives its reason and a remedy. */
public final class BackendUnavailable extends CreaseException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what is wrong, where, and what to do
   */
  public BackendUnavailable(String message) {
    super(message);
  }

  /**
   * Creates the error with its cause.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what raised it
   */
  public BackendUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
