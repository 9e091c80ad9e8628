package dev.crease;

/** The question is well posed, but the chosen backend or strategy cannot answer it. */
public final class Unsupported extends CreaseException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param message what is wrong, where, and what to do
   */
  public Unsupported(String message) {
    super(message);
  }

  /**
   * Creates the error with its cause.
   *
   * @param message what is wrong, where, and what to do
   * @param cause what raised it
   */
  public Unsupported(String message, Throwable cause) {
    super(message, cause);
  }
}
