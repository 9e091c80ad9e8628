package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A performance profile: the share of the instances that a configuration solves within a factor of
 * the time of the fastest one. E. D. Dolan, J. J. Moré, Benchmarking optimization software with
 * performance profiles, Mathematical Programming 91 (2002).
 *
 * <p>The instances are those that at least one configuration has run. One that a configuration did
 * not solve, was not asked, or refused, has for it the ratio infinity. Where a configuration ran an
 * instance more than once, it counts with its slowest run, or as unsolved if one of them is.
 *
 * @param instances how many there are
 * @param ratios the finite ratios of each configuration, in ascending order
 */
record PerformanceProfile(int instances, SortedMap<Configuration, double[]> ratios) {

  static PerformanceProfile of(List<Run> runs) {
    Map<String, Double> best = new HashMap<>();
    SortedMap<Configuration, Map<String, Double>> times = new TreeMap<>();
    TreeSet<String> instances = new TreeSet<>();
    for (Run run : runs) {
      Map<String, Double> own = times.computeIfAbsent(run.configuration(), c -> new HashMap<>());
      if (run.outcome() != Outcome.REFUSED) {
        instances.add(run.instance());
        double time = run.isAnswered() ? run.time() : Double.POSITIVE_INFINITY;
        own.merge(run.instance(), time, Math::max);
      }
    }
    times.values().forEach(own -> own.forEach((i, time) -> best.merge(i, time, Math::min)));
    SortedMap<Configuration, double[]> ratios = new TreeMap<>();
    times.forEach(
        (configuration, own) ->
            ratios.put(
                configuration,
                own.entrySet().stream()
                    .filter(entry -> Double.isFinite(entry.getValue()))
                    .mapToDouble(entry -> entry.getValue() / best.get(entry.getKey()))
                    .sorted()
                    .toArray()));
    return new PerformanceProfile(instances.size(), ratios);
  }

  /** The share, from 0 to 1, solved within a factor of the fastest. */
  double share(Configuration configuration, double factor) {
    double[] own = ratios.getOrDefault(configuration, new double[0]);
    long within = Arrays.stream(own).filter(ratio -> ratio <= factor).count();
    return instances == 0 ? 0 : (double) within / instances;
  }

  double largest() {
    return ratios.values().stream().flatMapToDouble(Arrays::stream).max().orElse(1);
  }
}
