package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Affine;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A value on an edge of an ONNX graph: numbers, or affine forms of the network's neurons. */
sealed interface Tensor permits Tensor.Constant, Tensor.Activation {

  Shape shape();

  /** A tensor of another shape whose element {@code i} is element {@code source(i)} of this one. */
  Tensor select(Shape shape, IntUnaryOperator source);

  /** The elements as forms. */
  Affine[] forms();

  /** The same elements in another shape of the same count. */
  default Tensor reshaped(Shape shape) {
    return select(shape, i -> i);
  }

  /**
   * Numbers known when the file is read.
   *
   * @param origin what to call it in messages, such as {@code initialiser 'W'}
   * @param type element type in the file; integers are held as doubles
   * @param shape dimensions
   * @param values elements, possibly not finite; do not modify
   */
  @SuppressWarnings("ArrayRecordComponent") // internal to the package, never compared
  record Constant(String origin, DataType type, Shape shape, double[] values) implements Tensor {

    boolean isInteger() {
      return switch (type) {
        case INT64, INT32, INT16, INT8, UINT64, UINT32, UINT16, UINT8 -> true;
        default -> false;
      };
    }

    @Override
    public Constant select(Shape target, IntUnaryOperator source) {
      double[] selected = new double[target.count()];
      Arrays.setAll(selected, i -> values[source.applyAsInt(i)]);
      return new Constant(origin, type, target, selected);
    }

    @Override
    public Affine[] forms() {
      return Arrays.stream(values).mapToObj(Affine::constant).toArray(Affine[]::new);
    }
  }

  /**
   * Values that depend on the input.
   *
   * @param shape dimensions
   * @param forms elements; do not modify
   */
  @SuppressWarnings("ArrayRecordComponent") // internal to the package, never compared
  record Activation(Shape shape, Affine[] forms) implements Tensor {

    @Override
    public Activation select(Shape target, IntUnaryOperator source) {
      Affine[] selected = new Affine[target.count()];
      Arrays.setAll(selected, i -> forms[source.applyAsInt(i)]);
      return new Activation(target, selected);
    }
  }
}
