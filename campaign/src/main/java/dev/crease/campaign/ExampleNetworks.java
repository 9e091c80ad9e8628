package dev.crease.campaign;

import dev.crease.formats.NetworkFiles;
import dev.crease.network.ReluNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trained networks of {@code examples/}, which the jar holds. */
final class ExampleNetworks {

  private ExampleNetworks() {}

  static ReluNetwork read(String name) {
    String file = name + ".onnx";
    try (InputStream in = ExampleNetworks.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "the network " + file + " is missing from the campaign jar");
      }
      Path folder = Files.createTempDirectory("crease-campaign");
      Path copy = folder.resolve(file);
      try {
        Files.copy(in, copy);
        return NetworkFiles.read(copy);
      } finally {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
