package dev.crease.cli.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import dev.crease.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The effective configuration: the jars' {@code reference.conf}, then {@code crease.conf}, then the
 * environment, then system properties, then flags; the later wins. A key that no jar knows is an
 * error.
 */
public final class Configuration {

  private static final String ROOT = "crease";

  /** Everything below a key of this name is the backend's own, so nobody here knows its keys. */
  private static final String OPEN = "parameters";

  /** Variables that the launcher reads. */
  private static final Set<String> LAUNCHERS = Set.of("CREASE_JAVA_OPTS", "CREASE_PLUGINS");

  /**
   * Parameters that name a file, a folder or another machine: of SCIP (visual/vbcfilename,
   * visual/bakfilename, concurrent/paramsetprefix, estimation/treeprofile, the regression forest's
   * file), HiGHS (..._file, and its folders), CP-SAT (..._prefix, ..._path) and Gurobi (LogFile,
   * ResultFile, NodefileDir, ...; the servers and their tokens).
   */
  private static final Pattern NAMES_A_FILE =
      Pattern.compile(
          "(?i)\\.parameters\\..*(file|path|prefix|dir|folder|url|server|manager|token|wls|cloud"
              + "|licen[cs]e|basename|tuneresults|dump)");

  private Configuration() {}

  /**
   * Loads the configuration.
   *
   * @param file the file that the user named; otherwise {@code crease.conf} where crease runs, if
   *     there is one
   * @param environment the environment's variables: {@code CREASE_TIME_LIMIT} sets {@code
   *     crease.time-limit}
   * @param flags what the flags say, by key
   * @throws BadInput if a file is missing or does not parse, or a key is unknown
   */
  public static Config load(
      Optional<Path> file, Map<String, String> environment, Map<String, Object> flags) {
    return load(file, Path.of("crease.conf"), environment, flags);
  }

  /** The same with a place of one's own for the file that is found when none is named. */
  public static Config load(
      Optional<Path> file, Path found, Map<String, String> environment, Map<String, Object> flags) {
    Path path = file.orElse(found);
    if (file.isPresent() && !Files.isRegularFile(path)) {
      throw new BadInput("there is no configuration file " + path);
    }
    try {
      Config reference = References.read().config();
      Set<String> known = keys(reference);
      Set<String> open = open(reference);
      ConfigParseOptions parsing = ConfigParseOptions.defaults().setAllowMissing(false);
      Config user =
          !Files.isRegularFile(path)
              ? ConfigFactory.empty()
              : ConfigFactory.parseFile(
                  path.toFile(),
                  file.isPresent() ? parsing : parsing.setIncluder(new IncludesBeside(path)));
      Config variables = environment(environment, known);
      Config properties = ConfigFactory.systemProperties();
      refuseForeign(user, known);
      if (file.isEmpty()) {
        refuseOutsideFiles(user);
      }
      refuseUnknown(user, known, open);
      refuseUnknown(properties, known, open);
      return ConfigFactory.parseMap(flags, "command line")
          .withFallback(properties)
          .withFallback(variables)
          .withFallback(user)
          .withFallback(reference)
          .resolve();
    } catch (ConfigException e) {
      throw bad(e);
    }
  }

  /** The jars whose {@code reference.conf} is left out, a line each: why, and what to do. */
  static List<String> broken() {
    return References.read().broken();
  }

  static BadInput bad(ConfigException e) {
    return new BadInput("configuration: " + e.getMessage(), e);
  }

  /** The keys below {@code crease}, each with its value. */
  public static Map<String, ConfigValue> values(Config config) {
    Map<String, ConfigValue> values = new java.util.TreeMap<>();
    if (config.hasPath(ROOT)) {
      config
          .getConfig(ROOT)
          .entrySet()
          .forEach(e -> values.put(ROOT + "." + e.getKey(), e.getValue()));
    }
    return values;
  }

  private static Set<String> keys(Config reference) {
    return new TreeSet<>(values(reference).keySet());
  }

  /** A file of ours has nothing but {@code crease}: what else it has lacks the prefix. */
  private static void refuseForeign(Config user, Set<String> known) {
    user.root()
        .forEach(
            (key, value) -> {
              if (!key.equals(ROOT)) {
                throw unknown(value, key, ROOT + "." + key, known);
              }
            });
  }

  /**
   * A configuration that was only found is somebody else's data, as the network beside it may be:
   * it must not make a solver read or write files, or load libraries from a folder of its own.
   */
  private static void refuseOutsideFiles(Config user) {
    values(user)
        .forEach(
            (key, value) -> {
              boolean isParameter = key.contains("." + OPEN + ".");
              if (key.endsWith("native-cache")
                  || (isParameter && NAMES_A_FILE.matcher(key).find())) {
                throw new BadInput(
                    value.origin().description()
                        + ": "
                        + key
                        + " names a file or a place, which a configuration may do that you name"
                        + " yourself: --config crease.conf, or a flag");
              }
            });
  }

  /**
   * The files that set something, in the order of their names; of a value that a flag or a variable
   * overrides, none.
   */
  public static List<String> files(Config config) {
    return values(config).values().stream()
        .map(value -> value.origin().filename())
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * {@code crease.parameters.}, and {@code crease.<id>.parameters.} of each backend that has it.
   */
  private static Set<String> open(Config reference) {
    Set<String> open = new TreeSet<>(Set.of(ROOT + "." + OPEN + "."));
    reference
        .getConfig(ROOT)
        .root()
        .forEach(
            (id, value) -> {
              if (value instanceof ConfigObject backend && backend.containsKey(OPEN)) {
                open.add(ROOT + "." + id + "." + OPEN + ".");
              }
            });
    return open;
  }

  private static Config environment(Map<String, String> environment, Set<String> known) {
    Map<String, Object> found = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith("CREASE_") || LAUNCHERS.contains(name)) {
        continue;
      }
      String key =
          known.stream()
              .filter(k -> variable(k).equals(name))
              .findFirst()
              .orElseThrow(
                  () -> {
                    String nearest =
                        known.stream()
                            .map(Configuration::variable)
                            .min(Comparator.comparingInt(v -> edits(v, name)))
                            .orElse("");
                    return new BadInput(
                        "environment: there is no setting "
                            + name
                            + "; did you mean "
                            + nearest
                            + "?");
                  });
      found.put(key, variable.getValue());
    }
    return ConfigFactory.parseMap(found, "environment");
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static void refuseUnknown(Config config, Set<String> known, Set<String> open) {
    values(config)
        .forEach(
            (key, value) -> {
              if (!known.contains(key) && open.stream().noneMatch(key::startsWith)) {
                throw unknown(value, key, key, known);
              }
            });
  }

  private static BadInput unknown(ConfigValue value, String key, String meant, Set<String> known) {
    String nearest = known.stream().min(Comparator.comparingInt(k -> edits(k, meant))).orElse("");
    return new BadInput(
        value.origin().description()
            + ": there is no setting "
            + key
            + "; did you mean "
            + nearest
            + "?");
  }

  /** The Levenshtein distance: how many letters of a name are wrong, missing or too many. */
  public static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
