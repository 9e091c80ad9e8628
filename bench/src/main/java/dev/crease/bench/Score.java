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
 * How some cells went.
 *
 * @param counts how many by outcome
 * @param median median time of those that were solved; empty when none was
 * @param par2 mean time, where each that was not solved counts twice the limit; those refused count
 *     for nothing. Empty when all were refused
 */
public record Score(Map<Outcome, Integer> counts, OptionalDouble median, OptionalDouble par2) {

  private static final int PENALTY = 2;

  /** How many had an outcome. */
  public int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** How many were put and not refused. */
  public int asked() {
    return counts.values().stream().mapToInt(Integer::intValue).sum() - count(Outcome.REFUSED);
  }

  /**
   * The score of some lines of a campaign.
   *
   * @param limit the limit on each, in seconds
   */
  public static Score of(List<ObjectNode> lines, double limit) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    List<Double> solved = new ArrayList<>();
    double sum = 0;
    int asked = 0;
    for (ObjectNode line : lines) {
      Outcome outcome = Outcome.valueOf(line.path("outcome").asText());
      counts.merge(outcome, 1, Integer::sum);
      double seconds = line.path("seconds").asDouble();
      if (outcome == Outcome.SOLVED) {
        solved.add(seconds);
      }
      if (outcome != Outcome.REFUSED) {
        asked++;
        sum += outcome == Outcome.SOLVED ? seconds : PENALTY * limit;
      }
    }
    return new Score(
        counts,
        median(solved),
        asked == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / asked));
  }

  /** The scores of lines that have a text in common, in the order in which it first comes. */
  public static Map<String, Score> by(
      Function<ObjectNode, String> what, List<ObjectNode> lines, double limit) {
    Map<String, List<ObjectNode>> groups = new LinkedHashMap<>();
    lines.forEach(
        line -> groups.computeIfAbsent(what.apply(line), k -> new ArrayList<>()).add(line));
    Map<String, Score> scores = new LinkedHashMap<>();
    groups.forEach((key, group) -> scores.put(key, of(group, limit)));
    return scores;
  }

  private static OptionalDouble median(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return OptionalDouble.of((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }
}
