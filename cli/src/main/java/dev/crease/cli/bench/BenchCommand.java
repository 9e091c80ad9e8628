package dev.crease.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measures the backends on instances whose answers are known.",
    description =
        "Every answer is compared with the true one: a wrong one is reported as WRONG, "
            + "not as a time. java -jar benchmarks/target/benchmarks.jar measures the same "
            + "with JMH, and what runs hot; see benchmarks/README.md.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease bench list",
      "  crease bench run --profile quick --out quick.jsonl",
      "  crease bench report quick.jsonl --out quick.html"
    },
    subcommands = {BenchListCommand.class, BenchRunCommand.class, BenchReportCommand.class})
public final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
