package dev.crease.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.crease.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The effective configuration: the jars' {@code reference.conf}, then {@code crease.conf}, then
 * system properties, then flags; the later wins.
 */
final class Configuration {

  private Configuration() {}

  /**
   * Loads the configuration.
   *
   * @param file the file that the user named; otherwise {@code crease.conf} where crease runs, if
   *     there is one
   * @param flags what the flags say, by key
   * @throws BadInput if a file is missing or does not parse
   */
  static Config load(Optional<Path> file, Map<String, Object> flags) {
    Path path = file.orElse(Path.of("crease.conf"));
    if (file.isPresent() && !Files.isRegularFile(path)) {
      throw new BadInput("there is no configuration file " + path);
    }
    try {
      Config user =
          Files.isRegularFile(path)
              ? ConfigFactory.parseFile(
                  path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              : ConfigFactory.empty();
      return ConfigFactory.parseMap(flags, "command line")
          .withFallback(ConfigFactory.systemProperties())
          .withFallback(user)
          .withFallback(ConfigFactory.defaultReference())
          .resolve();
    } catch (ConfigException e) {
      throw bad(e);
    }
  }

  static BadInput bad(ConfigException e) {
    return new BadInput("configuration: " + e.getMessage(), e);
  }
}
