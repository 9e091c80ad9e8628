package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import dev.crease.campaign.Header;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A header and its runs, in the order of the lines. */
record Results(Header header, List<Run> runs) {

  /**
   * The first version. It and the second called certified what a solver says, and let a claim that
   * leaves out pairs nearer than delta be above the truth; both can be seen from their lines.
   */
  static final int FIRST = 1;

  /** Whether the outcomes are not those of the lines. */
  boolean isJudgedAgain() {
    return header.version() < Header.VERSION;
  }

  SortedMap<String, List<Run>> byFamily() {
    return by(runs, Run::family);
  }

  SortedMap<String, List<Run>> byBackend() {
    return by(runs, run -> run.configuration().backend());
  }

  SortedMap<Configuration, List<Run>> byConfiguration() {
    return by(runs, Run::configuration);
  }

  /** Whether something was asked more than once. */
  boolean hasRounds() {
    return runs.stream().map(Run::round).distinct().limit(2).count() > 1;
  }

  /**
   * One run for each instance and configuration: of several the one with the median time, or one
   * that is not answered if there is any.
   */
  static List<Run> typical(List<Run> runs) {
    Map<String, List<Run>> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      groups
          .computeIfAbsent(run.instance() + "\n" + run.configuration(), k -> new ArrayList<>())
          .add(run);
    }
    return groups.values().stream().map(Results::typicalOf).toList();
  }

  private static Run typicalOf(List<Run> same) {
    List<Run> sorted = new ArrayList<>(same);
    sorted.sort(Comparator.comparingDouble(run -> run.isAnswered() ? run.time() : -1));
    return sorted.get(0).isAnswered() ? sorted.get((sorted.size() - 1) / 2) : sorted.get(0);
  }

  long count(Outcome outcome) {
    return runs.stream().filter(run -> run.outcome() == outcome).count();
  }

  static <K extends Comparable<K>, T> SortedMap<K, List<T>> by(List<T> runs, Function<T, K> key) {
    return runs.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }
}
