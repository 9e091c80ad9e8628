package dev.crease.cli;

import dev.crease.BadInput;
import dev.crease.bench.report.ReportPage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    header = "Makes a page of what `crease bench run` has measured.",
    footerHeading = "%nExamples:%n",
    footer = {"  crease bench report quick.jsonl --out quick.html"})
final class BenchReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The JSON lines of `crease bench run`.")
  private Path file;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The page, HTML.")
  private Path out;

  @Override
  public Integer call() {
    OutputFile page = OutputFile.at("--out", out);
    List<String> lines = read();
    StringWriter text = new StringWriter();
    try {
      ReportPage.write(lines, text);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(file + " is not from crease bench run: " + Crease.oneLine(e), e);
    }
    page.write(text.toString().getBytes(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println(out + " written");
    return ExitCode.OK;
  }

  private List<String> read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read; check that there is such a file", e);
    }
    // What comes after the last newline is torn.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith("{\"kind\":\"header\"")) {
      throw new BadInput(file + " is not from crease bench run; name its --out");
    }
    return lines;
  }
}
