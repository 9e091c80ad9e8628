package dev.crease.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry point of the {@code crease} command. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    Interruption interruption = new Interruption();
    int code = Crease.run(out, err, System.console() != null, interruption, args);
    if (out.checkError()) {
      err.println("crease: standard output could not be written to its end");
      code = ExitCode.SOFTWARE;
    }
    err.flush();
    interruption.finished(code);
    // A solve that was given up on may still run on a thread of its own.
    Runtime.getRuntime().halt(code);
  }
}
