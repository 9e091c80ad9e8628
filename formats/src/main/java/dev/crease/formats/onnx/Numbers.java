package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Exact;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * Operators that are read of constants alone, as the arithmetic of shapes and of weights needs
 * them; of a value that depends on the input they are not piecewise linear, or not continuous.
 */
final class Numbers {

  private static final double LARGEST_RANGE = 1 << 27;

  private final TensorDecoder decoder;

  Numbers(TensorDecoder decoder) {
    this.decoder = decoder;
  }

  /** An operand, which must be a constant. */
  private static Tensor.Constant number(OnnxNode node, int input, String why) {
    if (node.operand(input) instanceof Tensor.Constant constant) {
      return constant;
    }
    throw node.unsupported(
        "of a value that depends on the network's input it "
            + why
            + "; it is read of constants alone, train the network with Relu");
  }

  // Truth values.

  private interface Comparison {
    boolean holds(double a, double b);
  }

  static Operator comparing(Comparer comparer) {
    return Operator.of(
        node -> {
          Tensor.Constant a = number(node, 0, JUMPS);
          Tensor.Constant b = number(node, 1, JUMPS);
          return pairs(
              node, a, b, DataType.BOOL, (x, y) -> comparer.comparison.holds(x, y) ? 1 : 0);
        });
  }

  private static final String JUMPS = "jumps, so that it is not a continuous function";
  private static final String CURVED = "is not piecewise linear";

  /** What compares two numbers. */
  enum Comparer {
    EQUAL((a, b) -> a == b),
    LESS((a, b) -> a < b),
    LESS_OR_EQUAL((a, b) -> a <= b),
    GREATER((a, b) -> a > b),
    GREATER_OR_EQUAL((a, b) -> a >= b),
    AND((a, b) -> a != 0 && b != 0),
    OR((a, b) -> a != 0 || b != 0);

    private final Comparison comparison;

    Comparer(Comparison comparison) {
      this.comparison = comparison;
    }
  }

  private static Tensor pairs(
      OnnxNode node,
      Tensor.Constant a,
      Tensor.Constant b,
      DataType type,
      DoubleBinaryOperator operator) {
    Shape shape = node.broadcast(a, b);
    IntUnaryOperator inA = a.shape().broadcastFrom(shape);
    IntUnaryOperator inB = b.shape().broadcastFrom(shape);
    double[] values = new double[shape.count()];
    Arrays.setAll(
        values,
        i -> operator.applyAsDouble(a.values()[inA.applyAsInt(i)], b.values()[inB.applyAsInt(i)]));
    return node.result(type, shape, values);
  }

  Tensor not(OnnxNode node) {
    return each(node, number(node, 0, JUMPS), value -> value == 0 ? 1 : 0, value -> true);
  }

  // Functions of one number.

  Tensor sign(OnnxNode node) {
    return each(node, number(node, 0, JUMPS), Math::signum, value -> true);
  }

  Tensor floor(OnnxNode node) {
    return each(node, number(node, 0, JUMPS), Math::floor, value -> true);
  }

  Tensor ceil(OnnxNode node) {
    return each(node, number(node, 0, JUMPS), Math::ceil, value -> true);
  }

  Tensor sqrt(OnnxNode node) {
    return each(
        node,
        number(node, 0, CURVED),
        Math::sqrt,
        value -> {
          double root = Math.sqrt(value);
          return Exact.product(root, root) && root * root == value;
        });
  }

  Tensor reciprocal(OnnxNode node) {
    return each(
        node, number(node, 0, CURVED), value -> 1 / value, value -> Exact.quotient(1, value));
  }

  private static Tensor each(
      OnnxNode node, Tensor.Constant x, DoubleUnaryOperator operator, DoublePredicate isExact) {
    double[] values = Arrays.stream(x.values()).map(operator).toArray();
    int rounded = (int) Arrays.stream(x.values()).filter(isExact.negate()).count();
    return node.result(x.type(), x.shape(), values, rounded);
  }

  /** A square, or a square root: the powers that weights are normalised with. */
  Tensor pow(OnnxNode node) {
    Tensor.Constant x = number(node, 0, CURVED);
    Tensor.Constant exponent = number(node, 1, CURVED);
    double power = exponent.values().length == 1 ? exponent.values()[0] : Double.NaN;
    if (power == 2) {
      return each(node, x, value -> value * value, value -> Exact.product(value, value));
    }
    if (power == 0.5) {
      return sqrt(node);
    }
    if (power == 1) {
      return x;
    }
    throw node.unsupported(
        "the powers 2, 1 and 0.5 of constants are read; simplify the model (onnxsim folds"
            + " constants)");
  }

  // Sizes and ranges.

  Tensor size(OnnxNode node) {
    return node.result(DataType.INT64, new Shape(), new double[] {node.operand(0).shape().count()});
  }

  Tensor range(OnnxNode node) {
    Tensor.Constant start = number(node, 0, JUMPS);
    double first = single(node, start);
    double limit = single(node, number(node, 1, JUMPS));
    double delta = single(node, number(node, 2, JUMPS));
    double count = delta == 0 ? Double.NaN : Math.max(0, Math.ceil((limit - first) / delta));
    if (!(count <= LARGEST_RANGE)) {
      throw node.bad("it counts from " + first + " in steps of " + delta + "; correct it");
    }
    Shape shape = node.shape(start, (long) count);
    double[] values = new double[shape.count()];
    int rounded = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i * delta;
      rounded += Exact.product(i, delta) && Exact.sum(first, i * delta) ? 0 : 1;
    }
    return node.result(start.type(), shape, values, rounded);
  }

  private static double single(OnnxNode node, Tensor.Constant constant) {
    if (constant.values().length != 1) {
      throw node.bad(constant.origin() + " is not one number; export the model again");
    }
    return constant.values()[0];
  }

  Tensor constantOfShape(OnnxNode node) {
    Optional<AttributeProto> value = node.attribute("value", AttributeType.TENSOR);
    Tensor.Constant element =
        value.isPresent()
            ? decoder.decode("the value of " + node.describe(), value.get().getT())
            : new Tensor.Constant(
                "the value of " + node.describe(), DataType.FLOAT, new Shape(), new double[1]);
    double number = single(node, element);
    Shape shape = node.shape(element, node.integers(0));
    double[] values = new double[shape.count()];
    Arrays.fill(values, number);
    return node.result(element.type(), shape, values);
  }

  /** Whole numbers as the weights that they stand for: {@code (x - zero point) * scale}. */
  Tensor dequantize(OnnxNode node) {
    Tensor.Constant x = number(node, 0, "is a step of a quantised network");
    Tensor.Constant scale = node.finiteConstant(1);
    if (node.integer("block_size", 0) != 0) {
      throw node.unsupported("its scales are by block; give the model in float32 or float64");
    }
    int rank = x.shape().rank();
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    int count = scale.values().length;
    if (count != 1) {
      int axis = node.axis(node.integer("axis", 1), rank);
      if (scale.shape().rank() != 1 || count != x.shape().dims()[axis]) {
        throw node.bad(
            scale.origin()
                + " has "
                + count
                + " scales for an input of shape "
                + x.shape()
                + "; export the model again");
      }
      dims[axis] = count;
    }
    IntUnaryOperator inScale = new Shape(dims).broadcastFrom(x.shape());
    double[] zero = new double[count];
    if (node.has(2)) {
      zero = node.finiteConstant(2).values();
      if (zero.length != count) {
        throw node.bad("it has other zero points than scales; export the model again");
      }
    }
    double[] values = new double[x.values().length];
    int rounded = 0;
    for (int i = 0; i < values.length; i++) {
      int k = inScale.applyAsInt(i);
      double whole = x.values()[i] - zero[k];
      values[i] = whole * scale.values()[k];
      rounded += Exact.product(whole, scale.values()[k]) ? 0 : 1;
    }
    return node.result(scale.type(), x.shape(), values, rounded);
  }
}
