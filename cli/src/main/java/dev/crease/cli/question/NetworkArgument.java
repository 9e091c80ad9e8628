package dev.crease.cli.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.formats.NetworkFiles;
import dev.crease.formats.source.ReadNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A network file that a user named. */
final class NetworkArgument {

  private static final long LARGEST_DESCRIPTION = 1 << 20;

  private NetworkArgument() {}

  /**
   * Reads it.
   *
   * @throws BadInput if it cannot be read, or holds what cannot be certified: to a user of the
   *     command both mean that another file is needed
   */
  static ReadNetwork read(Path file, FileOptions options) {
    try {
      return NetworkFiles.readWithNotes(file, options.options());
    } catch (Unsupported e) {
      throw new BadInput(e.getMessage(), e);
    } catch (BadInput e) {
      throw described(file)
          .map(other -> new BadInput(file + ": this describes " + other + "; give that", e))
          .orElse(e);
    }
  }

  /** The network beside a JSON file that describes it, as those in {@code examples} do. */
  private static Optional<Path> described(Path file) {
    try {
      // Not what is huge, and not a pipe, which would wait.
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_DESCRIPTION) {
        return Optional.empty();
      }
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      return Optional.ofNullable(root.get("file"))
          .filter(name -> !root.has("layers") && name.isTextual())
          .map(name -> file.resolveSibling(name.textValue()))
          .filter(other -> !other.equals(file) && Files.isRegularFile(other));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
