package dev.crease.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * True answers that take the exact engine longer than a campaign would wait for them, from {@code
 * known-radii.txt}: an id, a blank and a radius a line, comments after {@code #}. They come from an
 * enumeration of linear regions, {@code examples/train/radii.py}, that shares no code with anything
 * here.
 */
final class KnownRadii {

  private static final String FILE = "known-radii.txt";

  private KnownRadii() {}

  /** By the id of the instance. */
  static Map<String, Truth> read() {
    InputStream file = KnownRadii.class.getResourceAsStream(FILE);
    if (file == null) {
      throw new IllegalStateException(FILE + " is missing from the campaign jar");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(0, line.lastIndexOf(' ')),
                  line ->
                      new Truth(
                          Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                          Truth.ENUMERATION)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
