package dev.crease.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command, run in memory. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(String... args) {
    return of(new Interruption(), args);
  }

  /** A command that can be interrupted. */
  static CommandRun of(Interruption interruption, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Crease.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            interruption,
            () -> {},
            args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** Standard output with what differs from run to run masked. */
  String stableOut() {
    return out.replaceAll("\\d+\\.\\d+ s\\b", "TIME").replaceAll("-?[0-9.]+e-1[0-9]", "TINY");
  }
}
