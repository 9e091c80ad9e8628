package dev.crease.bench.report;

import dev.crease.bench.Outcome;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A header and its runs, in the order of the lines. */
record Campaign(Header header, List<Run> runs) {

  SortedMap<String, List<Run>> byFamily() {
    return by(runs, Run::family);
  }

  SortedMap<String, List<Run>> byBackend() {
    return by(runs, run -> run.configuration().backend());
  }

  SortedMap<Configuration, List<Run>> byConfiguration() {
    return by(runs, Run::configuration);
  }

  long count(Outcome outcome) {
    return runs.stream().filter(run -> run.outcome() == outcome).count();
  }

  static <K extends Comparable<K>> SortedMap<K, List<Run>> by(
      List<Run> runs, Function<Run, K> key) {
    return runs.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }
}
