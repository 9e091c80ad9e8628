package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Layering;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.SourceNode;
import dev.crease.formats.source.SourceOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which nodes of a graph each layer of the network was made from. A node that only moves values,
 * such as Reshape, stands with the layer that makes them, or, if they are values of neurons as they
 * are, with the first that can read them.
 */
final class LayerNodes {

  private final List<GraphNode> nodes;
  private final List<SortedMap<Integer, Integer>> layers;

  private LayerNodes(List<GraphNode> nodes, List<SortedMap<Integer, Integer>> layers) {
    this.nodes = nodes;
    this.layers = layers;
  }

  /**
   * The nodes by layer.
   *
   * @param nodes those that the output depends on, in the order of evaluation
   * @param cut the one that was left out
   * @param known what the nodes make, by name
   */
  static LayerNodes of(
      List<GraphNode> nodes,
      Optional<GraphNode> cut,
      Map<String, Tensor> known,
      NeuronGraph graph,
      Layering layering) {
    List<SortedMap<Integer, Integer>> layers = layering.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      int layer =
          cut.isPresent() && cut.get() == nodes.get(i)
              ? 0
              : Math.min(passing(nodes.get(i), known, graph), layers.size());
      // Where all that makes a layer was left as it is, such as by a factor of 1.
      if (layer > 0 && (!graph.origins().hasMade(i) || layers.get(layer - 1).isEmpty())) {
        layers.get(layer - 1).put(i, 0);
      }
    }
    return new LayerNodes(nodes, layers);
  }

  /** The layer that a node moves values for, counted from 1; 0 if they are constants. */
  private static int passing(GraphNode node, Map<String, Tensor> known, NeuronGraph graph) {
    int layer = 0;
    for (String name : node.proto().getOutputList()) {
      if (known.get(name) instanceof Tensor.Activation activation) {
        layer =
            Math.max(
                layer, Arrays.stream(activation.forms()).mapToInt(graph::layerOf).max().orElse(0));
      }
    }
    return layer;
  }

  /** For each layer its nodes, in the graph's order. */
  List<List<SourceNode>> byLayer() {
    List<List<SourceNode>> byLayer = new ArrayList<>(layers.size());
    for (SortedMap<Integer, Integer> layer : layers) {
      byLayer.add(
          layer.entrySet().stream()
              .map(
                  made -> {
                    GraphNode node = nodes.get(made.getKey());
                    return new SourceNode(node.operator(), node.proto().getName(), made.getValue());
                  })
              .toList());
    }
    return byLayer;
  }

  /** All operators in the order in which they first stand, with their ReLUs in all layers. */
  List<SourceOperator> operators() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    nodes.forEach(node -> counts.merge(node.operator(), 1, Integer::sum));
    Map<String, Integer> relus = new LinkedHashMap<>();
    for (SortedMap<Integer, Integer> layer : layers) {
      layer.forEach((node, made) -> relus.merge(nodes.get(node).operator(), made, Integer::sum));
    }
    return counts.entrySet().stream()
        .map(e -> new SourceOperator(e.getKey(), e.getValue(), relus.getOrDefault(e.getKey(), 0)))
        .toList();
  }
}
