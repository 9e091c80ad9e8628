package dev.crease.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The raw data of a campaign as a page of HTML. */
public final class ReportPage {

  private static final List<String> COLUMNS =
      List.of(
          "instance",
          "backend",
          "strategy",
          "encoding",
          "bounds",
          "threads",
          "outcome",
          "seconds",
          "certified",
          "refuted",
          "truth",
          "message");

  private ReportPage() {}

  /**
   * Writes the page.
   *
   * @param jsonLines the lines of the file: a header, then one for each cell
   */
  public static void write(List<String> jsonLines, Writer out) throws IOException {
    ObjectMapper json = new ObjectMapper();
    out.write("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Crease benchmarks</title>\n");
    out.write("<table>\n<tr>");
    for (String column : COLUMNS) {
      out.write("<th>" + column);
    }
    out.write("\n");
    for (String line : jsonLines) {
      JsonNode node = json.readTree(line);
      if (!node.path("kind").asText().equals("run")) {
        continue;
      }
      out.write("<tr>");
      for (String column : COLUMNS) {
        out.write("<td>" + escaped(node.path(column).asText()));
      }
      out.write("\n");
    }
    out.write("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
