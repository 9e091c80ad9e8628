package dev.crease.solver.gurobi;

import java.util.Objects;
import java.util.stream.Collectors;

/** What Gurobi and the JVM say, on one line. */
final class Text {

  private Text() {}

  /** The message of an error on one line, or its class where it has none. */
  static String oneLine(Throwable e) {
    String text = oneLine(Objects.requireNonNullElse(e.getMessage(), ""));
    return text.isEmpty() ? e.getClass().getSimpleName() : text;
  }

  /** A text on one line. */
  static String oneLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
