package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Constants, and the operators that pass a value on unchanged. */
final class Values {

  private final TensorDecoder decoder;

  Values(TensorDecoder decoder) {
    this.decoder = decoder;
  }

  Tensor constant(OnnxNode node) {
    if (node.attributes() != 1) {
      throw node.bad(
          "it has " + node.attributes() + " values, and must have one; export the model again");
    }
    Optional<AttributeProto> value = node.attribute("value", AttributeType.TENSOR);
    if (value.isPresent()) {
      return decoder.decode("the value of " + node.describe(), value.get().getT());
    }
    Optional<AttributeProto> sparse = node.attribute("sparse_value", AttributeType.SPARSE_TENSOR);
    if (sparse.isPresent()) {
      return decoder.decode("the value of " + node.describe(), sparse.get().getSparseTensor());
    }
    Optional<AttributeProto> number = node.attribute("value_float", AttributeType.FLOAT);
    if (number.isPresent()) {
      return scalar(node, DataType.FLOAT, number.get().getF());
    }
    Optional<AttributeProto> integer = node.attribute("value_int", AttributeType.INT);
    if (integer.isPresent()) {
      return scalar(node, DataType.INT64, (double) integer.get().getI());
    }
    Optional<AttributeProto> numbers = node.attribute("value_floats", AttributeType.FLOATS);
    if (numbers.isPresent()) {
      return vector(
          node,
          DataType.FLOAT,
          numbers.get().getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
    }
    Optional<long[]> integers = node.integerList("value_ints");
    if (integers.isPresent()) {
      return vector(node, DataType.INT64, Arrays.stream(integers.get()).asDoubleStream().toArray());
    }
    throw node.unsupported(
        "it holds neither a dense tensor nor numbers; export the model with dense weights");
  }

  private static Tensor scalar(OnnxNode node, DataType type, double value) {
    return new Tensor.Constant(
        "the value of " + node.describe(), type, new Shape(), new double[] {value});
  }

  private static Tensor vector(OnnxNode node, DataType type, double[] values) {
    return new Tensor.Constant(
        "the value of " + node.describe(), type, new Shape(values.length), values);
  }

  Tensor identity(OnnxNode node) {
    return node.constantOrOperand(0);
  }

  /** The identity in inference; the mask, its other output, is not made. */
  Tensor dropout(OnnxNode node) {
    if (node.opset() < 7 && !node.flag("is_test", false)) {
      throw node.unsupported("it is in training mode; export the model for inference");
    }
    if (node.has(2) && Arrays.stream(node.constant(2).values()).anyMatch(value -> value != 0)) {
      throw node.unsupported("it is in training mode; export the model for inference");
    }
    return node.operand(0);
  }

  /**
   * Between floating-point types a cast of an activation is the identity, as all arithmetic of the
   * network is read as exact; where it rounds at run time, a note says so. Within a network a cast
   * to half precision is refused: there it is a step of the network. A cast of constants rounds
   * them as it says.
   */
  Tensor cast(OnnxNode node) {
    DataType to = DataType.forNumber((int) node.integer("to", 0));
    return cast(node, node.constantOrOperand(0), to == null ? DataType.UNDEFINED : to);
  }

  /** A cast to the type of another tensor, which must be a constant for that to be known. */
  Tensor castLike(OnnxNode node) {
    return cast(node, node.constantOrOperand(0), node.constant(1).type());
  }

  private static Tensor cast(OnnxNode node, Tensor x, DataType to) {
    boolean isHalf = to == DataType.FLOAT16 || to == DataType.BFLOAT16;
    if (!(x instanceof Tensor.Constant constant)) {
      if (isHalf && !node.isInput(x)) {
        throw node.unsupported(
            "within the network it rounds to "
                + (to == DataType.FLOAT16 ? "11" : "8")
                + " bits, which is not piecewise linear; export the model in one precision");
      }
      if (isHalf || to == DataType.FLOAT || to == DataType.DOUBLE) {
        noteRounding(node, to);
        return x;
      }
      throw node.unsupported(
          "it casts a value that depends on the network's input to "
              + to
              + ", which is not piecewise linear; export the model in float32 or float64");
    }
    DoubleUnaryOperator converted =
        to == constant.type() ? value -> value : conversion(node, constant, to);
    return node.result(
        to, constant.shape(), DoubleStream.of(constant.values()).map(converted).toArray());
  }

  private static DoubleUnaryOperator conversion(
      OnnxNode node, Tensor.Constant constant, DataType to) {
    return switch (to) {
      case DOUBLE -> value -> value;
      case FLOAT -> value -> (float) value;
      case FLOAT16 -> HalfPrecision::toHalf;
      case BFLOAT16 -> HalfPrecision::toBrain;
      case INT64, INT32 -> value -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case BOOL -> value -> value == 0 ? 0 : 1;
      default ->
          throw node.unsupported(
              "a cast of "
                  + constant.origin()
                  + " to "
                  + to
                  + " is not read; export the model in float32 or float64");
    };
  }

  private static void noteRounding(OnnxNode node, DataType to) {
    if (to == DataType.FLOAT16 || to == DataType.BFLOAT16) {
      node.note(
          "it rounds to "
              + (to == DataType.FLOAT16 ? "11" : "8")
              + " bits at run time, and is read as exact: the model as it runs differs from the"
              + " network here");
    } else if (to == DataType.FLOAT && node.isDouble()) {
      node.note("it rounds to float32 at run time, and is read as exact");
    }
  }
}
