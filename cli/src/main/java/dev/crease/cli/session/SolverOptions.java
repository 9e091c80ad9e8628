package dev.crease.cli.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Trust;
import dev.crease.choose.CertifierRegistry;
import dev.crease.encoding.ReluEncoding;
import dev.crease.mip.BoundsKind;
import dev.crease.solver.guard.ConfiguredSolver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say how to answer; each overrides a key of the configuration. */
public final class SolverOptions {

  @Option(
      names = "--solver",
      paramLabel = "ID",
      description =
          "The backend (crease.solver); `crease solvers` lists them. Several with commas between"
              + " them race: the first that decides stops the others.")
  private Optional<String> solver = Optional.empty();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      completionCandidates = StrategyNames.class,
      description = "${COMPLETION-CANDIDATES} (crease.strategy).")
  private Optional<String> strategy = Optional.empty();

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      completionCandidates = EncodingNames.class,
      description = "${COMPLETION-CANDIDATES} (crease.encoding).")
  private Optional<String> encoding = Optional.empty();

  @Option(
      names = "--bounds",
      paramLabel = "NAME",
      completionCandidates = BoundsNames.class,
      description = "${COMPLETION-CANDIDATES} (crease.bounds).")
  private Optional<String> bounds = Optional.empty();

  @Option(
      names = "--norm",
      paramLabel = "Q",
      completionCandidates = NormNames.class,
      description = "${COMPLETION-CANDIDATES}; inf is the default (crease.norm).")
  private Optional<String> norm = Optional.empty();

  @Option(
      names = "--max-radius",
      paramLabel = "R",
      converter = Reach.class,
      description =
          "How far to look; 10 by default (crease.max-radius). For `crease radius local` inf is the"
              + " whole space: as many outputs as inputs, up to three.")
  private Optional<Double> maxRadius = Optional.empty();

  @Option(
      names = "--delta",
      paramLabel = "D",
      description = "Separation below which collisions are not looked for (crease.delta).")
  private Optional<Double> delta = Optional.empty();

  @Option(
      names = "--trust",
      paramLabel = "WHOM",
      completionCandidates = TrustNames.class,
      description =
          "${COMPLETION-CANDIDATES} (crease.trust): certify what is proved and checked, "
              + "the default, or take a solver's word as well.")
  private Optional<String> trust = Optional.empty();

  @Option(
      names = "--time-limit",
      paramLabel = "T",
      description = "On each answer as a whole, such as 60s or 5m (crease.time-limit).")
  private Optional<String> timeLimit = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "Threads (crease.threads).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Random seed (crease.seed).")
  private Optional<Integer> seed = Optional.empty();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the backend's own (crease.parameters).")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; otherwise crease.conf in this folder, if there is one.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--log", description = "Print the solver's log to standard error.")
  private boolean log;

  /** The names that help and completion list, from where selection reads them. */
  private abstract static class Names implements Iterable<String> {
    private final List<String> names;

    Names(List<String> names) {
      this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }

  private static final class StrategyNames extends Names {
    StrategyNames() {
      super(CertifierRegistry.strategies());
    }
  }

  private static final class EncodingNames extends Names {
    EncodingNames() {
      super(ReluEncoding.choices().names());
    }
  }

  private static final class BoundsNames extends Names {
    BoundsNames() {
      super(BoundsKind.choices().names());
    }
  }

  private static final class NormNames extends Names {
    NormNames() {
      super(Norm.choices().names());
    }
  }

  private static final class TrustNames extends Names {
    TrustNames() {
      super(Trust.choices().names());
    }
  }

  /** The effective configuration, flags included. */
  Config load() {
    Map<String, Object> flags = new HashMap<>();
    solver.ifPresent(v -> flags.put("crease.solver", v));
    strategy.ifPresent(v -> flags.put("crease.strategy", v));
    encoding.ifPresent(v -> flags.put("crease.encoding", v));
    bounds.ifPresent(v -> flags.put("crease.bounds", v));
    norm.ifPresent(v -> flags.put("crease.norm", v));
    maxRadius.ifPresent(
        v -> flags.put("crease.max-radius", Double.isInfinite(v) && v > 0 ? Reach.INF : v));
    delta.ifPresent(v -> flags.put("crease.delta", v));
    trust.ifPresent(v -> flags.put("crease.trust", v));
    timeLimit.ifPresent(v -> flags.put("crease.time-limit", v));
    threads.ifPresent(v -> flags.put("crease.threads", v));
    seed.ifPresent(v -> flags.put("crease.seed", v));
    parameters.forEach((k, v) -> flags.put("crease.parameters." + ConfigUtil.quoteString(k), v));
    return Configuration.load(config, System.getenv(), flags);
  }

  /** Whether the solver's log is wanted. */
  public boolean wantsLog() {
    return log;
  }

  /** The solvers that the configuration names: a list, or one text with commas between them. */
  public static List<String> solvers(Config config) {
    List<String> ids =
        config.getValue("crease.solver").valueType() == ConfigValueType.LIST
            ? config.getStringList("crease.solver")
            // As an environment variable or a system property has it.
            : List.of(config.getString("crease.solver").replaceAll("[\\[\\]]", "").split(","));
    return ids.stream().map(String::strip).filter(id -> !id.isEmpty()).toList();
  }

  /** A note for those who asked for a strategy where there is none. */
  public static Optional<String> unusedStrategy(CertifyOptions options, RadiusResult result) {
    return !List.of("auto", result.engine()).contains(options.strategy())
            && result.strategy().equals(result.engine())
        ? Optional.of(
            "strategy "
                + options.strategy()
                + " was not used: "
                + result.engine()
                + " needs no solver, and strategies are for solvers only")
        : Optional.empty();
  }

  /** The norm that the configuration names. */
  public static Norm norm(Config config) {
    try {
      return Norm.choices().named(config.getString("crease.norm").toLowerCase(Locale.ROOT));
    } catch (ConfigException e) {
      throw Configuration.bad(e);
    }
  }

  /** How far to look; infinite for the whole space. */
  public static double maxRadius(Config config) {
    try {
      if (config.getString("crease.max-radius").strip().equals(Reach.INF)) {
        return Double.POSITIVE_INFINITY;
      }
      return config.getDouble("crease.max-radius");
    } catch (ConfigException e) {
      throw Configuration.bad(e);
    }
  }

  /** What the configuration says on how to answer. */
  public static CertifyOptions.Builder certifyOptions(Config config) {
    try {
      CertifyOptions.Builder options =
          CertifyOptions.builder()
              .strategy(config.getString("crease.strategy"))
              .encoding(config.getString("crease.encoding"))
              .bounds(config.getString("crease.bounds"))
              .trust(Trust.choices().named(config.getString("crease.trust")))
              .threads(config.getInt("crease.threads"))
              .seed(config.getInt("crease.seed"))
              .tolerances(
                  config.getDouble("crease.tolerance.feasibility"),
                  config.getDouble("crease.tolerance.integrality"))
              .relativeGap(config.getDouble("crease.tolerance.gap"));
      if (!config.getString("crease.delta").equals("auto")) {
        options.delta(config.getDouble("crease.delta"));
      }
      Duration limit = timeLimit(config);
      if (!limit.isZero()) {
        options.timeLimit(limit);
      }
      return options.parameters(ConfiguredSolver.parameters(config, "crease.parameters"));
    } catch (ConfigException e) {
      throw Configuration.bad(e);
    }
  }

  /** The limit on the time of an answer; zero for none. */
  public static Duration timeLimit(Config config) {
    String text = config.getString("crease.time-limit").strip();
    if (text.matches("[0-9.]+") && !text.matches("[0.]+")) {
      throw new BadInput("time limit " + text + " has no unit; write it like 60s or 5m");
    }
    Duration limit;
    try {
      limit = config.getDuration("crease.time-limit");
    } catch (ConfigException e) {
      throw new BadInput(
          "--time-limit (crease.time-limit) takes 60s, 5m or 2h; not '" + text + "'", e);
    }
    if (limit.isNegative()) {
      throw new BadInput("time limit " + text + " is negative");
    }
    if (limit.isZero() && !text.matches("[0.]+")) {
      throw new BadInput(
          "time limit "
              + text
              + " leaves no time for any answer; for no limit leave it out, or"
              + " write 0");
    }
    return limit;
  }
}
