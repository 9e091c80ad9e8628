package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names and looks of configurations, the same all over a page. */
final class Looks {

  private final List<String> backends;
  private final List<List<String>> settings;
  private final List<Function<Configuration, String>> parts = new ArrayList<>();

  Looks(SortedSet<Configuration> configurations) {
    this.backends =
        configurations.stream().map(Configuration::backend).distinct().collect(Collectors.toList());
    List<Function<Configuration, String>> all =
        List.of(
            Configuration::strategy,
            Configuration::encoding,
            Configuration::bounds,
            c -> c.threads() == 0 ? "" : Numbers.of(c.threads(), "thread"));
    for (Function<Configuration, String> part : all) {
      if (configurations.stream().map(part).distinct().count() > 1) {
        parts.add(part);
      }
    }
    this.settings =
        configurations.stream()
            .map(this::settings)
            .distinct()
            .sorted(Comparator.comparing(List::toString))
            .toList();
  }

  /** The backend and what tells its configurations from others; what never varies is left out. */
  String name(Configuration configuration) {
    List<String> words = new ArrayList<>(List.of(configuration.backend()));
    words.addAll(settings(configuration));
    return String.join(" \u00b7 ", words);
  }

  private List<String> settings(Configuration configuration) {
    return parts.stream().map(part -> part.apply(configuration)).filter(s -> !s.isEmpty()).toList();
  }

  /** The backend decides on colour and marker, the settings on the dashes. */
  Look look(Configuration configuration) {
    return Look.of(
        backends.indexOf(configuration.backend()), settings.indexOf(settings(configuration)));
  }

  Look look(String backend) {
    return Look.of(backends.indexOf(backend), 0);
  }
}
