package dev.crease.cli.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.ProgressBar;
import dev.crease.cli.output.ProgressLine;
import dev.crease.question.Query;
import dev.crease.solver.MipSolver;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What a command that answers questions works with. */
public record Session(Host host, PrintWriter out, PrintWriter err, Config config, boolean log) {

  private static final int TYPO = 2;

  public static Session of(CommandSpec spec, SolverOptions flags) {
    return new Session(
        Host.of(spec),
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        flags.load(),
        flags.wantsLog());
  }

  /** The files that set something. */
  public List<String> configuredBy() {
    return Configuration.files(config);
  }

  /** The certifiers and backends on the class path. */
  public CertifierRegistry backends() {
    return host.backends(config);
  }

  /** The certifier that the configuration selects for a question. */
  public CertifierRegistry.Choice choose(Query query, CertifyOptions options) {
    try {
      return backends().select(SolverOptions.solvers(config), query, options);
    } catch (ConfigException e) {
      throw Configuration.bad(e);
    } catch (BadInput e) {
      throw meant().map(m -> new BadInput(m, e)).orElse(e);
    }
  }

  /** What to say of a solver's id that is nearly one. */
  private Optional<String> meant() {
    CertifierRegistry backends = backends();
    List<String> known =
        Stream.concat(
                backends.withoutSolver().stream().map(Certifier::id),
                backends.solvers().all().stream().map(MipSolver::id))
            .toList();
    return SolverOptions.solvers(config).stream()
        // Of one that is there and broken, the reason is worth more.
        .filter(id -> backends.allBroken().noneMatch(line -> line.contains(" " + id + ":")))
        .filter(id -> !known.contains(id) && !id.equals(CertifierRegistry.AUTO))
        .flatMap(
            id ->
                known.stream()
                    .filter(k -> k.endsWith("-" + id) || Configuration.edits(k, id) <= TYPO)
                    .map(
                        k ->
                            "there is no solver %s; did you mean %s? `crease solvers` lists all"
                                .formatted(id, k)))
        .findFirst();
  }

  /** The options that the configuration gives, stopped by Ctrl-C. */
  public CertifyOptions options() {
    host.interruption().listen();
    CertifyOptions.Builder options =
        SolverOptions.certifyOptions(config).cancellation(host.interruption().cancellation());
    if (log) {
      options.logSink(err::println);
    }
    return options.build();
  }

  /** The norm that the configuration names. */
  public Norm norm() {
    return SolverOptions.norm(config);
  }

  /**
   * How far to look.
   *
   * @throws BadInput if that is the whole space, about which few commands ask
   */
  public double maxRadius() {
    double radius = reach();
    if (Double.isInfinite(radius)) {
      throw new BadInput(
          "--max-radius inf (crease.max-radius) is for `crease radius local`; give a number");
    }
    return radius;
  }

  /** How far to look; infinite for the whole space. */
  public double reach() {
    return SolverOptions.maxRadius(config);
  }

  /** Work under a progress line, when somebody looks and no log is in the way. */
  public <R> R watched(Function<CertifyListener, R> work) {
    try (ProgressLine progress = new ProgressLine(err, host.isTerminal() && !log)) {
      return work.apply(progress);
    }
  }

  /** A bar for a sweep, when somebody looks and no log is in the way. */
  public ProgressBar sweepProgress() {
    return new ProgressBar(err, host.isTerminal() && !log);
  }
}
