package dev.crease.cli.sweep;

import dev.crease.BadInput;
import dev.crease.cli.output.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The lines of a sweep as comma-separated values; made anew from the JSON lines at each start. */
final class SweepTable {

  private final Path path;
  private final OutputFile file;
  private final List<String> inputs;
  private final List<double[]> centers;

  private SweepTable(Path path, OutputFile file, List<String> inputs, List<double[]> centers) {
    this.path = path;
    this.file = file;
    this.inputs = inputs;
    this.centers = centers;
  }

  /**
   * Checks beforehand that the file can be written.
   *
   * @param inputs what the coordinates of centres are called
   * @throws BadInput if it cannot
   */
  static SweepTable at(Path path, List<String> inputs, List<double[]> centers) {
    return new SweepTable(path, OutputFile.at("--csv", path), inputs, centers);
  }

  /** Writes the header and what was answered before. */
  void start(List<SweepLine> lines) {
    StringBuilder text = new StringBuilder("index,");
    inputs.forEach(name -> text.append(name).append(','));
    text.append("certified,claimed,refuted,engine,stop,seconds\n");
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
