package dev.crease;

/**
 * What the user gave is wrong: a file, a flag, a configuration key, a point of the wrong dimension.
 */
public final class BadInput extends CreaseException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what is wrong, where, and what to do
   */
  public BadInput(String message) {
    super(message);
  }

  /**
   * Creates the error with its cause.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what raised it
   */
  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
