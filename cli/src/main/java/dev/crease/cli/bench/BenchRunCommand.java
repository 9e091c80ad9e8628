package dev.crease.cli.bench;

import com.typesafe.config.Config;
import dev.crease.BadInput;
import dev.crease.campaign.Backends;
import dev.crease.campaign.Build;
import dev.crease.campaign.Campaign;
import dev.crease.campaign.Cell;
import dev.crease.campaign.Family;
import dev.crease.campaign.Plan;
import dev.crease.campaign.Profile;
import dev.crease.campaign.Run;
import dev.crease.campaign.Table;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.Configuration;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Host;
import dev.crease.cli.session.SolverOptions;
import dev.crease.cli.session.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease bench run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Puts the instances to the backends; goes on where it was stopped.",
    description = {
      "One cell after the other: an instance, answered by a backend in one way. "
          + "Writes a line of JSON for each as it is done. The same command with the same "
          + "--out does what is missing, after Ctrl-C or a crash, or with more --seeds or "
          + "--repeats.",
      "Time-outs are kept as such. A radius above the true one is WRONG, or counted "
          + "apart where leaving out pairs nearer than delta accounts for it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease bench run --profile quick --out quick.jsonl",
      "  crease bench run --profile full --out full.jsonl --csv full.csv",
      "  crease bench run --profile full --out scip.jsonl --backend scip \\",
      "      --family residual",
      "  crease bench run --profile quick --out mine.jsonl --seeds 3 --repeats 2",
      "  crease bench run --profile spikes --out spikes.jsonl --instances 500",
      "",
      "Exit codes: 0 all cells are done and no proof or collision is wrong; 2 "
          + "interrupted; 65 --out holds another campaign; 70 some are wrong. A wrong "
          + "claim is the solver's."
    })
final class BenchRunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "quick, the default: minutes; full: a night or two; spikes: steep networks by "
              + "the thousand, hours, to see how far each backend can be believed.")
  private Profile profile = Profile.QUICK;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "JSON lines: a header, then a line for each cell, as they are done.")
  private Path out;

  @Option(names = "--csv", paramLabel = "FILE", description = "The same as CSV, at the end.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "F",
      description =
          "Only these: dynamics, dynamics-4d, pruning-calibration, noise, residual, scaling, spikes.")
  private List<Family> families = List.of();

  @Option(
      names = "--backend",
      split = ",",
      paramLabel = "ID",
      description = "Only these; by default all that can run here.")
  private List<String> ids = List.of();

  @Option(
      names = "--time-limit",
      paramLabel = "T",
      description = "On each cell; 5s for quick, 30s for full and 4s for spikes.")
  private Optional<String> timeLimit = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "So many random seeds of the solvers; 1 unless you say.")
  private int seeds = 1;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "So many times with each seed; 1 unless you say. Times come with their range.")
  private int repeats = 1;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description =
          "So many spikes; " + Plan.SPIKES + " unless you say. For --profile spikes only.")
  private Optional<Integer> instances = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; otherwise crease.conf in this folder, if there is one.")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Map<String, Object> flags = new TreeMap<>();
    timeLimit.ifPresent(t -> flags.put("crease.time-limit", t));
    Config config = Configuration.load(file, System.getenv(), flags);
    Duration limit =
        timeLimit
            .flatMap(t -> SolverOptions.certifyOptions(config).build().limits().time())
            .orElse(profile.limit());
    Host host = Host.of(spec);
    CertifierRegistry registry = host.backends(config);
    Backends backends = Backends.of(registry, registry.solvers());
    List<Cell> cells = cells(backends);
    Optional<OutputFile> table = csv.map(path -> OutputFile.at("--csv", path));
    host.interruption().listen();
    Campaign campaign =
        new Campaign(
            backends,
            profile.label(),
            limit,
            Build.here(new Version().getVersion()[0].replace("crease ", ""), config),
            settings(config));
    PrintWriter text = spec.commandLine().getOut();
    long start = System.nanoTime();
    List<Run> lines;
    try (BenchProgress progress =
        new BenchProgress(text, spec.commandLine().getErr(), host.isTerminal())) {
      lines = campaign.run(cells, out, host.interruption().cancellation(), progress);
    }
    table.ifPresent(t -> t.write(Table.csv(lines).getBytes(StandardCharsets.UTF_8)));
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    Set<String> wanted =
        cells.stream().map(Cell::id).collect(Collectors.toCollection(HashSet::new));
    List<Run> ours = lines.stream().filter(l -> wanted.contains(l.cell())).toList();
    new BenchSummary(text).print(ours, cells.size(), limit, elapsed);
    // A claim that is wrong is the solver's fault, which the tables count.
    if (ours.stream().anyMatch(Run::isFault)) {
      return ExitCode.SOFTWARE;
    }
    return ours.size() < cells.size() ? ExitCode.UNDECIDED : ExitCode.OK;
  }

  private List<Cell> cells(Backends backends) {
    atLeastOne("--seeds", seeds);
    atLeastOne("--repeats", repeats);
    instances.ifPresent(count -> atLeastOne("--instances", count));
    if (instances.isPresent() && profile != Profile.SPIKES) {
      throw new BadInput(
          "--instances says how many spikes, which profile "
              + profile
              + " has not; add --profile spikes, or cut it down with --family");
    }
    for (String id : ids) {
      if (backends.all().stream().noneMatch(b -> b.id().equals(id))) {
        throw new BadInput(
            "--backend "
                + id
                + " cannot be measured here; there are: "
                + backends.all().stream()
                    .map(Backends.Backend::id)
                    .collect(Collectors.joining(", ")));
      }
    }
    return Plan.cells(profile, backends, instances.orElse(Plan.SPIKES), seeds, repeats).stream()
        .filter(c -> families.isEmpty() || families.contains(c.instance().family()))
        .filter(c -> ids.isEmpty() || ids.contains(c.configuration().backend()))
        .toList();
  }

  private static void atLeastOne(String flag, int value) {
    if (value < 1) {
      throw new BadInput(flag + " " + value + ": name a whole number from 1");
    }
  }

  /** The parameters of backends that somebody has set: they are part of what is measured. */
  private static Map<String, String> settings(Config config) {
    Map<String, String> settings = new TreeMap<>();
    Configuration.values(config)
        .forEach(
            (key, value) -> {
              if (key.contains(".parameters.")) {
                settings.put(key, String.valueOf(value.unwrapped()));
              }
            });
    return settings;
  }
}
