package dev.crease.campaign.journal;

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

/**
 * A file that long work writes line by line and goes on with later. It is locked while open; each
 * line is written at once, so that a killed process leaves at most a torn last line, which opening
 * the file again takes away. What the lines say is the reader's affair.
 */
final class LineFile implements AutoCloseable {

  /** Reads what is there. */
  @FunctionalInterface
  interface Reader {
    /**
     * Takes a line.
     *
     * @param number from 1
     * @param line without its end
     * @param isComplete whether it has its end; without it is the last
     * @param isLast whether nothing follows it
     * @return whether to keep it; what follows a line that is not kept is cut off
     */
    boolean take(int number, byte[] line, boolean isComplete, boolean isLast) throws IOException;
  }

  private final Path path;
  private final FileChannel channel;

  private LineFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens a file, or makes one.
   *
   * @param path named by {@code --out}
   * @param work what writes such files, for messages
   * @param restart whether to forget what is there
   * @param reader takes the lines that are there
   * @throws BadInput if it cannot be written, is being written, or the reader refuses it; it is
   *     then as it was
   */
  static LineFile open(Path path, String work, boolean restart, Reader reader) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new BadInput("--out " + path + " is not a file that a " + work + " could go on with");
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
    LineFile file = new LineFile(path, channel);
    boolean opened = false;
    try {
      file.lock(work);
      if (restart) {
        channel.truncate(0);
      }
      channel.truncate(file.read(reader));
      channel.position(channel.size());
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

  private void lock(String work) {
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
    throw new BadInput("--out " + path + " is being written by another " + work);
  }

  /** Hands out all lines; returns where those that are kept end. */
  private long read(Reader reader) throws IOException {
    channel.position(0);
    // Not closed: that would close the channel.
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    long size = channel.size();
    long end = 0;
    for (int number = 1; end < size; number++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean isComplete = line(in, bytes);
      long next = end + bytes.size() + 1;
      if (!reader.take(number, bytes.toByteArray(), isComplete, next >= size) || !isComplete) {
        return end;
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

  /** Whether there is no line yet. */
  boolean isEmpty() {
    try {
      return channel.size() == 0;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Writes a line, at once.
   *
   * @throws BadInput if it cannot be written; no part of it is then there
   */
  void write(String line) {
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

  private BadInput unwritable(IOException e) {
    return new BadInput("--out " + path + " cannot be written: " + e.getMessage(), e);
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
