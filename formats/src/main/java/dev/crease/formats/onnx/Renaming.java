package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Nodes under other names: of a function or a branch, in the graph that they are put into. A branch
 * within a node sees the names around it, save those that it makes itself.
 *
 * @param names the new name of each
 * @param attributes what becomes of an attribute, if it stays
 */
record Renaming(
    UnaryOperator<String> names, Function<AttributeProto, Optional<AttributeProto>> attributes) {

  /** Of names alone. */
  static Renaming of(UnaryOperator<String> names) {
    return new Renaming(names, Optional::of);
  }

  /** The names that a branch makes itself. */
  static Set<String> made(GraphProto branch) {
    Set<String> made = new HashSet<>();
    branch.getInputList().stream().map(ValueInfoProto::getName).forEach(made::add);
    branch.getInitializerList().stream().map(TensorProto::getName).forEach(made::add);
    branch.getSparseInitializerList().stream()
        .map(tensor -> tensor.getValues().getName())
        .forEach(made::add);
    branch.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
    return made;
  }

  /** The names around a branch that it reads. */
  static Set<String> read(GraphProto branch) {
    Set<String> read = new HashSet<>();
    branch.getOutputList().stream().map(ValueInfoProto::getName).forEach(read::add);
    branch.getNodeList().forEach(node -> read.addAll(read(node)));
    read.removeAll(made(branch));
    return read;
  }

  /** The names that a node reads, and the branches within it. */
  static Set<String> read(NodeProto node) {
    Set<String> read = new HashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        read.addAll(read(attribute.getG()));
      }
    }
    return read;
  }

  /** How many nodes a node is, with those of its branches. */
  static long size(NodeProto node) {
    return 1
        + node.getAttributeList().stream()
            .filter(AttributeProto::hasG)
            .flatMap(attribute -> attribute.getG().getNodeList().stream())
            .mapToLong(Renaming::size)
            .sum();
  }

  /** A node under the new names. */
  NodeProto of(NodeProto node) {
    NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput().clearAttribute();
    node.getInputList().forEach(name -> renamed.addInput(names.apply(name)));
    node.getOutputList().forEach(name -> renamed.addOutput(names.apply(name)));
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes
          .apply(attribute)
          .map(kept -> kept.hasG() ? kept.toBuilder().setG(of(kept.getG())).build() : kept)
          .ifPresent(renamed::addAttribute);
    }
    return renamed.build();
  }

  private GraphProto of(GraphProto branch) {
    Set<String> made = made(branch);
    Renaming within =
        new Renaming(name -> made.contains(name) ? name : names.apply(name), attributes);
    GraphProto.Builder renamed = branch.toBuilder().clearNode().clearOutput();
    branch.getNodeList().forEach(node -> renamed.addNode(within.of(node)));
    branch
        .getOutputList()
        .forEach(
            output ->
                renamed.addOutput(
                    output.toBuilder().setName(within.names().apply(output.getName()))));
    return renamed.build();
  }
}
