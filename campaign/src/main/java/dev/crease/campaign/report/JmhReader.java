package dev.crease.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.BadInput;
import dev.crease.campaign.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what JMH writes with {@code -rf json}: an array of results. */
final class JmhReader {

  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * Reads results.
   *
   * @throws BadInput if they are none
   */
  List<JmhResult> read(String text) {
    JsonNode array;
    try {
      array = mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadInput("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!array.isArray()) {
      throw new BadInput("not results of JMH, which are an array");
    }
    List<JmhResult> results = new ArrayList<>();
    for (JsonNode node : array) {
      results.add(result(node, results.size() + 1));
    }
    return results;
  }

  private static JmhResult result(JsonNode node, int number) {
    JsonNode metric = node.path("primaryMetric");
    if (!node.path("benchmark").isTextual() || !metric.path("score").isNumber()) {
      throw new BadInput(
          "result " + number + " is not one of JMH: it has no \"benchmark\" or no \"score\"");
    }
    String[] path = node.path("benchmark").asText().split("\\.", -1);
    String name = path.length < 2 ? path[0] : path[path.length - 2] + "." + path[path.length - 1];
    SortedMap<String, String> parameters = new TreeMap<>();
    node.path("params")
        .fields()
        .forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    double[] raw = raw(metric);
    return new JmhResult(
        name,
        parameters,
        (raw[(raw.length - 1) / 2] + raw[raw.length / 2]) / 2,
        raw[0],
        raw[raw.length - 1],
        metric.path("scoreUnit").asText(),
        raw.length,
        outcomes(node.path("secondaryMetrics")));
  }

  /** Every value of every fork, sorted; where they are not there, the score alone. */
  private static double[] raw(JsonNode metric) {
    List<Double> values = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      fork.forEach(value -> values.add(value.asDouble()));
    }
    if (values.isEmpty()) {
      values.add(metric.path("score").asDouble());
    }
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The counters that are named after outcomes. */
  private static SortedMap<Outcome, Long> outcomes(JsonNode metrics) {
    SortedMap<Outcome, Long> outcomes = new TreeMap<>();
    for (Outcome outcome : Outcome.values()) {
      long count = Math.round(metrics.path(outcome.counter()).path("score").asDouble());
      if (count > 0) {
        outcomes.put(outcome, count);
      }
    }
    return outcomes;
  }
}
