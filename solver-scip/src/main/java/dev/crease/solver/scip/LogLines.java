package dev.crease.solver.scip;

import java.util.function.Consumer;

/** Puts the pieces of text that SCIP writes together to lines. */
final class LogLines {

  private final Consumer<String> sink;
  private final StringBuilder line = new StringBuilder();

  LogLines(Consumer<String> sink) {
    this.sink = sink;
  }

  void add(String piece) {
    int from = 0;
    for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      line.append(piece, from, end);
      sink.accept(line.toString().stripTrailing());
      line.setLength(0);
      from = end + 1;
    }
    line.append(piece, from, piece.length());
  }

  /** Hands on what has no end of line. */
  void end() {
    if (!line.isEmpty()) {
      sink.accept(line.toString());
      line.setLength(0);
    }
  }
}
