package dev.crease.cli;

import dev.crease.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a result goes as JSON: a file, which is never left half-written, or standard output. */
final class JsonFile {

  private final Path path;

  private JsonFile(Path path) {
    this.path = path;
  }

  /**
   * Checks beforehand that the file can be written, so that no answer is lost.
   *
   * @throws BadInput if it cannot
   */
  static JsonFile at(Path path) {
    if (!isStandardOutput(path)) {
      Path folder = folder(path);
      if (Files.isDirectory(path) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new BadInput(
            "--json " + path + " cannot be written; name a file in a folder that can");
      }
    }
    return new JsonFile(path);
  }

  private static boolean isStandardOutput(Path path) {
    return path.toString().equals("-");
  }

  boolean isStandardOutput() {
    return isStandardOutput(path);
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  void write(String json, PrintWriter out) {
    if (isStandardOutput()) {
      out.print(json);
      out.flush();
      return;
    }
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe or a device is written to, not replaced.
        Files.writeString(path, json);
        return;
      }
      Path partial = Files.createTempFile(folder(path), ".crease", ".json");
      try {
        Files.writeString(partial, json);
        Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new BadInput("--json " + path + " cannot be written: " + e.getMessage(), e);
    }
  }
}
