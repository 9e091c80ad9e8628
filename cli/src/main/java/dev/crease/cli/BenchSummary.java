package dev.crease.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.bench.Outcome;
import dev.crease.bench.Score;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** How a campaign went, for people: what was solved, what was not, in which time. */
final class BenchSummary {

  private final PrintWriter out;

  BenchSummary(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints it.
   *
   * @param total how many cells there are
   */
  void print(List<ObjectNode> lines, int total, Duration limit, Duration elapsed) {
    double seconds = limit.toNanos() / 1e9;
    table(
        "backend, at its defaults", lines.stream().filter(BenchSummary::isBase).toList(), seconds);
    List<ObjectNode> variants = lines.stream().filter(line -> !isBase(line)).toList();
    if (!variants.isEmpty()) {
      table("other strategies, encodings, ...", variants, seconds);
    }
    out.println(
        lines.size()
            + " of "
            + total
            + " cells in "
            + Durations.show(elapsed)
            + "; limit "
            + Durations.show(limit)
            + "; par2 counts twice that for each not solved");
  }

  private void table(String title, List<ObjectNode> lines, double limit) {
    Map<String, Score> scores = Score.by(BenchSummary::configuration, lines, limit);
    int width =
        Math.max(title.length(), scores.keySet().stream().mapToInt(String::length).max().orElse(0));
    String row = "%-" + width + "s  %6s %6s %7s %5s %6s %7s  %9s %9s%n";
    out.printf(
        Locale.ROOT,
        row,
        title,
        "solved",
        "WRONG",
        "timeout",
        "open",
        "failed",
        "refused",
        "median s",
        "par2 s");
    scores.forEach(
        (key, score) ->
            out.printf(
                Locale.ROOT,
                row,
                key,
                score.count(Outcome.SOLVED),
                score.count(Outcome.WRONG),
                score.count(Outcome.TIMEOUT),
                score.count(Outcome.OPEN),
                score.count(Outcome.FAILED),
                score.count(Outcome.REFUSED),
                time(score.median()),
                time(score.par2())));
    out.println();
  }

  private static String time(OptionalDouble seconds) {
    return seconds.isPresent() ? String.format(Locale.ROOT, "%.3f", seconds.getAsDouble()) : "-";
  }

  private static boolean isBase(ObjectNode line) {
    String key = configuration(line);
    return !key.contains("/") || key.endsWith("/direct/big-m/auto/1");
  }

  private static String configuration(ObjectNode line) {
    String cell = line.path("cell").asText();
    return cell.substring(cell.indexOf('@') + 1);
  }
}
