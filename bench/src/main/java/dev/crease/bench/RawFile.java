package dev.crease.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The raw data of a campaign: JSON lines, a header and then a line for each cell, written as it is
 * done. A killed process leaves at most a torn last line, which opening the file again takes away.
 */
final class RawFile implements AutoCloseable {

  /** The version of the format. */
  static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What may differ between the runs of one campaign. */
  private static final String DATE = "date";

  private final Path path;
  private final ObjectNode header;
  private final LineFile file;
  private final Set<String> seen = new HashSet<>();
  private final List<ObjectNode> lines = new ArrayList<>();

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; all of it but the date must be that of the file
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  RawFile(Path path, ObjectNode header) {
    this.path = path;
    this.header = header;
    this.file = LineFile.open(path, "campaign", false, this::take);
    if (file.isEmpty()) {
      file.write(header.toString());
    }
  }

  private boolean take(int number, byte[] bytes, boolean isComplete, boolean isLast) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!isComplete) {
      if (number == 1 && !text.startsWith("{\"kind\"")) {
        throw foreign();
      }
      return false;
    }
    Optional<ObjectNode> line = parse(text);
    if (number == 1) {
      check(line.orElseThrow(this::foreign));
      return true;
    }
    if (line.isEmpty() && isLast) {
      return false;
    }
    String cell = line.map(l -> l.path("cell").asText()).orElse("");
    if (cell.isEmpty() || !seen.add(cell)) {
      throw new BadInput(path + ", line " + number + " is damaged or repeats a cell; take it out");
    }
    lines.add(line.get());
    return true;
  }

  private static Optional<ObjectNode> parse(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void check(ObjectNode found) {
    if (!found.path("kind").asText().equals("header") || found.path("version").asInt() != VERSION) {
      throw foreign();
    }
    // Read back, so that numbers are of the same kinds.
    ObjectNode wanted = parse(header.toString()).orElseThrow();
    TreeSet<String> names = new TreeSet<>();
    wanted.fieldNames().forEachRemaining(names::add);
    found.fieldNames().forEachRemaining(names::add);
    names.remove(DATE);
    names.removeIf(name -> wanted.path(name).equals(found.path(name)));
    if (!names.isEmpty()) {
      throw new BadInput(
          path
              + " holds another campaign, with other "
              + String.join(", ", names)
              + "; name another --out");
    }
  }

  private BadInput foreign() {
    return new BadInput("--out " + path + " is there and not from crease bench; name another file");
  }

  /** The lines of cells, old and new. */
  List<ObjectNode> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes the line of a cell, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  void write(ObjectNode line) {
    file.write(line.toString());
    lines.add(line);
  }

  @Override
  public void close() {
    file.close();
  }
}
