package dev.crease.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.campaign.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The raw data of a campaign: JSON lines, a header and then a line for each cell, written as it is
 * done.
 */
final class RawFile implements AutoCloseable {

  private final Journal<Run> journal;
  private final List<Run> lines;

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; all of it must be that of the file, but for the date and what is
   *     of other backends than those asked
   * @param asked ids of backends
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  RawFile(Path path, Header header, Set<String> asked) {
    this.journal =
        new Journal<>(path, RawLines.write(header), false, new Format(path, Set.copyOf(asked)));
    this.lines = new ArrayList<>(journal.lines());
  }

  private record Format(Path path, Set<String> asked) implements Journal.Format<Run> {

    @Override
    public String work() {
      return "campaign";
    }

    @Override
    public boolean startsHeader(byte[] torn) {
      return new String(torn, StandardCharsets.UTF_8).startsWith("{\"kind\"");
    }

    @Override
    public Optional<Run> read(ObjectNode line) {
      try {
        return Optional.of(RawLines.read(line, Run.class));
      } catch (BadInput e) {
        return Optional.empty();
      }
    }

    @Override
    public Object piece(Run line) {
      return line.cell();
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
    public BadInput repeated(int number, Run line) {
      return damaged(number);
    }

    @Override
    public void check(ObjectNode wanted, ObjectNode found) {
      RawLines.Kind kind = kind(found);
      if (!kind.kind().equals(Header.KIND) || kind.version().isEmpty()) {
        throw foreign();
      }
      if (kind.version().getAsLong() != Header.VERSION) {
        throw new BadInput(
            "--out "
                + path
                + " is in version "
                + kind.version().getAsLong()
                + " of the format, and this Crease writes version "
                + Header.VERSION
                + "; name another file");
      }
      TreeSet<String> names = new TreeSet<>();
      wanted.fieldNames().forEachRemaining(names::add);
      found.fieldNames().forEachRemaining(names::add);
      names.removeAll(Header.VARYING);
      names.removeIf(name -> wanted.path(name).equals(found.path(name)));
      Header ours = RawLines.read(wanted, Header.class);
      Header theirs = header(found);
      for (String id : asked) {
        if (!Objects.equals(ours.backends().get(id), theirs.backends().get(id))) {
          names.add("version of " + id);
        }
      }
      jars(ours, theirs).forEach(jar -> names.add("jar " + jar));
      if (!settings(ours).equals(settings(theirs))) {
        names.add("settings");
      }
      if (!names.isEmpty()) {
        throw new BadInput(
            path
                + " holds another campaign, with other "
                + String.join(", ", names)
                + "; name another --out");
      }
    }

    private RawLines.Kind kind(ObjectNode found) {
      try {
        return RawLines.read(found, RawLines.Kind.class);
      } catch (BadInput e) {
        throw foreign();
      }
    }

    private Header header(ObjectNode found) {
      try {
        return RawLines.read(found, Header.class);
      } catch (BadInput e) {
        throw foreign();
      }
    }

    /** The jars of both that are not the same, but for those that bring only what is not asked. */
    private SortedSet<String> jars(Header ours, Header theirs) {
      Set<String> used = new HashSet<>();
      Set<String> unused = new HashSet<>();
      for (Header one : List.of(ours, theirs)) {
        one.backendJars().forEach((id, jar) -> (asked.contains(id) ? used : unused).add(jar));
      }
      unused.removeAll(used);
      SortedSet<String> changed = new TreeSet<>();
      ours.jars()
          .forEach(
              (jar, hash) -> {
                String before = theirs.jars().getOrDefault(jar, hash);
                if (!before.equals(hash) && !unused.contains(jar)) {
                  changed.add(jar);
                }
              });
      return changed;
    }

    /** The settings, but for those of backends that are not asked. */
    private Map<String, String> settings(Header of) {
      Set<String> others = new HashSet<>(of.backends().keySet());
      others.removeAll(asked);
      Map<String, String> settings = new TreeMap<>(of.settings());
      settings
          .keySet()
          .removeIf(key -> others.stream().anyMatch(id -> key.startsWith("crease." + id + ".")));
      return settings;
    }
  }

  /** The lines of cells, old and new. */
  List<Run> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes the line of a cell, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  void write(Run line) {
    journal.write(RawLines.write(line));
    lines.add(line);
  }

  @Override
  public void close() {
    journal.close();
  }
}
