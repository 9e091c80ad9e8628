package dev.crease.cli.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.crease.cli.output.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings that the jars know, with their defaults: every {@code reference.conf} of the class
 * path, but for those that cannot be read.
 *
 * @param config all of them, the first on the class path winning
 * @param broken a line for each that is left out: the file, what is wrong, what to do
 */
record References(Config config, List<String> broken) {

  private static final String NAME = "reference.conf";

  /** One file. */
  private record Source(String name, Config config) {}

  static References read() {
    List<Source> parsed = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try {
      for (URL file :
          Collections.list(Thread.currentThread().getContextClassLoader().getResources(NAME))) {
        String name = NAME + " @ " + file;
        ConfigParseOptions options =
            ConfigParseOptions.defaults().setAllowMissing(false).setOriginDescription(name);
        try {
          parsed.add(new Source(name, ConfigFactory.parseURL(file, options)));
        } catch (ConfigException e) {
          broken.add(line(name, e));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Config all = merged(parsed);
    try {
      // Without the system properties, which the user sets: they are not references.
      return new References(all.resolve(), List.copyOf(broken));
    } catch (ConfigException e) {
      return new References(resolvable(parsed, broken), List.copyOf(broken));
    }
  }

  private static Config merged(List<Source> parsed) {
    return parsed.stream().map(Source::config).reduce(ConfigFactory.empty(), Config::withFallback);
  }

  /** What resolves when the files are taken one after the other. */
  private static Config resolvable(List<Source> parsed, List<String> broken) {
    Config taken = ConfigFactory.empty();
    for (Source next : parsed) {
      try {
        Config with = taken.withFallback(next.config());
        with.resolve();
        taken = with;
      } catch (ConfigException e) {
        broken.add(line(next.name(), e));
      }
    }
    return taken.resolve();
  }

  private static String line(String file, ConfigException e) {
    String what = Failure.oneLine(e);
    return (what.startsWith(file) ? what : file + ": " + what)
        + "; its settings are left out; tell whoever made it, or remove the jar";
  }
}
