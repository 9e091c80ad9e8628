package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.crease.formats.source.SourceFile;

/**
 * A node of the main graph, functions of the model's own replaced by what they do.
 *
 * @param place how a message names it, such as {@code node 3 'fc1' (Gemm)}
 * @param sets the operator sets that it, and what it holds, are of
 * @param proto the node, with the names of the main graph
 */
record GraphNode(String place, OperatorSets sets, NodeProto proto) {

  /** The domain of ONNX's own operators, which has another name too. */
  static final String STANDARD = "";

  /** The domain of the operators of classical machine learning. */
  static final String MACHINE_LEARNING = "ai.onnx.ml";

  /** The one name of a domain. */
  static String domain(String name) {
    return name.equals("ai.onnx") ? STANDARD : name;
  }

  String domain() {
    return domain(proto.getDomain());
  }

  /** The version of the operator set that it is of. */
  long opset() {
    return sets.version(domain());
  }

  /** What its operator is called, with the domain unless it is the standard one. */
  String operator() {
    return domain().isEmpty() ? proto.getOpType() : domain() + "." + proto.getOpType();
  }

  /** How a message names a node, such as {@code node 3 'fc1' (Gemm)}. */
  static String place(int index, NodeProto proto) {
    String name = proto.getName().isEmpty() ? "" : " " + SourceFile.quoted(proto.getName());
    String op = SourceFile.quoted(proto.getOpType());
    return "node " + index + name + " (" + op.substring(1, op.length() - 1) + ")";
  }
}
