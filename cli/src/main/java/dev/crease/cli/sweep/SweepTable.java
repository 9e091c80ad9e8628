package dev.crease.cli.sweep;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.cli.output.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of a sweep as comma-separated values; made anew from the JSON lines at each start. */
final class SweepTable {

  private final Path path;
  private final OutputFile file;
  private final List<String> inputs;
  private final List<double[]> centers;
  private final Optional<String> domain;

  private SweepTable(
      Path path,
      OutputFile file,
      List<String> inputs,
      List<double[]> centers,
      Optional<String> domain) {
    this.path = path;
    this.file = file;
    this.inputs = inputs;
    this.centers = centers;
    this.domain = domain;
  }

  /**
   * Checks beforehand that the file can be written.
   *
   * @param inputs what the coordinates of centres are called
   * @param domain makes a last column, the same in all rows, written like the flag
   * @throws BadInput if it cannot
   */
  static SweepTable at(
      Path path, List<String> inputs, List<double[]> centers, Optional<List<Interval>> domain) {
    Optional<String> sides =
        domain.map(
            box ->
                box.stream()
                    .map(side -> side.lower() + ":" + side.upper())
                    .collect(Collectors.joining(",")));
    return new SweepTable(path, OutputFile.at("--csv", path), inputs, centers, sides);
  }

  /** Writes the header and what was answered before. */
  void start(List<SweepLine> lines) {
    StringBuilder text = new StringBuilder("index,");
    inputs.forEach(name -> text.append(name).append(','));
    text.append("certified,claimed,refuted,engine,stop,seconds");
    text.append(domain.isPresent() ? ",domain\n" : "\n");
    lines.forEach(line -> text.append(row(line)));
    file.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a line, at once. */
  void add(SweepLine line) {
    try {
      Files.writeString(path, row(line), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new BadInput("--csv " + path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private String row(SweepLine line) {
    StringBuilder row = new StringBuilder().append(line.index()).append(',');
    for (double value : centers.get(line.index())) {
      row.append(value).append(',');
    }
    row.append(line.certified()).append(',');
    line.claimed().ifPresent(row::append);
    row.append(',');
    line.refuted().ifPresent(row::append);
    return row.append(',')
        .append(field(line.engine()))
        .append(',')
        .append(line.stop())
        .append(',')
        .append(line.seconds())
        .append(domain.map(box -> "," + field(box)).orElse(""))
        .append('\n')
        .toString();
  }

  /** In quotes where it has commas, as the name of a race has. */
  private static String field(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
