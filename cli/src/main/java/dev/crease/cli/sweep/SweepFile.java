package dev.crease.cli.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.campaign.LineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The file of a sweep: a header that says what was asked, then a line for each centre that was
 * answered, in the order of completion. Each line is written at once, so that a killed process
 * leaves at most a torn last line, which opening the file again takes away.
 */
final class SweepFile implements AutoCloseable {

  /** The version of the schema. */
  static final String SCHEMA = "crease-sweep/1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final byte[] START =
      ("{\"schema\":\"" + SCHEMA + "\"").getBytes(StandardCharsets.UTF_8);

  private final Path path;
  private final ObjectNode header;
  private final int count;
  private final LineFile file;
  private final BitSet seen = new BitSet();
  private final List<SweepLine> lines = new ArrayList<>();

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
    this.path = path;
    this.header = header;
    this.count = count;
    this.file = LineFile.open(path, "sweep", restart, this::take);
    if (file.isEmpty()) {
      write(header);
    }
  }

  private boolean take(int number, byte[] bytes, boolean isComplete, boolean isLast)
      throws JsonProcessingException {
    if (!isComplete) {
      if (number == 1 && !startsHeader(bytes)) {
        throw foreign();
      }
      return false;
    }
    Optional<JsonNode> json = parse(bytes);
    if (number == 1) {
      check(json.orElseThrow(this::foreign));
      return true;
    }
    if (json.isEmpty() && isLast) {
      return false;
    }
    SweepLine line = json.flatMap(j -> SweepLine.of(j, count)).orElse(null);
    if (line == null || seen.get(line.index())) {
      throw new BadInput(
          path
              + ", line "
              + number
              + (line == null ? " is damaged" : " repeats centre " + line.index())
              + "; take it out, or --restart");
    }
    seen.set(line.index());
    lines.add(line);
    return true;
  }

  private static boolean startsHeader(byte[] torn) {
    for (int i = 0; i < Math.min(torn.length, START.length); i++) {
      if (torn[i] != START[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<JsonNode> parse(byte[] line) {
    try {
      return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void check(JsonNode found) throws JsonProcessingException {
    if (!found.path("schema").asText().equals(SCHEMA) || !found.path("question").isObject()) {
      throw foreign();
    }
    // Read back, so that numbers are of the same kinds.
    JsonNode wanted = JSON.readTree(header.toString()).get("question");
    JsonNode asked = found.get("question");
    if (!asked.equals(wanted)) {
      TreeSet<String> names = new TreeSet<>();
      wanted.fieldNames().forEachRemaining(names::add);
      asked.fieldNames().forEachRemaining(names::add);
      names.removeIf(name -> wanted.path(name).equals(asked.path(name)));
      throw new BadInput(
          path
              + " holds another question, with other "
              + String.join(", ", names)
              + "; name another --out, or --restart");
    }
  }

  private BadInput foreign() {
    return new BadInput(
        "--out " + path + " is there and not from crease sweep; name another, or --restart");
  }

  /** What was there before. */
  List<SweepLine> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes a line, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  void write(ObjectNode line) {
    file.write(line.toString());
  }

  @Override
  public void close() {
    file.close();
  }
}
