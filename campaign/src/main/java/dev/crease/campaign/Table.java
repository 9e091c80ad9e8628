package dev.crease.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** The lines of a campaign as comma-separated values. */
public final class Table {

  private static final List<String> COLUMNS =
      List.of(
          "cell",
          "instance",
          "family",
          "inputs",
          "neurons",
          "problem",
          "norm",
          "backend",
          "strategy",
          "encoding",
          "bounds",
          "threads",
          "seed",
          "repeat",
          "outcome",
          "seconds",
          "certified",
          "claimed",
          "refuted",
          "truth",
          "truthSource",
          "assurance",
          "stop",
          "delta",
          "deltaIsRigorous",
          "nodes",
          "models",
          "message");

  private Table() {}

  /** The text of the file: a header, then a row for each line. */
  public static String csv(List<Run> lines) {
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    for (Run run : lines) {
      ObjectNode line = RawLines.tree(run);
      text.append(
              COLUMNS.stream()
                  .map(column -> field(line.path(column)))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String field(JsonNode value) {
    String text = value.isMissingNode() || value.isNull() ? "" : value.asText();
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
