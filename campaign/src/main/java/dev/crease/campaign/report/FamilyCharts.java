package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** The charts of one family, or of all the runs. */
final class FamilyCharts {

  /** More lines than this in one chart cannot be told apart. */
  static final int MOST_LINES = 10;

  private static final int LABELS = 6;
  private static final int MARKERS = 8;
  private static final double ROOM = 1.15;
  private static final double ASIDE = 6;
  private static final double ASIDE_IN_ALL = 24;
  private static final int CROWD = 300;

  private final String id;
  private final String name;
  private final List<Run> runs;
  private final double limit;
  private final Looks looks;
  private final SortedMap<Configuration, List<Run>> byConfiguration;
  private final List<Configuration> shown;

  FamilyCharts(String id, String name, List<Run> runs, double limit, Looks looks) {
    this.id = id;
    this.name = name;
    this.runs =
        Results.typical(runs.stream().filter(run -> run.outcome() != Outcome.REFUSED).toList());
    this.limit = limit;
    this.looks = looks;
    this.byConfiguration = Results.by(this.runs, Run::configuration);
    this.shown = chosen();
  }

  /** The best of each backend, then those of paper, then the best, up to the most lines. */
  private List<Configuration> chosen() {
    SortedMap<Configuration, Long> answered = new TreeMap<>();
    SortedMap<Configuration, Double> means = new TreeMap<>();
    byConfiguration.forEach(
        (c, own) -> {
          answered.put(c, own.stream().filter(Run::isAnswered).count());
          means.put(
              c,
              own.stream()
                  .mapToDouble(run -> run.isAnswered() ? run.time() : 2 * limit)
                  .average()
                  .orElse(0));
        });
    List<Configuration> ranked = new ArrayList<>(answered.keySet());
    ranked.sort(
        Comparator.<Configuration>comparingLong(c -> -answered.get(c))
            .thenComparingDouble(means::get)
            .thenComparing(Comparator.naturalOrder()));
    Set<Configuration> order = new LinkedHashSet<>();
    Set<String> backends = new LinkedHashSet<>();
    ranked.stream().filter(c -> backends.add(c.backend())).forEach(order::add);
    ranked.stream().filter(Configuration::isPaper).forEach(order::add);
    order.addAll(ranked);
    return order.stream().limit(MOST_LINES).sorted().toList();
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many configurations have no line; 0 as a rule. */
  int left() {
    return byConfiguration.size() - shown.size();
  }

  Chart profile() {
    PerformanceProfile profile = PerformanceProfile.of(runs);
    double most = Math.max(2, ROOM * profile.largest());
    Axis x = Axis.logarithmic("Time, as a multiple of the fastest (log scale)", 1, most, LABELS);
    Chart chart =
        new Chart(
            id + "-profile",
            "Performance profile: " + name,
            "The share of "
                + Numbers.of(profile.instances(), "instance")
                + " that each configuration solves within a multiple of the time of the fastest one. "
                + sharesInWords(profile),
            x,
            Axis.shares("Instances solved"));
    for (Configuration configuration : shown) {
      List<double[]> steps = new ArrayList<>();
      List<double[]> corners = new ArrayList<>();
      double share = profile.share(configuration, 1);
      steps.add(new double[] {1, share});
      corners.add(steps.get(0));
      for (double ratio : profile.ratios().get(configuration)) {
        double next = profile.share(configuration, ratio);
        if (next > share) {
          steps.add(new double[] {ratio, share});
          steps.add(new double[] {ratio, next});
          corners.add(steps.get(steps.size() - 1));
          share = next;
        }
      }
      steps.add(new double[] {x.to(), share});
      Look look = looks.look(configuration);
      chart.line(look, steps, some(corners));
      chart.legend(look, true, looks.name(configuration));
    }
    return chart;
  }

  private String sharesInWords(PerformanceProfile profile) {
    List<String> words = new ArrayList<>();
    for (Configuration configuration : shown) {
      words.add(
          looks.name(configuration)
              + ": "
              + Math.round(100 * profile.share(configuration, 1))
              + " % fastest, "
              + Math.round(100 * profile.share(configuration, Double.MAX_VALUE))
              + " % solved");
    }
    return String.join("; ", words) + ".";
  }

  Chart cactus() {
    long most = 0;
    List<String> words = new ArrayList<>();
    for (Configuration configuration : shown) {
      long solved = byConfiguration.get(configuration).stream().filter(Run::isAnswered).count();
      most = Math.max(most, solved);
      words.add(looks.name(configuration) + ": " + solved);
    }
    Chart chart =
        new Chart(
            id + "-cactus",
            "Cactus plot: " + name,
            "How many instances each configuration solves when each of them has so much time. Solved: "
                + String.join("; ", words)
                + ".",
            Axis.counts("Instances solved, easiest first", most, LABELS + 1),
            times());
    chart.level(limit, "time limit " + Numbers.seconds(limit));
    for (Configuration configuration : shown) {
      double[] seconds =
          byConfiguration.get(configuration).stream()
              .filter(Run::isAnswered)
              .mapToDouble(Run::time)
              .sorted()
              .toArray();
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < seconds.length; i++) {
        points.add(new double[] {i + 1, seconds[i]});
      }
      Look look = looks.look(configuration);
      chart.line(look, points, some(points));
      chart.legend(look, true, looks.name(configuration) + ": " + seconds.length);
    }
    return chart;
  }

  /** Empty if no run tells its size. */
  Optional<Chart> growth() {
    List<Run> sized = runs.stream().filter(Growth::hasSize).toList();
    if (sized.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, List<Run>> byBackend =
        Results.by(sized, run -> run.configuration().backend());
    List<String> words = new ArrayList<>();
    byBackend.forEach((backend, own) -> words.add(slope(backend, own)));
    long least = sized.stream().mapToLong(run -> run.neurons().orElse(0)).min().orElse(1);
    long most = sized.stream().mapToLong(run -> run.neurons().orElse(0)).max().orElse(1);
    Chart chart =
        new Chart(
            id + "-growth",
            "Time against size: " + name,
            "Seconds against hidden neurons, with a fitted line for each backend. "
                + String.join("; ", words)
                + ".",
            Axis.logarithmic("Neurons (log scale)", least, most, LABELS),
            times(byBackend.values().stream().flatMapToDouble(FamilyCharts::ends).toArray()));
    chart.level(limit, "time limit " + Numbers.seconds(limit));
    double step = Math.min(ASIDE, ASIDE_IN_ALL / byBackend.size());
    boolean crowd = sized.size() > CROWD;
    byBackend.forEach(
        (backend, own) -> {
          Look look = looks.look(backend);
          double aside = step * (byBackend.headMap(backend).size() - (byBackend.size() - 1) / 2.0);
          for (Run run : own) {
            boolean late = run.outcome() == Outcome.TIMEOUT;
            if (run.isSolved() || late) {
              double seconds = late ? limit : run.time();
              chart.point(
                  look,
                  run.neurons().orElseThrow(),
                  aside,
                  seconds,
                  !late,
                  crowd,
                  looks.name(run.configuration())
                      + ", "
                      + run.instance()
                      + ": "
                      + (late ? "timed out" : Numbers.seconds(run.time())));
            }
          }
        });
    // Over all the marks.
    byBackend.forEach(
        (backend, own) -> {
          Look look = looks.look(backend);
          Growth.of(own)
              .ifPresent(
                  fit ->
                      chart.line(
                          look,
                          List.of(
                              new double[] {fit.smallest(), fit.at(fit.smallest())},
                              new double[] {fit.largest(), fit.at(fit.largest())}),
                          List.of()));
          chart.legend(look, true, slope(backend, own));
        });
    return Optional.of(chart);
  }

  private static String slope(String backend, List<Run> own) {
    long late = own.stream().filter(run -> run.outcome() == Outcome.TIMEOUT).count();
    String fit =
        Growth.of(own)
            .map(g -> "slope " + Numbers.brief(g.slope()) + " over " + g.runs() + " solved")
            .orElse("no slope");
    return backend + ": " + fit + (late > 0 ? ", " + late + " timed out" : "");
  }

  /** The times at both ends of the fitted line, which may be beyond all that were measured. */
  private static DoubleStream ends(List<Run> own) {
    return Growth.of(own).stream()
        .flatMapToDouble(fit -> DoubleStream.of(fit.at(fit.smallest()), fit.at(fit.largest())));
  }

  /** An axis with the limit, the solved runs and some more on it. */
  private Axis times(double... more) {
    double[] seconds =
        DoubleStream.concat(
                DoubleStream.of(more), runs.stream().filter(Run::isAnswered).mapToDouble(Run::time))
            .toArray();
    double least = Arrays.stream(seconds).min().orElse(limit / 10);
    double most = Math.max(limit, Arrays.stream(seconds).max().orElse(limit));
    return Axis.logarithmic("Time, seconds (log scale)", least, ROOM * most, LABELS);
  }

  /** So many of the points, evenly spread, the last among them. */
  private static List<double[]> some(List<double[]> points) {
    if (points.size() <= MARKERS) {
      return points;
    }
    List<double[]> some = new ArrayList<>();
    for (int i = 0; i < MARKERS; i++) {
      some.add(points.get(i * (points.size() - 1) / (MARKERS - 1)));
    }
    return some;
  }
}
