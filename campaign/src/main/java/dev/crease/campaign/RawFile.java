package dev.crease.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.campaign.journal.Journal;
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
 * done.
 */
final class RawFile implements AutoCloseable {

  /** The version of the format. */
  static final int VERSION = 2;

  /** What may differ between the runs of one campaign. */
  private static final String DATE = "date";

  /** Of these only what the asked backends have must be the same. */
  private static final String BACKENDS = "backends";

  private static final String BACKEND_JARS = "backendJars";
  private static final String JARS = "jars";
  private static final String SETTINGS = "settings";

  private final Journal<ObjectNode> journal;
  private final List<ObjectNode> lines;

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
    this.journal =
        new Journal<>(path, header.toString(), false, new Format(path, Set.copyOf(asked)));
    this.lines = new ArrayList<>(journal.lines());
  }

  private record Format(Path path, Set<String> asked) implements Journal.Format<ObjectNode> {

    @Override
    public String work() {
      return "campaign";
    }

    @Override
    public boolean startsHeader(byte[] torn) {
      return new String(torn, StandardCharsets.UTF_8).startsWith("{\"kind\"");
    }

    @Override
    public Optional<ObjectNode> read(ObjectNode line) {
      return Optional.of(line).filter(l -> !l.path("cell").asText().isEmpty());
    }

    @Override
    public Object piece(ObjectNode line) {
      return line.path("cell").asText();
    }

    @Override
    public BadInput foreign() {
      return new BadInput(
          "--out " + path + " is there and not from crease bench; name another file");
    }

    @Override
    public BadInput damaged(int number) {
      return new BadInput(path + ", line " + number + " is damaged or repeats a cell; take it out");
    }

    @Override
    public BadInput repeated(int number, ObjectNode line) {
      return damaged(number);
    }

    @Override
    public void check(ObjectNode wanted, ObjectNode found) {
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
                    (asked.contains(entry.getKey()) ? used : unused)
                        .add(entry.getValue().asText()));
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
    journal.write(line.toString());
    lines.add(line);
  }

  @Override
  public void close() {
    journal.close();
  }
}
