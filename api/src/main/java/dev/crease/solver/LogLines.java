package dev.crease.solver;

import java.util.function.Consumer;

/**
 * Cuts a log that comes in pieces into lines, for {@link SolveOptions#logSink}. Not thread-safe.
 */
public final class LogLines {

  private final Consumer<String> sink;
  private final StringBuilder open = new StringBuilder();

  /** Lines go to a sink. */
  public LogLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /** Takes a piece, which need not be a line. */
  public void add(String piece) {
    open.append(piece);
    int end;
    while ((end = open.indexOf("\n")) >= 0) {
      String line = open.substring(0, end);
      open.delete(0, end + 1);
      sink.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
  }

  /** Sends what is left when the log is over. */
  public void end() {
    if (open.length() > 0) {
      sink.accept(open.toString());
      open.setLength(0);
    }
  }
}
