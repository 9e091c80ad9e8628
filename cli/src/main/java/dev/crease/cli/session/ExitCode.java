package dev.crease.cli.session;

/** The exit codes of {@code crease}. */
public final class ExitCode {

  /** The property holds, or the answer is complete. */
  public static final int OK = 0;

  /** The property is refuted, or a certificate is refused. */
  public static final int REFUTED = 1;

  /** Stopped before a decision: the bracket is open, or a certificate is not all proved. */
  public static final int UNDECIDED = 2;

  /** The command line cannot be parsed: flags are missing, unknown, or do not go together. */
  public static final int USAGE = 64;

  /** A value, a file or a configuration is refused. */
  public static final int BAD_INPUT = 65;

  /** The chosen backend cannot run here, or cannot answer this question. */
  public static final int UNAVAILABLE = 69;

  /** A solver or crease itself failed. */
  public static final int SOFTWARE = 70;

  private ExitCode() {}
}
