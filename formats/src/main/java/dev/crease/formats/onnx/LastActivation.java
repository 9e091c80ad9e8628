package dev.crease.formats.onnx;

import java.util.Optional;
import java.util.Set;

/**
 * An activation that is not piecewise linear and makes a network's output, so that the network up
 * to it can be read in its place.
 */
final class LastActivation {

  private static final Set<String> ONE_TO_ONE = Set.of("Sigmoid", "Softplus", "Softsign", "Tanh");
  private static final Set<String> SHIFTED = Set.of("LogSoftmax", "Softmax");

  private LastActivation() {}

  /** Whether a node is one. */
  static boolean is(GraphNode node, GraphOrder order) {
    String name = node.operator();
    return (ONE_TO_ONE.contains(name) || SHIFTED.contains(name)) && order.isLast(node);
  }

  /** The one of a graph. */
  static Optional<GraphNode> of(GraphOrder order) {
    return order.nodes().stream().filter(node -> is(node, order)).findFirst();
  }

  /** What the network without it is to the model. */
  static String effect(String name) {
    return SHIFTED.contains(name)
        ? name
            + " does not see what is added to all its inputs alike, so the network without it tells"
            + " more points apart: a collision of it is one of the model's, but what it is certified"
            + " for, the model need not be"
        : name
            + " is one-to-one, so the network without it sends the same points to one output: an"
            + " answer on local or pseudo-invertibility carries over to the model";
  }
}
