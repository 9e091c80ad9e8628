package dev.crease.campaign.journal;

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

/**
 * What long work has done so far, as JSON lines: a header that says what the work is, then a line
 * for each piece of it, written at once when it is done. A killed process leaves at most a torn
 * last line, which opening the file again takes away.
 *
 * @param <T> what a line says
 */
public final class Journal<T> implements AutoCloseable {

  /**
   * What the files of one kind of work hold, and what to say of a file that holds something else.
   *
   * @param <T> what a line says
   */
  public interface Format<T> {

    /** What the work is called. */
    String work();

    /** Whether a line that was torn off may be the beginning of a header. */
    boolean startsHeader(byte[] torn);

    /**
     * Compares headers, of which the first is that of the work at hand.
     *
     * @throws BadInput if the file is not of that work
     */
    void check(ObjectNode wanted, ObjectNode found);

    /** What a line says; empty if it is damaged. */
    Optional<T> read(ObjectNode line);

    /** The piece of work that a line is of; there is one line of each. */
    Object piece(T line);

    /** That the file does not begin with a header. */
    BadInput foreign();

    /** That a line is damaged, and is not the last. */
    BadInput damaged(int number);

    /** That a line is of the same piece of work as another one before it. */
    BadInput repeated(int number, T line);
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Format<T> format;
  private final ObjectNode header;
  private final LineFile file;
  private final Set<Object> pieces = new HashSet<>();
  private final List<T> lines = new ArrayList<>();

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param path named by {@code --out}
   * @param header its first line
   * @param restart whether to forget what is there
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  public Journal(Path path, String header, boolean restart, Format<T> format) {
    this.format = format;
    // Read back, so that numbers are of the same kinds as in the file.
    this.header = parse(header).orElseThrow();
    this.file = LineFile.open(path, format.work(), restart, this::take);
    if (file.isEmpty()) {
      file.write(header);
    }
  }

  private boolean take(int number, byte[] bytes, boolean isComplete, boolean isLast) {
    if (!isComplete) {
      if (number == 1 && !format.startsHeader(bytes)) {
        throw format.foreign();
      }
      return false;
    }
    Optional<ObjectNode> json = parse(bytes);
    if (number == 1) {
      format.check(header, json.orElseThrow(format::foreign));
      return true;
    }
    if (json.isEmpty() && isLast) {
      return false;
    }
    T line = json.flatMap(format::read).orElseThrow(() -> format.damaged(number));
    if (!pieces.add(format.piece(line))) {
      throw format.repeated(number, line);
    }
    lines.add(line);
    return true;
  }

  private static Optional<ObjectNode> parse(byte[] line) {
    try {
      return JSON.readTree(line) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ObjectNode> parse(String line) {
    return parse(line.getBytes(StandardCharsets.UTF_8));
  }

  /** What was there before. */
  public List<T> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes a line, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  public void write(String line) {
    file.write(line);
  }

  @Override
  public void close() {
    file.close();
  }
}
