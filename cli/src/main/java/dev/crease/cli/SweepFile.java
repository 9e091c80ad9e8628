package dev.crease.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel channel;
  private final List<SweepLine> lines = new ArrayList<>();

  private SweepFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file to go on with it, or makes one. Nobody else may while it is open.
   *
   * @param header its first line; {@code question} in it must be that of the file
   * @param count how many centres there are
   * @param restart whether to forget what is there
   * @throws BadInput if it cannot be written, is being written, or holds something else; it is then
   *     as it was
   */
  static SweepFile open(Path path, ObjectNode header, int count, boolean restart) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new BadInput("--out " + path + " is not a file that a sweep could go on with");
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
    SweepFile file = new SweepFile(path, channel);
    boolean opened = false;
    try {
      file.lock();
      if (restart) {
        channel.truncate(0);
      }
      channel.truncate(file.read(header, count));
      channel.position(channel.size());
      if (channel.size() == 0) {
        file.write(header);
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
    throw new BadInput("--out " + path + " is being written by another sweep");
  }

  /** Reads all complete lines; returns where they end. */
  private long read(ObjectNode header, int count) throws IOException {
    channel.position(0);
    // Not closed: that would close the channel.
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    BitSet seen = new BitSet();
    long size = channel.size();
    long end = 0;
    for (int number = 1; end < size; number++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean complete = line(in, bytes);
      if (!complete && number == 1 && !startsHeader(bytes.toByteArray())) {
        throw foreign();
      }
      if (!complete) {
        return end;
      }
      long next = end + bytes.size() + 1;
      Optional<JsonNode> json = parse(bytes.toByteArray());
      if (number == 1) {
        check(json.orElseThrow(this::foreign), header);
      } else if (json.isEmpty() && next == size) {
        return end;
      } else {
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
      }
      end = next;
    }
    return end;
  }

  private static boolean line(InputStream in, ByteArrayOutputStream bytes) throws IOException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return true;
      }
      bytes.write(b);
    }
    return false;
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

  private void check(JsonNode found, ObjectNode header) throws JsonProcessingException {
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

  private BadInput unwritable(IOException e) {
    return new BadInput("--out " + path + " cannot be written: " + e.getMessage(), e);
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
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      long before = channel.position();
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(e);
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
