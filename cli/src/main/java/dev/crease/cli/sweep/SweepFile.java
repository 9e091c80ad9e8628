package dev.crease.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.campaign.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The file of a sweep: a header that says what was asked, then a line for each centre that was
 * answered, in the order of completion.
 */
final class SweepFile implements AutoCloseable {

  /** The version of the schema. */
  static final String SCHEMA = "crease-sweep/2";

  private static final String FORMAT = "crease-sweep/";

  private static final byte[] START =
      ("{\"schema\":\"" + SCHEMA + "\"").getBytes(StandardCharsets.UTF_8);

  private final Journal<SweepLine> journal;

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; {@code question} in it must be that of the file
   * @param count how many centres there are
   * @param restart whether to forget what is there
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  SweepFile(Path path, ObjectNode header, int count, boolean restart) {
    this.journal = new Journal<>(path, header.toString(), restart, new Format(path, count));
  }

  private record Format(Path path, int count) implements Journal.Format<SweepLine> {

    @Override
    public String work() {
      return "sweep";
    }

    @Override
    public boolean startsHeader(byte[] torn) {
      int length = Math.min(torn.length, START.length);
      return Arrays.equals(torn, 0, length, START, 0, length);
    }

    @Override
    public void check(ObjectNode wanted, ObjectNode found) {
      JsonNode asked = found.path("question");
      String schema = found.path("schema").asText();
      if (!schema.startsWith(FORMAT) || !asked.isObject()) {
        throw foreign();
      }
      if (!schema.equals(SCHEMA)) {
        throw new BadInput(
            path
                + " is in the format "
                + schema
                + ", and this Crease writes "
                + SCHEMA
                + "; name another --out, or --restart");
      }
      JsonNode ours = wanted.get("question");
      if (!asked.equals(ours)) {
        TreeSet<String> names = new TreeSet<>();
        ours.fieldNames().forEachRemaining(names::add);
        asked.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> ours.path(name).equals(asked.path(name)));
        throw new BadInput(
            path
                + " holds another question, with other "
                + String.join(", ", names)
                + "; name another --out, or --restart");
      }
    }

    @Override
    public Optional<SweepLine> read(ObjectNode line) {
      return SweepLine.of(line, count);
    }

    @Override
    public Object piece(SweepLine line) {
      return line.index();
    }

    @Override
    public BadInput foreign() {
      return new BadInput(
          "--out " + path + " is there and not from crease sweep; name another, or --restart");
    }

    @Override
    public BadInput damaged(int number) {
      return bad(number, "is damaged");
    }

    @Override
    public BadInput repeated(int number, SweepLine line) {
      return bad(number, "repeats centre " + line.index());
    }

    private BadInput bad(int number, String what) {
      return new BadInput(path + ", line " + number + " " + what + "; take it out, or --restart");
    }
  }

  /** What was there before. */
  List<SweepLine> lines() {
    return journal.lines();
  }

  /**
   * Writes a line, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  void write(ObjectNode line) {
    journal.write(line.toString());
  }

  @Override
  public void close() {
    journal.close();
  }
}
