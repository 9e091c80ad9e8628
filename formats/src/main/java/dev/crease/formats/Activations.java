package dev.crease.formats;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;

/** Relu, and the operators that are accepted where they are a Relu under another name. */
final class Activations {

  private final NeuronGraph graph;

  Activations(NeuronGraph graph) {
    this.graph = graph;
  }

  Tensor relu(OnnxNode node) {
    return relu(node, node.operand(0));
  }

  private Tensor relu(OnnxNode node, Tensor x) {
    if (x instanceof Tensor.Constant constant) {
      return node.result(
          constant.type(),
          constant.shape(),
          Arrays.stream(constant.values()).map(value -> Math.max(0, value)).toArray());
    }
    return new Tensor.Activation(
        x.shape(), Arrays.stream(x.forms()).map(graph::relu).toArray(Affine[]::new));
  }

  /** {@code Max(x, 0)}, either order. */
  Tensor max(OnnxNode node) {
    if (node.inputs() == 1) {
      return node.operand(0);
    }
    if (node.inputs() == 2) {
      Tensor a = node.operand(0);
      Tensor b = node.operand(1);
      if (isZero(b)) {
        return rectified(node, a, b);
      }
      if (isZero(a)) {
        return rectified(node, b, a);
      }
    }
    throw node.unsupported(
        "Max is read only where it is a Relu, Max(x, 0) with a constant 0; write the model with"
            + " Relu");
  }

  private static boolean isZero(Tensor tensor) {
    return tensor instanceof Tensor.Constant constant
        && Arrays.stream(constant.values()).allMatch(value -> value == 0);
  }

  private Tensor rectified(OnnxNode node, Tensor x, Tensor zero) {
    Shape shape =
        x.shape()
            .broadcast(zero.shape())
            .orElseThrow(
                () ->
                    node.bad(
                        "the shapes "
                            + x.shape()
                            + " and "
                            + zero.shape()
                            + " of its inputs do not fit; export the model again"));
    return relu(node, x.select(node.shape(x, shape), x.shape().broadcastFrom(shape)));
  }

  /** {@code Clip} with the bounds 0 and none, or with no bounds. */
  Tensor clip(OnnxNode node) {
    double min = bound(node, "min", 1, Double.NEGATIVE_INFINITY);
    double max = bound(node, "max", 2, Double.POSITIVE_INFINITY);
    Tensor x = node.operand(0);
    if (max == Double.POSITIVE_INFINITY && min == 0) {
      return relu(node, x);
    }
    if (max == Double.POSITIVE_INFINITY && min == Double.NEGATIVE_INFINITY) {
      return x;
    }
    throw node.unsupported(
        "Clip to ["
            + min
            + ", "
            + max
            + "] is not a Relu; only the bounds 0 and infinity are read, train with Relu"
            + (Double.isInfinite(max) || Double.isInfinite(min) || min >= max
                ? ""
                : ", or write it as min + Relu(x - min) - Relu(x - max)"));
  }

  /** A bound of Clip; the largest number of its type is as good as infinity. */
  private static double bound(OnnxNode node, String name, int input, double otherwise) {
    double bound = otherwise;
    double largest = Float.MAX_VALUE;
    if (node.has(input)) {
      Tensor.Constant constant = node.constant(input);
      if (constant.values().length != 1) {
        throw node.bad(
            constant.origin()
                + " has "
                + constant.values().length
                + " entries and is a bound; export the model again");
      }
      bound = constant.values()[0];
      largest = constant.type() == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
    } else if (node.hasAttribute(name)) {
      bound = node.rawNumber(name, (float) otherwise);
    }
    return Math.abs(bound) >= largest ? Math.copySign(Double.POSITIVE_INFINITY, bound) : bound;
  }
}
