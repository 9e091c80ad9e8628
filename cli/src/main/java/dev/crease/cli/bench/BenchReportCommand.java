package dev.crease.cli.bench;

import dev.crease.BadInput;
import dev.crease.campaign.report.ReportPage;
import dev.crease.cli.output.Failure;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.ExitCode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crease bench report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = "Makes a page of what `crease bench run` and JMH have measured.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease bench report quick.jsonl --out quick.html",
      "  java -jar benchmarks/target/benchmarks.jar Dynamics -rf json -rff jmh.json",
      "  crease bench report quick.jsonl jmh.json --out both.html"
    })
final class BenchReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "The JSON lines of one `crease bench run`, and what JMH wrote with -rf json: "
              + "any of them, in any order.")
  private List<Path> files = List.of();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The page, HTML.")
  private Path out;

  @Override
  public Integer call() {
    OutputFile page = OutputFile.at("--out", out);
    Optional<List<String>> campaign = Optional.empty();
    List<String> jmh = new ArrayList<>();
    for (Path file : files) {
      String text = read(file);
      if (text.stripLeading().startsWith("[")) {
        check(file, () -> ReportPage.write(Optional.empty(), List.of(text), Writer.nullWriter()));
        jmh.add(text);
        continue;
      }
      List<String> lines = lines(file, text);
      if (campaign.isPresent()) {
        throw new BadInput(file + " is the second campaign; a page is of one");
      }
      campaign = Optional.of(lines);
      check(file, () -> ReportPage.write(lines, Writer.nullWriter()));
    }
    StringWriter text = new StringWriter();
    try {
      ReportPage.write(campaign, jmh, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.write(text.toString().getBytes(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println(out + " written");
    return ExitCode.OK;
  }

  @FunctionalInterface
  private interface Page {
    void write() throws IOException;
  }

  /** So that an error names its file. */
  private static void check(Path file, Page page) {
    try {
      page.write();
    } catch (IOException | IllegalArgumentException | BadInput e) {
      throw new BadInput(file + " cannot be reported: " + Failure.oneLine(e), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read; check that there is such a file", e);
    }
  }

  private static List<String> lines(Path file, String text) {
    // What comes after the last newline is torn.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith("{\"kind\":\"header\"")) {
      throw new BadInput(
          file + " is neither from crease bench run, by --out, nor from JMH, by -rf json");
    }
    return lines;
  }
}
