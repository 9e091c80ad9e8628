package dev.crease.cli.sweep;

import dev.crease.cli.output.Durations;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.question.Asked;
import dev.crease.cli.session.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a sweep found, in words.
 *
 * @param first the question at the first centre
 * @param centers all centres
 * @param lines of those that were answered
 * @param before how many of the lines were there before
 * @param jobs how many centres at once
 * @param elapsed time of this run
 * @param notes what else is to be known
 */
record SweepSummary(
    Asked first,
    Centers centers,
    List<SweepLine> lines,
    int before,
    int jobs,
    Duration elapsed,
    List<String> notes) {

  private static final int DIGITS = 9;

  /** Whether every centre has its line. */
  boolean isWhole() {
    return lines.size() == centers.points().size();
  }

  private int count(Predicate<SweepLine> which) {
    return (int) lines.stream().filter(which).count();
  }

  int exitCode() {
    if (!isWhole()) {
      return ExitCode.UNDECIDED;
    }
    if (lines.stream().anyMatch(SweepLine::isFailed)) {
      return ExitCode.SOFTWARE;
    }
    return lines.stream().allMatch(SweepLine::isClosed) ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  void print(PrintWriter out, Path file) {
    out.println(first.titleAnywhere() + ", at " + centers.counted());
    String label = "  network    ";
    for (Asked.Source source : first.sources()) {
      out.println(label + source.where());
      label = "  other      ";
    }
    out.println(
        "  answered   "
            + lines.size()
            + " of "
            + centers.points().size()
            + " in "
            + file
            + (before > 0 ? ", " + before + " of them before" : "")
            + (isWhole() ? "" : "; interrupted: the same command does the rest"));
    out.println("  certified  " + count(line -> line.certified() > 0) + " with a radius above 0");
    int claimed = count(line -> line.claimed().isPresent());
    if (claimed > 0) {
      out.println(
          "  claimed    " + claimed + " beyond that, on a solver's word that nobody checked");
    }
    out.println("  refuted    " + count(line -> line.refuted().isPresent()) + " with a collision");
    out.println("  closed     " + count(SweepLine::isClosed) + " with a complete answer");
    int failed = count(SweepLine::isFailed);
    out.println("  failed     " + failed);
    smallest(line -> !line.isFailed()).ifPresent(line -> out.println("  smallest   " + text(line)));
    smallest(line -> !line.isFailed() && line.certified() > 0)
        .filter(line -> count(l -> !l.isFailed() && l.certified() == 0) > 0)
        .ifPresent(line -> out.println("  above 0    " + text(line)));
    lines.stream()
        .filter(line -> line.error().isPresent())
        .min(Comparator.comparingInt(SweepLine::index))
        .ifPresent(
            line ->
                out.println(
                    "  first error, at centre "
                        + line.index()
                        + ": "
                        + line.error().orElseThrow()));
    out.println(
        "  "
            + (lines.size() - before)
            + " answered now, "
            + jobs
            + " at once, "
            + Durations.show(elapsed));
    first.hopeless().ifPresent(note -> out.println("  " + note));
    notes.forEach(note -> out.println("  note: " + note));
  }

  private Optional<SweepLine> smallest(Predicate<SweepLine> which) {
    return lines.stream()
        .filter(which)
        .min(Comparator.comparingDouble(SweepLine::certified).thenComparingInt(SweepLine::index));
  }

  private String text(SweepLine line) {
    String radius =
        line.certified() >= first.query().maxRadius()
            ? Numbers.plain(line.certified())
            : Numbers.down(line.certified(), DIGITS);
    int others = count(l -> !l.isFailed() && l.certified() == line.certified()) - 1;
    return radius
        + " at "
        + Numbers.point(centers.points().get(line.index()))
        + ", centre "
        + line.index()
        + (others > 0 ? ", and " + others + " more" : "");
  }
}
