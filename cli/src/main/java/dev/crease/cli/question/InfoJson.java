package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceNode;
import dev.crease.formats.source.SourceOperator;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.List;

/**
 * What a network file holds, as JSON. Each layer has the {@code nodes} of the file's graph that it
 * was made from, in the graph's order: {@code operator}, {@code name} if it has one, and how many
 * {@code relus} of the layer are made for it. The names are a contract; {@code schema} changes when
 * one of them does.
 */
final class InfoJson {

  /** The version of the schema. */
  static final String SCHEMA = "crease-info/1";

  private InfoJson() {}

  /** Indented JSON text. */
  static String write(InfoCommand.Info info) {
    ReadNetwork read = info.read();
    ReluNetwork f = read.network();
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("file", info.file().toString());
    ObjectNode network = root.putObject("network");
    network.put("name", f.name());
    network.put("shape", f.shape());
    network.put("sha256", info.hash());
    root.put("inputs", f.inputs());
    root.put("outputs", f.outputs());
    root.put("relus", f.reluCount());
    root.put("weights", info.weights());
    root.put("nonZeros", info.nonZeros());
    operators(root.putArray("operators"), read.operators());
    ArrayNode layers = root.putArray("layers");
    for (int k = 0; k < f.layers().size(); k++) {
      List<SourceNode> nodes = read.sources().isEmpty() ? List.of() : read.sources().get(k);
      layer(layers.addObject(), f.layers().get(k), nodes);
    }
    info.trained()
        .ifPresent(
            s -> {
              ArrayNode ranges = root.putArray("trainedOn");
              s.ranges().forEach(side -> ranges.addArray().add(side.lower()).add(side.upper()));
            });
    info.value()
        .ifPresent(
            value -> {
              ObjectNode node = root.putObject("value");
              node.set("x", mapper.valueToTree(value.at()));
              node.set("y", mapper.valueToTree(value.y()));
              node.put("activeRelus", value.active());
            });
    info.slow().forEach(root.putArray("slow")::add);
    read.notes().forEach(root.putArray("notes")::add);
    try {
      return mapper.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }

  private static void operators(ArrayNode to, List<SourceOperator> operators) {
    for (SourceOperator operator : operators) {
      to.addObject()
          .put("operator", operator.name())
          .put("nodes", operator.nodes())
          .put("relus", operator.relus());
    }
  }

  private static void layer(ObjectNode to, Layer layer, List<SourceNode> sources) {
    to.put("inputs", layer.inputs());
    to.put("outputs", layer.outputs());
    to.put("relus", layer.reluCount());
    to.put("nonZeros", layer.weights().nonZeros());
    ArrayNode nodes = to.putArray("nodes");
    for (SourceNode source : sources) {
      ObjectNode node = nodes.addObject().put("operator", source.operator());
      if (!source.name().isEmpty()) {
        node.put("name", source.name());
      }
      node.put("relus", source.relus());
    }
  }
}
