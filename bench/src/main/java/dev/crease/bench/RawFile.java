package dev.crease.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel channel;
  private final List<ObjectNode> lines = new ArrayList<>();

  private RawFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; all of it but the date must be that of the file
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  static RawFile open(Path path, ObjectNode header) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new BadInput("--out " + path + " is not a file that a campaign could go on with");
    }
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new BadInput(
          "--out " + path + " cannot be written; name a file in a folder that can", e);
    }
    RawFile file = new RawFile(path, channel);
    boolean opened = false;
    try {
      file.lock();
      byte[] content = file.content();
      channel.truncate(file.read(content, header));
      channel.position(channel.size());
      if (channel.size() == 0) {
        file.append(header);
      }
      opened = true;
      return file;
    } catch (IOException e) {
      throw file.unwritable(e);
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private void lock() {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // As when another process has it.
    } catch (IOException e) {
      // Some network file systems have no locks.
      return;
    }
    throw new BadInput("--out " + path + " is being written by another campaign");
  }

  private byte[] content() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    return bytes.array();
  }

  /** Reads all complete lines; returns where they end. */
  private int read(byte[] content, ObjectNode header) {
    Set<String> seen = new HashSet<>();
    int end = 0;
    for (int number = 1; end < content.length; number++) {
      int next = end;
      while (next < content.length && content[next] != '\n') {
        next++;
      }
      if (next == content.length) {
        if (number == 1 && !new String(content, StandardCharsets.UTF_8).startsWith("{\"kind\"")) {
          throw foreign();
        }
        return end;
      }
      Optional<ObjectNode> line =
          parse(new String(content, end, next - end, StandardCharsets.UTF_8));
      if (number == 1) {
        check(line.orElseThrow(this::foreign), header);
      } else {
        if (line.isEmpty() && next == content.length - 1) {
          return end;
        }
        String cell = line.map(l -> l.path("cell").asText()).orElse("");
        if (cell.isEmpty() || !seen.add(cell)) {
          throw new BadInput(
              path + ", line " + number + " is damaged or repeats a cell; take it out");
        }
        lines.add(line.get());
      }
      end = next + 1;
    }
    return end;
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

  private void check(ObjectNode found, ObjectNode header) {
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

  private BadInput unwritable(IOException e) {
    return new BadInput("--out " + path + " cannot be written: " + e.getMessage(), e);
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
    try {
      append(line);
    } catch (IOException e) {
      throw unwritable(e);
    }
    lines.add(line);
  }

  private void append(ObjectNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    long before = channel.position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
