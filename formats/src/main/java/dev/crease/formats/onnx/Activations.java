package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Piecewise linear functions of one value, exact with a ReLU for each bend. A value that is needed
 * beside its ReLU passes the layer without one.
 */
final class Activations {

  private static final double LARGEST_BFLOAT16 = 0x1.FEp127;

  private final NeuronGraph graph;
  private final Extremes extremes;

  Activations(NeuronGraph graph, Extremes extremes) {
    this.graph = graph;
    this.extremes = extremes;
  }

  Tensor relu(OnnxNode node) {
    return each(node, node.operand(0), value -> Math.max(0, value), graph::relu);
  }

  /** {@code |x| = 2 max(0, x) - x}. */
  Tensor abs(OnnxNode node) {
    return each(node, node.operand(0), Math::abs, x -> leaky(x, -1));
  }

  /** {@code x} where it is positive, {@code alpha x} elsewhere. */
  Tensor leakyRelu(OnnxNode node) {
    float alpha = node.number("alpha", 0.01f);
    if (node.operand(0) instanceof Tensor.Constant x) {
      Tensor.Constant slope =
          new Tensor.Constant(
              "alpha of " + node.describe(), x.type(), new Shape(), new double[] {alpha});
      return leaky(node, x, slope);
    }
    return each(dependent(node), x -> leaky(x, alpha));
  }

  /** {@code x} where it is positive, {@code slope x} elsewhere. */
  Tensor parametricRelu(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant slope = node.finiteConstant(1);
    if (node.opset() < 7 && slope.shape().rank() == 1 && x.shape().rank() > 1) {
      // Then one slope for each channel, or one for all.
      int[] dims = new int[x.shape().rank()];
      Arrays.fill(dims, 1);
      dims[1] = slope.shape().count();
      return leaky(node, x, slope.select(new Shape(dims), i -> i));
    }
    return leaky(node, x, slope);
  }

  private Tensor leaky(OnnxNode node, Tensor x, Tensor.Constant slope) {
    if (!node.broadcast(x, slope).equals(x.shape())) {
      throw node.bad(
          "its slopes of shape "
              + slope.shape()
              + " do not fit its input of shape "
              + x.shape()
              + "; export the model again");
    }
    IntUnaryOperator inSlope = slope.shape().broadcastFrom(x.shape());
    if (x instanceof Tensor.Constant constant) {
      double[] values = constant.values().clone();
      int rounded = 0;
      for (int i = 0; i < values.length; i++) {
        double factor = slope.values()[inSlope.applyAsInt(i)];
        rounded += values[i] >= 0 || Exact.product(values[i], factor) ? 0 : 1;
        values[i] = values[i] >= 0 ? values[i] : values[i] * factor;
      }
      return node.result(constant.type(), x.shape(), values, rounded);
    }
    Affine[] forms = node.forms(x).clone();
    Arrays.setAll(forms, i -> leaky(forms[i], slope.values()[inSlope.applyAsInt(i)]));
    return new Tensor.Activation(x.shape(), forms);
  }

  /**
   * {@code slope x + (1 - slope) max(0, x)}, or where {@code 1 - slope} is no double {@code max(0,
   * x) - slope max(0, -x)}.
   */
  private Affine leaky(Affine x, double slope) {
    if (graph.isRectified(x)) {
      return x;
    }
    if (slope == 1) {
      return x;
    }
    Affine positive = graph.relu(x);
    if (!Exact.sum(1, -slope)) {
      Affine negative = graph.relu(graph.scaled(x, -1));
      return graph.difference(positive, graph.scaled(negative, slope));
    }
    return graph.sum(graph.scaled(graph.compact(x), slope), graph.scaled(positive, 1 - slope));
  }

  /** {@code max(0, min(1, alpha x + beta))}. */
  Tensor hardSigmoid(OnnxNode node) {
    float alpha = node.number("alpha", 0.2f);
    float beta = node.number("beta", 0.5f);
    return each(
        dependent(node),
        form -> {
          Affine line = graph.sum(graph.scaled(form, alpha), Affine.constant(beta));
          return graph.min(graph.max(line, Affine.constant(0)), Affine.constant(1));
        });
  }

  /**
   * {@code x} without what lies between {@code -lambd} and {@code lambd}; continuous only where the
   * bias is {@code lambd} too: {@code max(0, x - lambd) - max(0, -x - lambd)}.
   */
  Tensor shrink(OnnxNode node) {
    float lambda = node.number("lambd", 0.5f);
    float bias = node.number("bias", 0);
    if (bias != lambda || lambda < 0) {
      throw node.unsupported(
          "it jumps at "
              + lambda
              + ", so that it is not a continuous function; train with bias = lambd, or with Relu");
    }
    Affine threshold = Affine.constant(-lambda);
    return each(
        dependent(node),
        x ->
            graph.difference(
                graph.relu(graph.sum(x, threshold)),
                graph.relu(graph.sum(graph.scaled(x, -1), threshold))));
  }

  private static Tensor each(
      OnnxNode node, Tensor x, DoubleUnaryOperator onNumbers, UnaryOperator<Affine> onForms) {
    if (x instanceof Tensor.Constant constant) {
      return node.result(
          constant.type(),
          constant.shape(),
          Arrays.stream(constant.values()).map(onNumbers).toArray());
    }
    return each(dependent(node), onForms);
  }

  private static Tensor each(Tensor x, UnaryOperator<Affine> onForms) {
    return new Tensor.Activation(
        x.shape(), Arrays.stream(x.forms()).map(onForms).toArray(Affine[]::new));
  }

  private static Tensor dependent(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x instanceof Tensor.Constant) {
      throw node.unsupported(
          "its operand is a constant; simplify the model (onnxsim folds constants)");
    }
    return x;
  }

  /**
   * {@code min(max(x, low), high)}, one after the other as ONNX has it, so that intervals of the
   * result stay between the bounds.
   */
  Tensor clip(OnnxNode node) {
    double low = bound(node, "min", 1, Double.NEGATIVE_INFINITY);
    double high = bound(node, "max", 2, Double.POSITIVE_INFINITY);
    Tensor x = node.operand(0);
    if (low > high) {
      node.note(
          "its lower bound is above its upper one, so that it gives the upper one everywhere");
    }
    Tensor clipped =
        low == Double.NEGATIVE_INFINITY ? x : extremes.max(node, x, scalar(node, x, low));
    return high == Double.POSITIVE_INFINITY
        ? clipped
        : extremes.min(node, clipped, scalar(node, x, high));
  }

  private static Tensor.Constant scalar(OnnxNode node, Tensor x, double value) {
    if (!Double.isFinite(value)) {
      throw node.bad("one of its bounds is " + value + "; correct it");
    }
    DataType type = x instanceof Tensor.Constant constant ? constant.type() : DataType.FLOAT;
    return new Tensor.Constant(
        "a bound of " + node.describe(), type, new Shape(), new double[] {value});
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
      largest = largest(constant.type());
    } else if (node.hasAttribute(name)) {
      bound = node.rawNumber(name, (float) otherwise);
    }
    return Math.abs(bound) >= largest ? Math.copySign(Double.POSITIVE_INFINITY, bound) : bound;
  }

  private static double largest(DataType type) {
    return switch (type) {
      case FLOAT -> Float.MAX_VALUE;
      case BFLOAT16 -> LARGEST_BFLOAT16;
      default -> Double.MAX_VALUE;
    };
  }
}
