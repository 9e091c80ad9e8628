package dev.crease.cli.output;

import dev.crease.BadInput;
import dev.crease.CreaseException;

/** A failure of ours, in one line. */
public final class Failure {

  private static final int DEEPEST = 20;

  private Failure() {}

  /** What went wrong, and where it is known what to do. */
  public static String describe(Throwable e) {
    if (e instanceof BadInput) {
      return oneLine(e);
    }
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError) {
        return "out of memory: the "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MB that Java has are not enough; give it more (CREASE_JAVA_OPTS=-Xmx4g), or ask for"
            + " less";
      }
      if (cause instanceof StackOverflowError) {
        return "out of stack: what was asked for is too deep; give Java more"
            + " (CREASE_JAVA_OPTS=-Xss16m), or ask for less";
      }
      cause = cause.getCause();
    }
    if (e instanceof CreaseException) {
      return oneLine(e);
    }
    return e instanceof LinkageError
        ? "a part of crease or of a plugin cannot be loaded: "
            + e.getClass().getSimpleName()
            + ": "
            + oneLine(e)
        : "internal error: " + oneLine(e);
  }

  /** The message of an exception, in one line. */
  public static String oneLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
