package dev.crease.cli;

import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import dev.crease.campaign.Family;
import dev.crease.campaign.Profile;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.bench.BenchCommand;
import dev.crease.cli.output.Failure;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.output.PlainWriter;
import dev.crease.cli.question.AuditCommand;
import dev.crease.cli.question.CalibrateCommand;
import dev.crease.cli.question.CheckCommand;
import dev.crease.cli.question.DemoCommand;
import dev.crease.cli.question.InfoCommand;
import dev.crease.cli.question.InverseCommand;
import dev.crease.cli.question.LipschitzCommand;
import dev.crease.cli.question.ModelCommand;
import dev.crease.cli.question.PreimagesCommand;
import dev.crease.cli.question.RadiusCommand;
import dev.crease.cli.question.SpreadCommand;
import dev.crease.cli.session.ConfigCommand;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Host;
import dev.crease.cli.session.Interruption;
import dev.crease.cli.session.SolversCommand;
import dev.crease.cli.session.Version;
import dev.crease.cli.sweep.SweepCommand;
import dev.crease.plots.RegionColor;
import dev.crease.question.Problem;
import dev.crease.solver.natives.NativeCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The top command. */
@Command(
    name = "crease",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Certifies how far from an operating point a ReLU network stays one-to-one, on "
            + "the solver of your choice.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease demo",
      "  crease solvers",
      "  crease radius pseudo --network f.onnx --center 0.5,1.5 --solver ortools-scip",
      "",
      "Exit codes: 0 holds, or complete; 1 refuted, or refused; 2 undecided; 64 "
          + "usage; 65 bad input; 69 backend unavailable or unsuited; 70 failure."
    },
    subcommands = {
      RadiusCommand.class,
      CheckCommand.class,
      SpreadCommand.class,
      LipschitzCommand.class,
      ModelCommand.class,
      SweepCommand.class,
      AuditCommand.class,
      PreimagesCommand.class,
      InverseCommand.class,
      CalibrateCommand.class,
      SolversCommand.class,
      InfoCommand.class,
      ConfigCommand.class,
      BenchCommand.class,
      DemoCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
final class Crease implements Runnable, Host {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private final boolean terminal;
  private final Interruption interruption;
  private final Runnable beforeNativeCode;

  private Crease(boolean terminal, Interruption interruption, Runnable beforeNativeCode) {
    this.terminal = terminal;
    this.interruption = interruption;
    this.beforeNativeCode = beforeNativeCode;
  }

  @Override
  public CertifierRegistry backends(Config config) {
    AtomicBoolean isPrepared = new AtomicBoolean();
    return CertifierRegistry.discover(
        config,
        () -> {
          // It is asked before every solve.
          if (isPrepared.compareAndSet(false, true)) {
            shareNatives(config);
            beforeNativeCode.run();
          }
        });
  }

  private static void shareNatives(Config config) {
    try {
      NativeCache.of(config).share();
    } catch (IOException e) {
      // Each backend says so of itself.
    }
  }

  @Override
  public boolean isTerminal() {
    return terminal;
  }

  @Override
  public Interruption interruption() {
    return interruption;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /**
   * Runs one command.
   *
   * @param terminal whether to show progress
   * @param beforeNativeCode runs before code of others that may load native libraries
   * @return the exit code
   */
  static int run(
      PrintWriter out,
      PrintWriter err,
      boolean terminal,
      Interruption interruption,
      Runnable beforeNativeCode,
      String... args) {
    PrintWriter plainOut = PlainWriter.over(out, false);
    PrintWriter plainErr = PlainWriter.over(err, true);
    try {
      return execute(plainOut, plainErr, terminal, interruption, beforeNativeCode, args);
    } catch (Throwable e) {
      // Errors too: a stack trace helps nobody, and the exit code must not be that of an answer.
      return report(e, plainErr);
    } finally {
      plainOut.flush();
      plainErr.flush();
    }
  }

  private static int execute(
      PrintWriter out,
      PrintWriter err,
      boolean terminal,
      Interruption interruption,
      Runnable beforeNativeCode,
      String... args) {
    CommandLine line = new CommandLine(new Crease(terminal, interruption, beforeNativeCode));
    // Colours would be control characters among the text.
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setOut(out);
    line.setErr(err);
    line.registerConverter(Double.class, Crease::number);
    line.registerConverter(double.class, Crease::number);
    line.registerConverter(Problem.class, Crease::problem);
    line.registerConverter(Profile.class, Crease::profile);
    line.registerConverter(RegionColor.class, Crease::color);
    line.registerConverter(Family.class, Crease::family);
    line.setAbbreviatedOptionsAllowed(false);
    line.getSubcommands().get("generate-completion").getCommandSpec().usageMessage().hidden(true);
    // Not line.execute(), which prints the stack trace of what it does not know.
    try {
      ParseResult parsed = line.parseArgs(args);
      Clashes.refuse(parsed);
      return new CommandLine.RunLast().execute(parsed);
    } catch (ParameterException e) {
      return refuse(e, err);
    } catch (ExecutionException e) {
      return report(e.getCause() == null ? e : e.getCause(), err);
    }
  }

  private static int refuse(ParameterException e, PrintWriter err) {
    Optional<String> misspelt = Misspelt.in(e);
    err.println("crease: " + misspelt.orElseGet(() -> plain(Failure.oneLine(e))));
    // Of this class itself, and about one argument: its value was not understood.
    if (misspelt.isEmpty() && e.getClass() == ParameterException.class && e.getArgSpec() != null) {
      return ExitCode.BAD_INPUT;
    }
    CommandLine command = e.getCommandLine();
    err.println("        try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static double number(String text) {
    try {
      return Numbers.parse(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }

  private static Problem problem(String name) {
    return Arrays.stream(Problem.values())
        .filter(p -> p.label().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no problem " + name + "; there are local, pseudo, transformation"));
  }

  private static Profile profile(String name) {
    return Arrays.stream(Profile.values())
        .filter(p -> p.label().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no profile " + name + "; there are quick and full"));
  }

  private static RegionColor color(String name) {
    return Arrays.stream(RegionColor.values())
        .filter(c -> c.label().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no colouring by " + name + "; there are determinant and condition"));
  }

  private static Family family(String name) {
    return Family.byLabel(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no family "
                        + name
                        + "; there are "
                        + Arrays.stream(Family.values())
                            .map(Family::label)
                            .collect(Collectors.joining(", "))));
  }

  /** Picocli's messages for those who do not program. */
  private static String plain(String message) {
    return message
        .replaceFirst("^Invalid value for positional parameter at index 0 \\(PROBLEM\\): ", "")
        .replaceFirst("^Unknown subcommand '(.*)'\\.$", "there is no command $1")
        .replaceFirst(" is not a double$", " is not a number")
        .replaceFirst(" is not an int$", " is not a whole number")
        .replace("option option", "option");
  }

  private static int report(Throwable e, PrintWriter err) {
    err.println("crease: " + Failure.describe(e));
    if (e instanceof BadInput) {
      return ExitCode.BAD_INPUT;
    }
    if (e instanceof BackendUnavailable || e instanceof Unsupported) {
      return ExitCode.UNAVAILABLE;
    }
    if (!(e instanceof CreaseException) && Boolean.getBoolean("crease.debug")) {
      e.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }
}
