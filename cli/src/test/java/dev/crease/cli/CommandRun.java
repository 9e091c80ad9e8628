package dev.crease.cli;

import dev.crease.cli.session.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One command, run in memory. */
public record CommandRun(int code, String out, String err) {

  /** The network (x, y) -> (|x|, y): folds at x = 0. */
  public static final String FOLD =
      """
      {"layers": [
        {"weights": [[1, 0], [-1, 0], [0, 1], [0, -1]], "bias": [0, 0, 0, 0], "activation": "relu"},
        {"weights": [[1, 1, 0, 0], [0, 0, 1, -1]], "bias": [0, 0], "activation": "linear"}
      ]}
      """;

  public static CommandRun of(String... args) {
    return of(new Interruption(), args);
  }

  /** A command that can be interrupted. */
  public static CommandRun of(Interruption interruption, String... args) {
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
  public String stableOut() {
    return out.replaceAll("\\d+\\.\\d+ s\\b", "TIME").replaceAll("-?[0-9.]+e-1[0-9]", "TINY");
  }
}
