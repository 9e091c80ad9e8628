package dev.crease.cli;

import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.formats.NetworkFiles;
import dev.crease.formats.ReadNetwork;
import java.nio.file.Path;

/** A network file that a user named. */
final class NetworkArgument {

  private NetworkArgument() {}

  /**
   * Reads it.
   *
   * @throws BadInput if it cannot be read, or holds what cannot be certified: to a user of the
   *     command both mean that another file is needed
   */
  static ReadNetwork read(Path file) {
    try {
      return NetworkFiles.readWithNotes(file);
    } catch (Unsupported e) {
      throw new BadInput(e.getMessage(), e);
    }
  }
}
