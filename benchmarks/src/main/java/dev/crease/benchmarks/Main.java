package dev.crease.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.campaign.Backends;
import dev.crease.choose.CertifierRegistry;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The command line of JMH, where parameters {@code backend} and {@code solver} that nobody gives
 * are all that can run here. Ends with exit code 70 where an answer is wrong, as {@code crease
 * bench run} does.
 */
public final class Main {

  private static final int USAGE = 64;
  private static final int SOFTWARE = 70;

  /** Proves nothing about continuous variables: its answers would all be open. */
  private static final String ONLY_REFUTES = "ortools-cp-sat";

  private Main() {}

  /**
   * Runs benchmarks.
   *
   * @param arguments those of JMH; {@code -h} lists them
   */
  public static void main(String[] arguments) throws IOException {
    try {
      CommandLineOptions asked = new CommandLineOptions(arguments);
      if (asked.shouldHelp()) {
        asked.showHelp();
      } else if (asked.shouldListProfilers()) {
        asked.listProfilers();
      } else if (asked.shouldListResultFormats()) {
        asked.listResultFormats();
      } else if (asked.shouldList()) {
        new Runner(asked).list();
      } else if (asked.shouldListWithParams()) {
        new Runner(asked).listWithParams(asked);
      } else {
        System.exit(run(asked));
      }
    } catch (CommandLineOptionException | NoBenchmarksException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(USAGE);
    } catch (RunnerException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(SOFTWARE);
    }
  }

  private static int run(CommandLineOptions asked) throws RunnerException {
    Collection<RunResult> results = new Runner(complete(asked)).run();
    long faults = results.stream().mapToLong(Main::faults).sum();
    if (faults > 0) {
      System.err.println("benchmarks: " + faults + " answers are wrong");
    }
    return faults > 0 ? SOFTWARE : 0;
  }

  /** How many are wrong by more than a solver's claim. */
  private static long faults(RunResult result) {
    Result<?> faults = result.getSecondaryResults().get("faults");
    return faults == null ? 0 : Math.round(faults.getScore());
  }

  /** With all backends that can run, where nobody named any. */
  private static Options complete(CommandLineOptions asked) {
    Config config = ConfigFactory.defaultReferenceUnresolved().resolve();
    SolverRegistry solvers = SolverRegistry.discover(config);
    Backends available = Backends.of(CertifierRegistry.discover(config), solvers);
    boolean isTold = asked.verbosity().orElse(VerboseMode.NORMAL) != VerboseMode.SILENT;
    OptionsBuilder options = new OptionsBuilder();
    options.parent(asked);
    if (!asked.getParameter("backend").hasValue()) {
      if (isTold) {
        skipped(solvers).forEach(line -> System.out.println("# skipped: " + line));
      }
      options.param(
          "backend",
          available.all().stream()
              .map(Backends.Backend::id)
              .filter(id -> !id.equals(ONLY_REFUTES))
              .toArray(String[]::new));
    }
    if (!asked.getParameter("solver").hasValue()) {
      options.param(
          "solver",
          available.all().stream()
              .filter(Backends.Backend::isSolver)
              .map(Backends.Backend::id)
              .toArray(String[]::new));
    }
    return options.build();
  }

  /** What is not asked, and why. */
  private static List<String> skipped(SolverRegistry solvers) {
    List<String> lines = new ArrayList<>();
    for (MipSolver solver : solvers.all()) {
      if (solver.availability() instanceof Availability.Unavailable no) {
        lines.add(solver.id() + " is unavailable: " + no.reason() + "; " + no.remedy());
      } else if (!solver.capabilities().has(Capability.INTEGER)) {
        lines.add(solver.id() + " solves linear programs only");
      } else if (solver.id().equals(ONLY_REFUTES)) {
        lines.add(solver.id() + " refutes, and certifies nothing; -p backend=" + ONLY_REFUTES);
      }
    }
    lines.addAll(solvers.broken());
    if (solvers.all().stream().noneMatch(solver -> solver.id().equals("scip"))) {
      lines.add("scip is not in this build, which was made without a C++ compiler");
    }
    return lines;
  }
}
