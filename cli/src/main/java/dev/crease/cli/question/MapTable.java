package dev.crease.cli.question;

import dev.crease.bounds.Interval;
import dev.crease.cli.output.OutputFile;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows as comma-separated values: the output, what belongs to it, whether that was found, how far
 * the nearest output is if that was asked, and the ends of what noise would do. A field is empty
 * where there is nothing.
 */
final class MapTable {

  private final boolean isStandardOutput;
  private final Consumer<String> target;

  private MapTable(boolean isStandardOutput, Consumer<String> target) {
    this.isStandardOutput = isStandardOutput;
    this.target = target;
  }

  /**
   * Checks beforehand that the file can be written.
   *
   * @param path the file, or {@code -} for standard output
   * @throws dev.crease.BadInput if it cannot
   */
  static MapTable at(Path path, PrintWriter out) {
    if (path.toString().equals("-")) {
      return new MapTable(
          true,
          text -> {
            out.print(text);
            out.flush();
          });
    }
    OutputFile file = OutputFile.at("--csv", path);
    return new MapTable(false, text -> file.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean isStandardOutput() {
    return isStandardOutput;
  }

  void write(MapRun.Names names, MapRows asked, List<MapRows.Row> rows) {
    StringBuilder text = new StringBuilder();
    List<String> header = new ArrayList<>(names.outputs());
    header.addAll(names.values());
    header.add("found");
    if (asked.within().isPresent()) {
      header.add("distance");
    }
    if (asked.noise().isPresent()) {
      names.values().forEach(name -> header.addAll(List.of(name + "_low", name + "_high")));
    }
    text.append(String.join(",", header)).append('\n');
    for (MapRows.Row row : rows) {
      List<String> fields = new ArrayList<>();
      add(fields, row.output());
      row.value().ifPresentOrElse(v -> add(fields, v), () -> blank(fields, names.values().size()));
      fields.add(row.found().label());
      if (asked.within().isPresent()) {
        add(fields, row.distance().orElseThrow());
      }
      if (asked.noise().isPresent()) {
        row.range()
            .ifPresentOrElse(
                range -> {
                  for (Interval side : range) {
                    add(fields, side.lower(), side.upper());
                  }
                },
                () -> blank(fields, 2 * names.values().size()));
      }
      text.append(String.join(",", fields)).append('\n');
    }
    target.accept(text.toString());
  }

  private static void add(List<String> fields, double... values) {
    for (double value : values) {
      fields.add(Double.toString(value));
    }
  }

  private static void blank(List<String> fields, int count) {
    for (int i = 0; i < count; i++) {
      fields.add("");
    }
  }
}
