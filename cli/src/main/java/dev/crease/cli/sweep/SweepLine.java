package dev.crease.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.cli.output.ResultJson;
import dev.crease.cli.question.Asked;
import dev.crease.cli.question.Report;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a sweep found at one centre.
 *
 * @param index of the centre, counted from 0
 * @param certified 0 certifies nothing
 * @param claimed what a solver says beyond that, if it does
 * @param refuted the upper end of the bracket, if there is one
 * @param engine what answered
 * @param stop why it stopped
 * @param seconds what it took
 * @param error why there is no answer
 */
record SweepLine(
    int index,
    double certified,
    OptionalDouble claimed,
    OptionalDouble refuted,
    String engine,
    StopReason stop,
    double seconds,
    Optional<String> error) {

  /** Names in the JSON of an answer that are the same in all lines: the header has them. */
  private static final List<String> COMMON =
      List.of("schema", "problem", "norm", "maxRadius", "network", "other", "shared", "domain");

  boolean isFailed() {
    return error.isPresent() || stop == StopReason.FAILED;
  }

  boolean isClosed() {
    return !isFailed() && stop == StopReason.COMPLETE;
  }

  /** An answer as JSON. */
  static ObjectNode json(int index, Asked asked, RadiusResult result) {
    ObjectNode rest = ResultJson.tree(result);
    rest.remove(COMMON);
    ObjectNode root = rest.objectNode();
    root.put("index", index);
    root.setAll(rest);
    ArrayNode notes = root.putArray("notes");
    Report.notes(asked, result).forEach(notes::add);
    return root;
  }

  /** As JSON, that there is no answer. */
  static ObjectNode json(int index, double[] center, String engine, String error, double seconds) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("index", index);
    ArrayNode array = root.putArray("center");
    Arrays.stream(center).forEach(array::add);
    root.put("certified", 0.0);
    root.putNull("claimed");
    root.putNull("refuted");
    root.put("engine", engine);
    root.put("stop", StopReason.FAILED.name());
    root.put("seconds", seconds);
    root.put("error", error);
    return root;
  }

  /** What a line of JSON says; empty if it is no line of a sweep with so many centres. */
  static Optional<SweepLine> of(JsonNode json, int count) {
    JsonNode index = json.path("index");
    JsonNode claimed = json.path("claimed");
    JsonNode refuted = json.path("refuted");
    boolean fits =
        index.isInt()
            && index.asInt() >= 0
            && index.asInt() < count
            && json.path("certified").isNumber()
            && (claimed.path("radius").isNumber() || claimed.isNull())
            && (refuted.isNumber() || refuted.isNull())
            && json.path("engine").isTextual()
            && json.path("seconds").isNumber();
    Optional<StopReason> stop =
        Arrays.stream(StopReason.values())
            .filter(s -> s.name().equals(json.path("stop").asText()))
            .findFirst();
    if (!fits || stop.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SweepLine(
            index.asInt(),
            json.path("certified").asDouble(),
            claimed.isNull()
                ? OptionalDouble.empty()
                : OptionalDouble.of(claimed.path("radius").asDouble()),
            refuted.isNull() ? OptionalDouble.empty() : OptionalDouble.of(refuted.asDouble()),
            json.path("engine").asText(),
            stop.get(),
            json.path("seconds").asDouble(),
            Optional.ofNullable(json.get("error")).map(JsonNode::asText)));
  }
}
