package dev.crease.cli.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Where a result goes as JSON: a file, or standard output. */
public final class JsonFile {

  /** Empty for standard output. */
  private final Optional<OutputFile> file;

  private JsonFile(Optional<OutputFile> file) {
    this.file = file;
  }

  /**
   * Checks beforehand that the file can be written, so that no answer is lost.
   *
   * @throws dev.crease.BadInput if it cannot
   */
  public static JsonFile at(Path path) {
    return new JsonFile(
        path.toString().equals("-")
            ? Optional.empty()
            : Optional.of(OutputFile.at("--json", path)));
  }

  public boolean isStandardOutput() {
    return file.isEmpty();
  }

  public void write(String json, PrintWriter out) {
    if (file.isPresent()) {
      file.get().write(json.getBytes(StandardCharsets.UTF_8));
    } else {
      out.print(json);
      out.flush();
    }
  }
}
