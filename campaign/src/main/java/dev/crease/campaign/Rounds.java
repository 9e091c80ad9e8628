package dev.crease.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How some cells went that were asked several times, with several seeds: a score for each round, so
 * that what differs between rounds is seen.
 *
 * @param all the score of all of them together
 * @param each the scores of the rounds, of which there is at least one
 */
public record Rounds(Score all, List<Score> each) {

  /**
   * The median of the rounds, and the least and the most of any.
   *
   * @param rounds how many had a value
   */
  public record Interval(double median, double least, double most, int rounds) {

    /** Whether there was more than one round to tell apart. */
    public boolean isSpread() {
      return rounds > 1;
    }

    private static Optional<Interval> of(List<Double> values) {
      OptionalDouble median = Score.median(values.stream());
      return median.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Interval(
                  median.getAsDouble(),
                  values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                  values.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                  values.size()));
    }
  }

  /** Copies the list. */
  public Rounds {
    each = List.copyOf(each);
  }

  /**
   * The scores of some cells.
   *
   * @param limit the limit on each, in seconds
   */
  public static Rounds of(List<? extends Score.Timed> cells, double limit) {
    Map<String, List<Score.Timed>> rounds = new LinkedHashMap<>();
    cells.forEach(cell -> rounds.computeIfAbsent(cell.round(), k -> new ArrayList<>()).add(cell));
    return new Rounds(
        Score.of(cells, limit),
        rounds.values().stream().map(round -> Score.of(round, limit)).toList());
  }

  /** Those of a campaign's lines that have a text in common, in the order it first comes. */
  public static Map<String, Rounds> by(Function<Run, String> what, List<Run> lines, double limit) {
    Map<String, List<Run>> groups = new LinkedHashMap<>();
    lines.forEach(
        line -> groups.computeIfAbsent(what.apply(line), k -> new ArrayList<>()).add(line));
    Map<String, Rounds> scores = new LinkedHashMap<>();
    groups.forEach((key, group) -> scores.put(key, of(group, limit)));
    return scores;
  }

  /** How many were solved, by proof or by claim; empty where nothing was scored. */
  public Optional<Interval> solved() {
    return Interval.of(
        each.stream().filter(s -> s.total() > 0).map(s -> (double) s.solved()).toList());
  }

  /** The median times of what was solved. */
  public Optional<Interval> median() {
    return present(Score::median);
  }

  /** The PAR-2 scores. */
  public Optional<Interval> par2() {
    return present(Score::par2);
  }

  /** The median times of what was solved without the solver. */
  public Optional<Interval> medianWithoutSolver() {
    return present(Score::medianWithoutSolver);
  }

  private Optional<Interval> present(Function<Score, OptionalDouble> what) {
    return Interval.of(each.stream().map(what).flatMap(value -> value.stream().boxed()).toList());
  }
}
