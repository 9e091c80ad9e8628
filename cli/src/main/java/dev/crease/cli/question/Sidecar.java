package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands beside a network's file, in a JSON file of its name: {@code inputs}, a list with an
 * object for each input whose {@code range} is the interval of the data that it was trained on.
 *
 * @param file where
 * @param ranges by input of the network in the file
 */
record Sidecar(Path file, List<Interval> ranges) {

  private static final long MOST_BYTES = 1 << 22;

  /**
   * What stands beside a file; empty if nothing does, or nothing about ranges.
   *
   * @throws BadInput if it names ranges that are none
   */
  static Optional<Sidecar> beside(Path network) {
    String name = network.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path file = network.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
    if (file.equals(network) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode inputs;
    try {
      if (Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      inputs = new ObjectMapper().readTree(file.toFile()).path("inputs");
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
    }
    List<Interval> ranges = new ArrayList<>();
    for (JsonNode input : inputs) {
      if (!input.has("range")) {
        return Optional.empty();
      }
      ranges.add(range(file, ranges.size(), input.get("range")));
    }
    return ranges.isEmpty() ? Optional.empty() : Optional.of(new Sidecar(file, ranges));
  }

  private static Interval range(Path file, int index, JsonNode range) {
    JsonNode lower = range.path(0);
    JsonNode upper = range.path(1);
    if (range.size() != 2
        || !lower.isNumber()
        || !upper.isNumber()
        || !(lower.asDouble() < upper.asDouble())) {
      throw new BadInput(
          file + ": inputs[" + index + "].range is no interval; write it like [-1.5, 2]");
    }
    return new Interval(lower.asDouble(), upper.asDouble());
  }
}
