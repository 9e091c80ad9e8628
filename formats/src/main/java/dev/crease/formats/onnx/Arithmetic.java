package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The affine operators that work element by element: sums, and products with constants. */
final class Arithmetic {

  private final NeuronGraph graph;

  Arithmetic(NeuronGraph graph) {
    this.graph = graph;
  }

  private interface OnNumbers {
    double apply(double a, double b);
  }

  private interface IsExact {
    boolean test(double a, double b);
  }

  private interface OnForms {
    Affine apply(Affine a, Affine b);
  }

  Tensor add(OnnxNode node) {
    return sum(node, node.operand(0), second(node));
  }

  /** The second of a pair; before operator set 7 it says itself where it stands. */
  private static Tensor second(OnnxNode node) {
    Tensor a = node.operand(0);
    Tensor b = node.operand(1);
    if (node.opset() >= 7 || a.shape().equals(b.shape())) {
      return b;
    }
    int rank = b.shape().rank();
    long axis = node.integer("axis", a.shape().rank() - rank);
    long trailing = a.shape().rank() - rank - (axis < 0 ? axis + a.shape().rank() : axis);
    if (!node.flag("broadcast", false) || trailing < 0 || trailing > a.shape().rank() - rank) {
      throw node.bad(
          "the shapes "
              + a.shape()
              + " and "
              + b.shape()
              + " of its inputs do not fit in operator set 6; export the model again");
    }
    int[] dims = Arrays.copyOf(b.shape().dims(), rank + (int) trailing);
    Arrays.fill(dims, rank, dims.length, 1);
    return b.reshaped(new Shape(dims));
  }

  Tensor sumOfAll(OnnxNode node) {
    Tensor sum = node.operand(0);
    for (int i = 1; i < node.inputs(); i++) {
      sum = sum(node, sum, node.operand(i));
    }
    return sum;
  }

  /** The sum of two tensors of one node. */
  Tensor sum(OnnxNode node, Tensor a, Tensor b) {
    return elementwise(node, a, b, Double::sum, Exact::sum, graph::sum);
  }

  Tensor subtract(OnnxNode node) {
    return elementwise(
        node,
        node.operand(0),
        second(node),
        (a, b) -> a - b,
        (a, b) -> Exact.sum(a, -b),
        graph::difference);
  }

  Tensor multiply(OnnxNode node) {
    Tensor a = node.operand(0);
    Tensor b = second(node);
    if (a instanceof Tensor.Activation && b instanceof Tensor.Activation) {
      throw node.unsupported(
          "it multiplies two values that depend on the network's input, which is not piecewise"
              + " linear; one of them must be a constant");
    }
    return product(node, a, b);
  }

  private Tensor product(OnnxNode node, Tensor a, Tensor b) {
    boolean constantFirst = a instanceof Tensor.Constant;
    return elementwise(
        node,
        a,
        b,
        (x, y) -> x * y,
        Exact::product,
        // The form of a constant is its bias.
        (x, y) -> constantFirst ? graph.scaled(y, x.bias()) : graph.scaled(x, y.bias()));
  }

  Tensor divide(OnnxNode node) {
    Tensor a = node.operand(0);
    if (!(second(node) instanceof Tensor.Constant divisors)) {
      throw node.unsupported(
          "it divides by "
              + node.inputName(1)
              + ", which depends on the network's input; only division by a constant is piecewise"
              + " linear");
    }
    for (double divisor : divisors.values()) {
      if (divisor == 0 || !Double.isFinite(1 / divisor)) {
        throw node.bad("it divides by " + divisor + "; correct " + divisors.origin());
      }
    }
    if (a instanceof Tensor.Constant numerators && numerators.isInteger()) {
      return elementwise(node, a, divisors, Arithmetic::wholeQuotient, (x, y) -> true, graph::sum);
    }
    int[] rounded = {0};
    Tensor quotient =
        elementwise(
            node,
            a,
            divisors,
            (x, y) -> x / y,
            Exact::quotient,
            (x, y) ->
                graph
                    .quotient(x, y.bias())
                    .orElseGet(
                        () -> {
                          rounded[0]++;
                          return graph.scaled(x, 1 / y.bias());
                        }));
    if (rounded[0] > 0) {
      node.note(
          "1/c is rounded to the nearest double for "
              + rounded[0]
              + " of "
              + quotient.shape().count()
              + " entries");
    }
    return quotient;
  }

  private static double wholeQuotient(double a, double b) {
    long quotient = (long) a / (long) b;
    return (double) quotient;
  }

  Tensor negate(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x instanceof Tensor.Constant constant) {
      return node.result(
          constant.type(),
          constant.shape(),
          Arrays.stream(constant.values()).map(value -> -value).toArray());
    }
    return new Tensor.Activation(
        x.shape(),
        Arrays.stream(x.forms()).map(form -> graph.scaled(form, -1)).toArray(Affine[]::new));
  }

  private static Tensor elementwise(
      OnnxNode node, Tensor a, Tensor b, OnNumbers numbers, IsExact exact, OnForms onForms) {
    Shape shape = node.broadcast(a, b);
    IntUnaryOperator inA = a.shape().broadcastFrom(shape);
    IntUnaryOperator inB = b.shape().broadcastFrom(shape);
    if (a instanceof Tensor.Constant x && b instanceof Tensor.Constant y) {
      double[] values = new double[shape.count()];
      int rounded = 0;
      for (int i = 0; i < values.length; i++) {
        double left = x.values()[inA.applyAsInt(i)];
        double right = y.values()[inB.applyAsInt(i)];
        values[i] = numbers.apply(left, right);
        rounded += exact.test(left, right) ? 0 : 1;
      }
      return node.result(x.type(), shape, values, rounded);
    }
    Affine[] left = a.forms();
    Affine[] right = b.forms();
    Affine[] forms = new Affine[shape.count()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = onForms.apply(left[inA.applyAsInt(i)], right[inB.applyAsInt(i)]);
    }
    return new Tensor.Activation(shape, forms);
  }

  /** A tensor times a number. */
  Tensor scaled(OnnxNode node, Tensor x, double factor) {
    if (factor == 1) {
      return x;
    }
    Tensor.Constant scalar =
        new Tensor.Constant(
            "a factor of " + node.describe(), DataType.FLOAT, new Shape(), new double[] {factor});
    return product(node, x, scalar);
  }
}
