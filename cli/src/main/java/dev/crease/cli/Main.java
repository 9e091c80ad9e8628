package dev.crease.cli;

import dev.crease.cli.output.Failure;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Interruption;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The entry point of the {@code crease} command. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    // Java's own exit code for what nobody catches is 1, which means refuted.
    int code = ExitCode.SOFTWARE;
    try {
      code = run(args);
    } catch (Throwable e) {
      report(e);
    }
    // A solve that was given up on may still run on a thread of its own.
    Runtime.getRuntime().halt(code);
  }

  private static void report(Throwable e) {
    try {
      System.err.println("crease: " + Failure.describe(e));
    } catch (Throwable again) {
      // Not even that: the exit code has to say it.
    }
  }

  private static int run(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> report(e));
    StandardOutput standardOutput = new StandardOutput();
    // Whoever else prints, prints there: standard output is for answers.
    System.setOut(System.err);
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(standardOutput, StandardCharsets.UTF_8), true);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    Interruption interruption = new Interruption();
    int code =
        Crease.run(out, err, isTerminal(), interruption, standardOutput::keepFromNativeCode, args);
    if (out.checkError()) {
      err.println("crease: standard output could not be written to its end");
      code = ExitCode.SOFTWARE;
    }
    err.flush();
    interruption.finished(code);
    return code;
  }

  /** Whether a person reads standard error, as far as Java can tell. */
  private static boolean isTerminal() {
    try {
      String where = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return where.startsWith("/dev/pts/")
          || where.startsWith("/dev/tty")
          || where.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux. It says so of standard input and output only.
      return System.console() != null;
    }
  }
}
