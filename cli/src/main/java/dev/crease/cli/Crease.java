package dev.crease.cli;

import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import dev.crease.bench.Family;
import dev.crease.bench.Profile;
import dev.crease.certify.CertifierRegistry;
import dev.crease.certify.Problem;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The top command. */
@Command(
    name = "crease",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Certifies how far from an operating point a ReLU network stays one-to-one,",
      "on the solver of your choice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease demo",
      "  crease solvers",
      "  crease radius pseudo --network f.onnx --center 0.5,1.5 --solver ortools-scip",
      "",
      "Exit codes: 0 holds, or complete; 1 refuted, or refused; 2 undecided; 64 usage;",
      "65 bad input; 69 backend unavailable or unsuited; 70 failure."
    },
    subcommands = {
      RadiusCommand.class,
      CheckCommand.class,
      SpreadCommand.class,
      SweepCommand.class,
      VerifyCommand.class,
      PreimagesCommand.class,
      SolversCommand.class,
      InfoCommand.class,
      ConfigCommand.class,
      BenchCommand.class,
      DemoCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
final class Crease implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private final boolean terminal;
  private final Interruption interruption;
  private final Runnable beforeNativeCode;

  private Crease(boolean terminal, Interruption interruption, Runnable beforeNativeCode) {
    this.terminal = terminal;
    this.interruption = interruption;
    this.beforeNativeCode = beforeNativeCode;
  }

  /** The certifiers and backends on the class path. */
  CertifierRegistry backends(Config config) {
    return CertifierRegistry.discover(config, beforeNativeCode);
  }

  /** Whether a person is looking. */
  boolean isTerminal() {
    return terminal;
  }

  /** What stops a running command. */
  Interruption interruption() {
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
    CommandLine line = new CommandLine(new Crease(terminal, interruption, beforeNativeCode));
    line.setOut(out);
    line.setErr(err);
    line.registerConverter(Problem.class, Crease::problem);
    line.registerConverter(Profile.class, Crease::profile);
    line.registerConverter(Family.class, Crease::family);
    line.setAbbreviatedOptionsAllowed(false);
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, err));
    line.setParameterExceptionHandler(
        (e, given) -> {
          err.println("crease: " + plain(oneLine(e)));
          // Of this class itself, and about one argument: its value was not understood.
          if (e.getClass() == ParameterException.class && e.getArgSpec() != null) {
            return ExitCode.BAD_INPUT;
          }
          CommandLine command = e.getCommandLine();
          err.println("        try: " + command.getCommandSpec().qualifiedName() + " --help");
          return ExitCode.USAGE;
        });
    line.getSubcommands().get("generate-completion").getCommandSpec().usageMessage().hidden(true);
    try {
      return line.execute(args);
    } catch (Throwable e) {
      // Errors: of memory, of the stack, of a jar that does not fit.
      return report(e, err);
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
        .replaceFirst(" is not a double$", " is not a number")
        .replaceFirst(" is not an int$", " is not a whole number")
        .replace("option option", "option");
  }

  private static int report(Throwable e, PrintWriter err) {
    err.println("crease: " + (e instanceof CreaseException ? "" : "internal error: ") + oneLine(e));
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

  /** What went wrong, in one line. */
  static String oneLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
