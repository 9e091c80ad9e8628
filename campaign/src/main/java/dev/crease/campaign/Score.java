package dev.crease.campaign;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How some cells went. Those that were refused, and those where a solver was to answer and none had
 * to, count nowhere but in their own numbers.
 *
 * @param counts how many by outcome
 * @param median median time of those that were solved, by proof or by claim; empty when none was
 * @param par2 mean time, where each that was not solved counts twice the limit; empty when none
 *     took place
 * @param medianWithoutSolver median time of those that were solved without the solver; empty when
 *     none was
 */
public record Score(
    Map<Outcome, Integer> counts,
    OptionalDouble median,
    OptionalDouble par2,
    OptionalDouble medianWithoutSolver) {

  private static final int PENALTY = 2;

  /** How one cell went. */
  public interface Timed {
    /** What became of it. */
    Outcome outcome();

    /** How long it took; there for what is solved. */
    OptionalDouble seconds();

    /** Which seed it was asked with, and which time; a text that those of one round share. */
    String round();
  }

  /** How many had an outcome. */
  public int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** How many were solved, by proof or by claim. */
  public int solved() {
    return count(Outcome.SOLVED) + count(Outcome.CLAIMED);
  }

  /** How many were put, and not refused or solved before the solver had a word. */
  public int total() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isScored())
        .mapToInt(Map.Entry::getValue)
        .sum();
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
        median(cells, Outcome::isSolved),
        cells.stream()
            .filter(cell -> cell.outcome().isScored())
            .mapToDouble(
                cell -> cell.outcome().isSolved() ? cell.seconds().orElseThrow() : PENALTY * limit)
            .average(),
        median(cells, outcome -> outcome == Outcome.WITHOUT_SOLVER));
  }

  private static OptionalDouble median(List<? extends Timed> cells, Predicate<Outcome> which) {
    return median(
        cells.stream()
            .filter(cell -> which.test(cell.outcome()))
            .flatMap(cell -> cell.seconds().stream().boxed())
            .map(Double::doubleValue));
  }

  /** The one in the middle, or the mean of the two there; empty without any. */
  static OptionalDouble median(Stream<Double> values) {
    double[] sorted = values.mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
