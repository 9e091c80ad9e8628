package dev.crease.cli.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    header = "Prints the effective settings.",
    description =
        "Each with its value and where it came from: reference.conf of a jar, "
            + "crease.conf, the environment (CREASE_TIME_LIMIT sets crease.time-limit), a "
            + "system property, or a flag; the later wins.",
    footerHeading = "%nExamples:%n",
    footer = {"  crease config", "  crease config --solver ortools-scip"})
public final class ConfigCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private SolverOptions flags;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Config config = flags.load();
    Configuration.values(config)
        .forEach(
            (key, value) ->
                out.println(
                    key
                        + " = "
                        + value.render(ConfigRenderOptions.concise())
                        + "   # "
                        + origin(value.origin().description())));
    return ExitCode.OK;
  }

  /** Where a value comes from, without the folders and jars on the way. */
  private static String origin(String description) {
    return description.replaceAll(" @ .*/", " @ ").replaceAll("^(\\S+) @ \\1: ", "$1: ");
  }
}
