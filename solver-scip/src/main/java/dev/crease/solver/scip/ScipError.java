package dev.crease.solver.scip;

import dev.crease.solver.scip.jni.ScipFunctions;

/** A call into SCIP that did not return {@code SCIP_OKAY}. */
final class ScipError extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ReturnCode code;

  private ScipError(ReturnCode code, String message) {
    super(message);
    this.code = code;
  }

  /** What the call returned. */
  ReturnCode code() {
    return code;
  }

  /**
   * Checks what a call returned.
   *
   * @param call name of the C function
   * @param returned its return code
   * @throws ScipError unless it is {@code SCIP_OKAY}; the message names the call
   */
  static void check(String call, int returned) {
    ReturnCode code = ReturnCode.of(returned);
    if (code == ReturnCode.OKAY) {
      return;
    }
    String words = ScipFunctions.creaseErrors().getString().strip().replaceAll("\\s*\\R\\s*", " ");
    ScipFunctions.creaseForgetErrors();
    throw new ScipError(
        code,
        call
            + " failed: "
            + code.words()
            + " ("
            + code
            + " "
            + returned
            + ")"
            + (words.isEmpty() ? "" : ": " + words));
  }
}
