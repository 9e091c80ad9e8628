package dev.crease.bench.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What runs add up to. Runs that were refused count nowhere but in their own number.
 *
 * @param total the runs that took place
 * @param median of the seconds of the solved runs
 * @param par2 the mean of the seconds, where a run that is not solved counts twice the limit
 */
record Score(
    int solved,
    int total,
    OptionalDouble median,
    OptionalDouble par2,
    Map<Outcome, Integer> outcomes) {

  private static final int PENALTY = 2;

  static Score of(List<Run> runs, double limit) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    runs.forEach(run -> outcomes.merge(run.outcome(), 1, Integer::sum));
    List<Run> took = runs.stream().filter(run -> run.outcome() != Outcome.REFUSED).toList();
    return new Score(
        outcomes.getOrDefault(Outcome.SOLVED, 0),
        took.size(),
        median(
            took.stream()
                .filter(Run::isSolved)
                .mapToDouble(run -> run.seconds().orElseThrow())
                .sorted()
                .toArray()),
        took.stream()
            .mapToDouble(run -> run.isSolved() ? run.seconds().orElseThrow() : PENALTY * limit)
            .average(),
        outcomes);
  }

  int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  private static OptionalDouble median(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
