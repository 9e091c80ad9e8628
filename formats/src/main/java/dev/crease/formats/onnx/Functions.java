package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.crease.BadInput;
import dev.crease.formats.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions that a model defines itself. Each node that calls one is replaced by the function's
 * nodes, with the caller's names for its inputs and outputs, new names for what is inside, and the
 * caller's attributes, or the function's defaults, where a node refers to them.
 */
final class Functions {

  /** Functions may call functions; so that a small file stays small, not more nodes than this. */
  private static final int MOST_NODES = 1 << 15;

  private final SourceFile file;
  private final Map<String, FunctionProto> byName = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private long count;

  /** The functions of a model. */
  Functions(SourceFile file, ModelProto model) {
    this.file = file;
    for (FunctionProto function : model.getFunctionsList()) {
      String key = key(function.getDomain(), function.getName(), function.getOverload());
      if (byName.put(key, function) != null) {
        throw file.bad(
            "the function "
                + SourceFile.quoted(function.getName())
                + " is there twice; export the model again");
      }
    }
    GraphProto graph = model.getGraph();
    graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
    graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
  }

  /** The nodes of a graph without calls of functions, in order. */
  List<GraphNode> inlined(GraphProto graph, OperatorSets sets) {
    List<GraphNode> nodes = new ArrayList<>();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      nodes.addAll(inlined(GraphNode.place(i, graph.getNode(i)), graph.getNode(i), sets));
    }
    return nodes;
  }

  /** A node, or in place of a call the nodes that it stands for, in order. */
  List<GraphNode> inlined(String place, NodeProto node, OperatorSets sets) {
    List<GraphNode> nodes = new ArrayList<>();
    add(nodes, place, node, sets, new LinkedHashSet<>());
    return nodes;
  }

  private static String key(String domain, String name, String overload) {
    return GraphNode.domain(domain) + " " + name + " " + overload;
  }

  private void add(
      List<GraphNode> nodes, String place, NodeProto node, OperatorSets sets, Set<String> calls) {
    String key = key(node.getDomain(), node.getOpType(), node.getOverload());
    FunctionProto function = byName.get(key);
    if (function == null) {
      nodes.add(new GraphNode(place, sets, node));
      count += Renaming.size(node);
      if (count > MOST_NODES) {
        throw file.unsupported(
            "the model, with its functions and loops written out, has more than "
                + MOST_NODES
                + " nodes; use a smaller network");
      }
      return;
    }
    if (GraphNode.domain(node.getDomain()).equals(GraphNode.STANDARD)) {
      // Run times differ in which of the two they take.
      throw file.unsupported(
          place
              + ": the model defines a function of the name of a standard operator; give it a domain"
              + " of its own, or inline it with onnx.inliner.inline_local_functions");
    }
    if (!calls.add(key)) {
      throw bad(place, "the function calls itself; export the model again");
    }
    inline(nodes, place, node, function, sets.with(file, function.getOpsetImportList()), calls);
    calls.remove(key);
  }

  private void inline(
      List<GraphNode> nodes,
      String place,
      NodeProto call,
      FunctionProto function,
      OperatorSets sets,
      Set<String> calls) {
    if (call.getInputCount() > function.getInputCount()
        || call.getOutputCount() > function.getOutputCount()) {
      throw bad(
          place,
          "it has "
              + call.getInputCount()
              + " inputs and "
              + call.getOutputCount()
              + " outputs, and the function has "
              + function.getInputCount()
              + " and "
              + function.getOutputCount()
              + "; export the model again");
    }
    Map<String, AttributeProto> attributes = attributes(place, call, function);
    Map<String, String> renamed = new HashMap<>(Map.of("", ""));
    for (int i = 0; i < function.getInputCount(); i++) {
      renamed.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < function.getOutputCount(); i++) {
      String inner = function.getOutput(i);
      boolean isNamed = i < call.getOutputCount() && !call.getOutput(i).isEmpty();
      if (isNamed && renamed.containsKey(inner)) {
        // An input handed on, or an output under two names.
        nodes.add(
            new GraphNode(
                place,
                sets,
                NodeProto.newBuilder()
                    .setOpType("Identity")
                    .addInput(renamed.get(inner))
                    .addOutput(call.getOutput(i))
                    .build()));
      } else if (isNamed) {
        renamed.put(inner, call.getOutput(i));
      }
    }
    String prefix = place + ": ";
    Renaming renaming =
        new Renaming(
            name -> renamed.computeIfAbsent(name, inner -> fresh(prefix + inner)),
            attribute -> substituted(attribute, attributes));
    for (int i = 0; i < function.getNodeCount(); i++) {
      String inner = place + ", " + GraphNode.place(i, function.getNode(i));
      add(nodes, inner, renaming.of(function.getNode(i)), sets, calls);
    }
  }

  /** A name that nothing has yet. */
  String fresh(String name) {
    String unused = name;
    for (int k = 2; !names.add(unused); k++) {
      unused = name + " " + k;
    }
    return unused;
  }

  /** The call's attributes by name, and the function's defaults of those that it does not have. */
  private Map<String, AttributeProto> attributes(
      String place, NodeProto call, FunctionProto function) {
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
    Set<String> known = new HashSet<>(function.getAttributeList());
    known.addAll(attributes.keySet());
    for (AttributeProto attribute : call.getAttributeList()) {
      if (!known.contains(attribute.getName())) {
        throw bad(
            place,
            "its attribute "
                + SourceFile.quoted(attribute.getName())
                + " is not one of the function's; correct its name, or export the model again");
      }
      attributes.put(attribute.getName(), attribute);
    }
    return attributes;
  }

  private static Optional<AttributeProto> substituted(
      AttributeProto attribute, Map<String, AttributeProto> attributes) {
    if (attribute.getRefAttrName().isEmpty()) {
      return Optional.of(attribute);
    }
    return Optional.ofNullable(attributes.get(attribute.getRefAttrName()))
        .map(value -> value.toBuilder().setName(attribute.getName()).build());
  }

  private BadInput bad(String place, String message) {
    return file.bad(place + ": " + message);
  }
}
