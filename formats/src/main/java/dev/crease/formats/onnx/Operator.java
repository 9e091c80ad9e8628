package dev.crease.formats.onnx;

import java.util.List;

/** What one kind of ONNX node computes. */
interface Operator {

  /** The outputs of a node, in order; trailing ones that are not read may be left out. */
  List<Tensor> apply(OnnxNode node);

  /** An operator with one output. */
  interface Single {

    Tensor apply(OnnxNode node);
  }

  /** An operator from one that has one output. */
  static Operator of(Single operator) {
    return node -> List.of(operator.apply(node));
  }
}
