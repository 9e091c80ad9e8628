package dev.crease.campaign;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The raw data of a campaign: JSON lines, a header and then a line for each cell, written as it is
 * done. A killed process leaves at most a torn last line, which opening the file again takes away.
 */
final class RawFile implements AutoCloseable {

  /** The version of the format. */
  static final int VERSION = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What may differ between the runs of one campaign. */
  private static final String DATE = "date";

  /** Of these only what the asked backends have must be the same. */
  private static final String BACKENDS = "backends";

  private static final String BACKEND_JARS = "backendJars";
  private static final String JARS = "jars";
  private static final String SETTINGS = "settings";

  private final Path path;
  private final ObjectNode header;
  private final Set<String> asked;
  private final LineFile file;
  private final Set<String> seen = new HashSet<>();
  private final List<ObjectNode> lines = new ArrayList<>();

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; all of it must be that of the file, but for the date and what is
   *     of other backends than those asked
   * @param asked ids of backends
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  RawFile(Path path, ObjectNode header, Set<String> asked) {
    this.path = path;
    this.header = header;
    this.asked = Set.copyOf(asked);
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
    if (!found.path("kind").asText().equals("header") || !found.path("version").isInt()) {
      throw foreign();
    }
    if (found.path("version").asInt() != VERSION) {
      throw new BadInput(
          "--out "
              + path
              + " is in version "
              + found.path("version").asInt()
              + " of the format, and this Crease writes version "
              + VERSION
              + "; name another file");
    }
    // Read back, so that numbers are of the same kinds.
    ObjectNode wanted = parse(header.toString()).orElseThrow();
    TreeSet<String> names = new TreeSet<>();
    wanted.fieldNames().forEachRemaining(names::add);
    found.fieldNames().forEachRemaining(names::add);
    names.removeAll(List.of(DATE, BACKENDS, BACKEND_JARS, JARS, SETTINGS));
    names.removeIf(name -> wanted.path(name).equals(found.path(name)));
    for (String id : asked) {
      if (!wanted.path(BACKENDS).path(id).equals(found.path(BACKENDS).path(id))) {
        names.add("version of " + id);
      }
    }
    jars(wanted, found).forEach(jar -> names.add("jar " + jar));
    if (!settings(wanted).equals(settings(found))) {
      names.add(SETTINGS);
    }
    if (!names.isEmpty()) {
      throw new BadInput(
          path
              + " holds another campaign, with other "
              + String.join(", ", names)
              + "; name another --out");
    }
  }

  /** The jars of both that are not the same, but for those that bring only what is not asked. */
  private SortedSet<String> jars(ObjectNode wanted, ObjectNode found) {
    Set<String> used = new HashSet<>();
    Set<String> unused = new HashSet<>();
    for (ObjectNode one : List.of(wanted, found)) {
      one.path(BACKEND_JARS)
          .fields()
          .forEachRemaining(
              entry ->
                  (asked.contains(entry.getKey()) ? used : unused).add(entry.getValue().asText()));
    }
    unused.removeAll(used);
    SortedSet<String> changed = new TreeSet<>();
    wanted
        .path(JARS)
        .fields()
        .forEachRemaining(
            jar -> {
              JsonNode before = found.path(JARS).path(jar.getKey());
              if (!before.isMissingNode()
                  && !before.equals(jar.getValue())
                  && !unused.contains(jar.getKey())) {
                changed.add(jar.getKey());
              }
            });
    return changed;
  }

  /** The settings, but for those of backends that are not asked. */
  private SortedMap<String, String> settings(ObjectNode of) {
    Set<String> others = new HashSet<>();
    of.path(BACKENDS).fieldNames().forEachRemaining(others::add);
    others.removeAll(asked);
    SortedMap<String, String> settings = new TreeMap<>();
    of.path(SETTINGS)
        .fields()
        .forEachRemaining(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    settings
        .keySet()
        .removeIf(key -> others.stream().anyMatch(id -> key.startsWith("crease." + id + ".")));
    return settings;
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
