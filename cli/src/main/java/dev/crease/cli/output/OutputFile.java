package dev.crease.cli.output;

import dev.crease.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that a flag names, which is never left half-written. */
public final class OutputFile {

  private final String flag;
  private final Path path;

  private OutputFile(String flag, Path path) {
    this.flag = flag;
    this.path = path;
  }

  /**
   * Checks beforehand that the file can be written, so that no answer is lost.
   *
   * @throws BadInput if it cannot
   */
  public static OutputFile at(String flag, Path named) {
    if (named.toString().equals("-")) {
      throw new BadInput(
          flag + " - cannot go to standard output; name a file (./- for one of that name)");
    }
    Path path = target(flag, named);
    Path folder = folder(path);
    if (Files.isDirectory(path) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BadInput(
          flag + " " + path + " cannot be written; name a file in a folder that can");
    }
    return new OutputFile(flag, path);
  }

  /** Where a link leads: it stays, and what it leads to is written. */
  private static Path target(String flag, Path path) {
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new BadInput(flag + " " + path + " is a link that leads nowhere; name a file", e);
    }
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /** What writes a file that is not there yet. */
  @FunctionalInterface
  public interface Writing {

    /** Writes; says whether what was written is to be kept. */
    boolean to(Path partial) throws IOException;
  }

  public void write(byte[] content) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe or a device is written to, not replaced.
        Files.write(path, content);
        return;
      }
    } catch (IOException e) {
      throw new BadInput(flag + " " + path + " cannot be written: " + e.getMessage(), e);
    }
    write(
        partial -> {
          Files.write(partial, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          return true;
        });
  }

  /** Puts what is written in the file's place when it is complete, if it is to be kept. */
  public void write(Writing writing) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new BadInput(flag + " " + path + " is a pipe or a device; name a file");
      }
      // Not createTempFile, whose files nobody else may read: the umask decides.
      Path partial = folder(path).resolve(".crease" + UUID.randomUUID() + ".part");
      try {
        if (writing.to(partial)) {
          Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new BadInput(flag + " " + path + " cannot be written: " + e.getMessage(), e);
    }
  }
}
