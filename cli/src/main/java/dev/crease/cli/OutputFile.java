package dev.crease.cli;

import dev.crease.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a flag names, which is never left half-written. */
final class OutputFile {

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
  static OutputFile at(String flag, Path path) {
    Path folder = folder(path);
    if (Files.isDirectory(path) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BadInput(
          flag + " " + path + " cannot be written; name a file in a folder that can");
    }
    return new OutputFile(flag, path);
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  void write(byte[] content) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe or a device is written to, not replaced.
        Files.write(path, content);
        return;
      }
      Path partial = Files.createTempFile(folder(path), ".crease", ".part");
      try {
        Files.write(partial, content);
        Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new BadInput(flag + " " + path + " cannot be written: " + e.getMessage(), e);
    }
  }
}
