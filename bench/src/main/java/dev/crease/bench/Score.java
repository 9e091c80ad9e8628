package dev.crease.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How some cells went. Those that were refused count nowhere but in their own number.
 *
 * @param counts how many by outcome
 * @param median median time of those that were solved; empty when none was
 * @param par2 mean time, where each that was not solved counts twice the limit; empty when none
 *     took place
 */
public record Score(Map<Outcome, Integer> counts, OptionalDouble median, OptionalDouble par2) {

  private static final int PENALTY = 2;

  /** How one cell went. */
  public interface Timed {
    /** What became of it. */
    Outcome outcome();

    /** How long it took; there for what is solved. */
    OptionalDouble seconds();
  }

  private record Line(Outcome outcome, OptionalDouble seconds) implements Timed {}

  /** How many had an outcome. */
  public int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** How many were solved. */
  public int solved() {
    return count(Outcome.SOLVED);
  }

  /** How many were put and not refused. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum() - count(Outcome.REFUSED);
  }

  /**
   * The score of some cells.
   *
   * @param limit the limit on each, in seconds
   */
  public static Score of(List<? extends Timed> cells, double limit) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    cells.forEach(cell -> counts.merge(cell.outcome(), 1, Integer::sum));
    return new Score(
        counts,
        median(
            cells.stream()
                .filter(cell -> cell.outcome() == Outcome.SOLVED)
                .mapToDouble(cell -> cell.seconds().orElseThrow())
                .sorted()
                .toArray()),
        cells.stream()
            .filter(cell -> cell.outcome() != Outcome.REFUSED)
            .mapToDouble(
                cell ->
                    cell.outcome() == Outcome.SOLVED
                        ? cell.seconds().orElseThrow()
                        : PENALTY * limit)
            .average());
  }

  /** The scores of a campaign's lines that have a text in common, in the order it first comes. */
  public static Map<String, Score> by(
      Function<ObjectNode, String> what, List<ObjectNode> lines, double limit) {
    Map<String, List<Timed>> groups = new LinkedHashMap<>();
    lines.forEach(
        line -> groups.computeIfAbsent(what.apply(line), k -> new ArrayList<>()).add(timed(line)));
    Map<String, Score> scores = new LinkedHashMap<>();
    groups.forEach((key, group) -> scores.put(key, of(group, limit)));
    return scores;
  }

  /** How the cell of a campaign's line went. */
  public static Timed timed(ObjectNode line) {
    return new Line(
        Outcome.valueOf(line.path("outcome").asText()),
        OptionalDouble.of(line.path("seconds").asDouble()));
  }

  private static OptionalDouble median(double[] sorted) {
    int n = sorted.length;
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
