package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Maxima and minima, exact with a ReLU for each value but one: {@code max(a, b) = b + max(0, a -
 * b)}. Of many values they are taken in pairs, so that the layers are as many as the logarithm.
 */
final class Extremes {

  private final NeuronGraph graph;

  Extremes(NeuronGraph graph) {
    this.graph = graph;
  }

  private interface OfTwo {
    Affine of(Affine a, Affine b);
  }

  private interface OfNumbers {
    double of(double a, double b);
  }

  /** The largest of one form or more. */
  Affine max(Stream<Affine> forms) {
    return inPairs(forms.toList(), graph::max);
  }

  /** The smallest of one form or more. */
  Affine min(Stream<Affine> forms) {
    return inPairs(forms.toList(), graph::min);
  }

  private static Affine inPairs(List<Affine> forms, OfTwo ofTwo) {
    List<Affine> left = forms;
    while (left.size() > 1) {
      List<Affine> winners = new ArrayList<>((left.size() + 1) / 2);
      for (int i = 0; i < left.size(); i += 2) {
        winners.add(i + 1 < left.size() ? ofTwo.of(left.get(i), left.get(i + 1)) : left.get(i));
      }
      left = winners;
    }
    return left.get(0);
  }

  Tensor max(OnnxNode node) {
    return ofTensors(node, graph::max, Math::max);
  }

  Tensor min(OnnxNode node) {
    return ofTensors(node, graph::min, Math::min);
  }

  private static Tensor ofTensors(OnnxNode node, OfTwo ofTwo, OfNumbers ofNumbers) {
    // Pairs as above, so that the last of many operands does not wait for all before it.
    List<Tensor> left = node.operands();
    while (left.size() > 1) {
      List<Tensor> winners = new ArrayList<>((left.size() + 1) / 2);
      for (int i = 0; i < left.size(); i += 2) {
        winners.add(
            i + 1 < left.size()
                ? ofTwo(node, left.get(i), left.get(i + 1), ofTwo, ofNumbers)
                : left.get(i));
      }
      left = winners;
    }
    return left.get(0);
  }

  /** The larger of two tensors of one node. */
  Tensor max(OnnxNode node, Tensor a, Tensor b) {
    return ofTwo(node, a, b, graph::max, Math::max);
  }

  /** The smaller of two tensors of one node. */
  Tensor min(OnnxNode node, Tensor a, Tensor b) {
    return ofTwo(node, a, b, graph::min, Math::min);
  }

  private static Tensor ofTwo(OnnxNode node, Tensor a, Tensor b, OfTwo ofTwo, OfNumbers ofNumbers) {
    Shape shape = node.broadcast(a, b);
    IntUnaryOperator inA = a.shape().broadcastFrom(shape);
    IntUnaryOperator inB = b.shape().broadcastFrom(shape);
    if (a instanceof Tensor.Constant x && b instanceof Tensor.Constant y) {
      double[] values = new double[shape.count()];
      Arrays.setAll(
          values, i -> ofNumbers.of(x.values()[inA.applyAsInt(i)], y.values()[inB.applyAsInt(i)]));
      return node.result(x.type(), shape, values);
    }
    Affine[] left = a.forms();
    Affine[] right = b.forms();
    Affine[] forms = new Affine[shape.count()];
    Arrays.setAll(forms, i -> ofTwo.of(left[inA.applyAsInt(i)], right[inB.applyAsInt(i)]));
    return new Tensor.Activation(shape, forms);
  }
}
