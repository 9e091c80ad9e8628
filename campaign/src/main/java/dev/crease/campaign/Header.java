package dev.crease.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a campaign's file: what was measured, and where. The components are the names
 * in the JSON, in their order. Texts that a line does not give are empty.
 *
 * @param kind {@value #KIND}
 * @param version of the format
 * @param date when it was begun
 * @param profile which cells
 * @param timeLimit on each cell, in seconds
 * @param machine where
 * @param jvm name and version of the virtual machine
 * @param crease the version
 * @param commit hash of what was built
 * @param backends names to versions
 * @param backendJars names of backends to those of the jars that bring them
 * @param jars names to hashes
 * @param seed of the instances
 * @param settings parameters of backends that are not the defaults, by key
 */
public record Header(
    String kind,
    long version,
    String date,
    String profile,
    @JsonDeserialize(using = RawLines.RequiredSeconds.class) double timeLimit,
    Machine machine,
    String jvm,
    String crease,
    String commit,
    Map<String, String> backends,
    Map<String, String> backendJars,
    Map<String, String> jars,
    OptionalLong seed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> settings) {

  /** What {@code kind} is. */
  public static final String KIND = "header";

  /** The version that is written. */
  public static final int VERSION = 3;

  /** Names of what may differ where one campaign goes on, or is compared with care. */
  static final Set<String> VARYING = Set.of("date", "backends", "backendJars", "jars", "settings");

  /** Where nothing is known of the machine. */
  private static final Machine UNKNOWN =
      new Machine("", OptionalLong.empty(), OptionalLong.empty(), "");

  /** Takes what a line does not give as empty. */
  public Header(
      String kind,
      long version,
      String date,
      String profile,
      double timeLimit,
      @Nullable Machine machine,
      String jvm,
      String crease,
      String commit,
      @Nullable Map<String, String> backends,
      @Nullable Map<String, String> backendJars,
      @Nullable Map<String, String> jars,
      OptionalLong seed,
      @Nullable Map<String, String> settings) {
    this.kind = kind;
    this.version = version;
    this.date = date;
    this.profile = profile;
    this.timeLimit = timeLimit;
    this.machine = machine == null ? UNKNOWN : machine;
    this.jvm = jvm;
    this.crease = crease;
    this.commit = commit;
    this.backends = backends == null ? Map.of() : backends;
    this.backendJars = backendJars == null ? Map.of() : backendJars;
    this.jars = jars == null ? Map.of() : jars;
    this.seed = seed;
    this.settings = settings == null ? Map.of() : settings;
  }

  /** That of a campaign which begins now, here. */
  static Header now(Campaign campaign) {
    Map<String, String> versions = new LinkedHashMap<>();
    Map<String, String> jarOf = new LinkedHashMap<>();
    Build build = campaign.build();
    for (Backends.Backend backend : campaign.backends().all()) {
      versions.put(backend.id(), backend.version());
      if (build.backends().containsKey(backend.id())) {
        jarOf.put(backend.id(), build.backends().get(backend.id()));
      }
    }
    return new Header(
        KIND,
        VERSION,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        campaign.profile(),
        campaign.limit().toNanos() / 1e9,
        Machine.here(),
        Machine.jvm(),
        build.version(),
        build.commit(),
        versions,
        jarOf,
        build.jars(),
        OptionalLong.of(Suite.SEED),
        campaign.settings());
  }

  /** Where there is no campaign. */
  public static Header none() {
    return new Header(
        KIND, VERSION, "", "", 1, null, "", "", "", null, null, null, OptionalLong.empty(), null);
  }
}
