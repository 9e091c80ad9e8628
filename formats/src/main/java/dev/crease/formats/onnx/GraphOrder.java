package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.crease.formats.source.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The nodes of a graph that one of its values depends on, in an order to evaluate them in. */
final class GraphOrder {

  private static final Set<String> PASSING =
      Set.of("Cast", "Dropout", "Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze");

  private final List<GraphNode> nodes;
  private final Set<String> needed = new HashSet<>();

  private GraphOrder(
      List<GraphNode> nodes, String output, Function<NodeProto, List<String>> reads) {
    this.nodes = nodes;
    needed.add(output);
    nodes.forEach(node -> needed.addAll(reads.apply(node.proto())));
    needed.remove("");
  }

  /**
   * The order for an output, in which nodes that decide come as soon as it is known on what.
   *
   * @param all the graph's nodes
   * @throws dev.crease.BadInput if a value is made twice, or depends on itself
   */
  static GraphOrder of(SourceFile file, List<GraphNode> all, String output) {
    return of(file, all, output, NodeProto::getInputList);
  }

  /** The same, in which they come after all that their branches read. */
  static GraphOrder withBranches(SourceFile file, List<GraphNode> all, String output) {
    return of(file, all, output, node -> List.copyOf(Renaming.read(node)));
  }

  private static GraphOrder of(
      SourceFile file,
      List<GraphNode> all,
      String output,
      Function<NodeProto, List<String>> reads) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (String name : all.get(i).proto().getOutputList()) {
        if (!name.isEmpty() && makers.putIfAbsent(name, i) != null) {
          throw file.bad(
              all.get(i).place()
                  + ": its output "
                  + SourceFile.quoted(name)
                  + " exists already; export the model again");
        }
      }
    }
    Set<Integer> begun = new HashSet<>();
    Set<Integer> done = new LinkedHashSet<>();
    Deque<Integer> stack = new ArrayDeque<>();
    Optional.ofNullable(makers.get(output)).ifPresent(stack::push);
    while (!stack.isEmpty()) {
      int node = stack.peek();
      if (begun.add(node)) {
        for (String name : reads.apply(all.get(node).proto())) {
          int maker = makers.getOrDefault(name, node);
          if (maker != node && begun.contains(maker) && !done.contains(maker)) {
            throw file.bad(
                all.get(node).place() + ": it depends on its own result; export the model again");
          }
          if (maker != node && !done.contains(maker)) {
            stack.push(maker);
          }
        }
      } else {
        stack.pop();
        done.add(node);
      }
    }
    // As in the file where that is possible: it decides how the neurons of a layer are numbered.
    List<Integer> sorted = done.stream().sorted().toList();
    List<Integer> order = isOrdered(sorted, all, makers, reads) ? sorted : List.copyOf(done);
    return new GraphOrder(order.stream().map(all::get).toList(), output, reads);
  }

  private static boolean isOrdered(
      List<Integer> order,
      List<GraphNode> all,
      Map<String, Integer> makers,
      Function<NodeProto, List<String>> reads) {
    return order.stream()
        .allMatch(
            i ->
                reads.apply(all.get(i).proto()).stream()
                    .allMatch(name -> makers.getOrDefault(name, -1) < i));
  }

  /** The nodes, each after those that it depends on. */
  List<GraphNode> nodes() {
    return nodes;
  }

  /** Whether the output depends on a value, or is it. */
  boolean needs(String name) {
    return needed.contains(name);
  }

  /** Whether all that comes after a node only passes on what it makes. */
  boolean isLast(GraphNode node) {
    Set<String> passed = new HashSet<>(node.proto().getOutputList());
    for (GraphNode other : nodes) {
      if (other.proto().getInputList().stream().anyMatch(passed::contains)) {
        if (!PASSING.contains(other.operator())) {
          return false;
        }
        passed.addAll(other.proto().getOutputList());
      }
    }
    return true;
  }
}
