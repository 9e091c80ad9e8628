package dev.crease.cli.bench;

import dev.crease.campaign.Family;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Rounds;
import dev.crease.campaign.Run;
import dev.crease.campaign.SpikeScore;
import dev.crease.cli.output.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  void print(List<Run> lines, int total, Duration limit, Duration elapsed) {
    double seconds = limit.toNanos() / 1e9;
    List<Run> suite = lines.stream().filter(line -> !isSpike(line)).toList();
    List<Run> bases = suite.stream().filter(BenchSummary::isBase).toList();
    if (!bases.isEmpty() || lines.isEmpty()) {
      table("backend, at its defaults", bases, seconds);
    }
    List<Run> variants = suite.stream().filter(line -> !isBase(line)).toList();
    if (!variants.isEmpty()) {
      table("other strategies, encodings, ...", variants, seconds);
    }
    spikes(lines);
    out.println(
        lines.size()
            + " of "
            + total
            + " cells in "
            + Durations.show(elapsed)
            + "; limit "
            + Durations.show(limit)
            + "; claimed: on a solver's word; par2 counts twice the limit for each that is neither"
            + " proved nor claimed; without: proved before the solver had a word, and in no score of"
            + " it");
  }

  private void table(String title, List<Run> lines, double limit) {
    Map<String, Rounds> scores = Rounds.by(BenchSummary::configuration, lines, limit);
    int width =
        Math.max(title.length(), scores.keySet().stream().mapToInt(String::length).max().orElse(0));
    boolean isSpread = scores.values().stream().anyMatch(rounds -> rounds.each().size() > 1);
    int times = isSpread ? 23 : 9;
    String row =
        "%-" + width + "s  %6s %7s %5s %7s %7s %5s %6s %7s  %" + times + "s %" + times + "s%n";
    out.printf(
        Locale.ROOT,
        row,
        title,
        "proved",
        "claimed",
        "WRONG",
        "without",
        "timeout",
        "open",
        "failed",
        "refused",
        "median s",
        "par2 s");
    scores.forEach(
        (key, rounds) ->
            out.printf(
                Locale.ROOT,
                row,
                key,
                rounds.all().count(Outcome.SOLVED),
                rounds.all().count(Outcome.CLAIMED),
                rounds.all().count(Outcome.WRONG),
                rounds.all().count(Outcome.WITHOUT_SOLVER),
                rounds.all().count(Outcome.TIMEOUT),
                rounds.all().count(Outcome.OPEN),
                rounds.all().count(Outcome.FAILED),
                rounds.all().count(Outcome.REFUSED),
                time(rounds.median()),
                time(rounds.par2())));
    out.println();
  }

  private void spikes(List<Run> lines) {
    Map<List<String>, SpikeScore> scores = SpikeScore.byWay(lines);
    if (scores.isEmpty()) {
      return;
    }
    String row = "%-15s %-8s %-10s %6s %6s %7s %6s %14s %11s  %9s %11s%n";
    out.printf(
        Locale.ROOT,
        row,
        "spikes",
        "strategy",
        "encoding",
        "asked",
        "WRONG",
        "claimed",
        "proved",
        "refused/limit",
        "unfinished",
        "believed",
        "least wrong");
    scores.forEach(
        (way, score) ->
            out.printf(
                Locale.ROOT,
                row,
                way.get(0),
                way.get(1),
                way.get(2),
                score.asked(),
                score.wrong(),
                score.claimed(),
                score.proved(),
                score.notTaken(),
                score.unfinished(),
                slope(score.steepest()),
                slope(score.leastWrong())));
    out.println("claimed: on the solver's word; believed: the steepest of these");
    out.println();
  }

  private static String slope(OptionalDouble slope) {
    return slope.isPresent() ? String.format(Locale.ROOT, "%.3g", slope.getAsDouble()) : "-";
  }

  /** The median over the rounds, and what it was at the least and at the most if there are more. */
  private static String time(Optional<Rounds.Interval> seconds) {
    return seconds
        .map(
            s ->
                s.isSpread()
                    ? String.format(
                        Locale.ROOT, "%.3f [%.3f, %.3f]", s.median(), s.least(), s.most())
                    : String.format(Locale.ROOT, "%.3f", s.median()))
        .orElse("-");
  }

  private static boolean isSpike(Run line) {
    return line.family().equals(Family.SPIKES.label());
  }

  private static boolean isBase(Run line) {
    String key = configuration(line);
    return !key.contains("/") || key.endsWith("/direct/big-m/auto/1");
  }

  private static String configuration(Run line) {
    String cell = line.cell();
    String way = cell.substring(cell.indexOf('@') + 1);
    int round = way.indexOf('#');
    return round < 0 ? way : way.substring(0, round);
  }
}
