package dev.crease.formats;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Decodes the tensors stored in an ONNX file: float32, float64, float16, bfloat16, int64, int32 and
 * bool, as raw bytes or in the typed field. The amount of stored data is compared with the
 * dimensions before anything of that size is allocated.
 */
final class TensorDecoder {

  private final SourceFile file;

  TensorDecoder(SourceFile file) {
    this.file = file;
  }

  /**
   * The numbers of a tensor.
   *
   * @param origin where it stands, to begin a message with, such as {@code initialiser 'W'}
   */
  Tensor.Constant decode(String origin, TensorProto proto) {
    if (proto.getDataLocation() == DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
      throw file.unsupported(
          origin
              + ": its data lies in another file; save the model as one file with"
              + " onnx.save_model(onnx.load(path), path, save_as_external_data=False)");
    }
    if (proto.hasSegment()) {
      throw file.unsupported(origin + ": it is stored in segments; save the model in one piece");
    }
    DataType type = DataType.forNumber(proto.getDataType());
    if (type == null) {
      throw file.bad(
          origin
              + ": its element type "
              + proto.getDataType()
              + " does not exist; export the model again");
    }
    Shape shape = shape(origin, proto);
    boolean raw = proto.hasRawData();
    double[] values =
        switch (type) {
          case FLOAT ->
              raw
                  ? fromRaw(origin, proto, shape, Float.BYTES, buffer -> buffer::getFloat)
                  : fromField(origin, shape, proto.getFloatDataCount(), proto::getFloatData);
          case DOUBLE ->
              raw
                  ? fromRaw(origin, proto, shape, Double.BYTES, buffer -> buffer::getDouble)
                  : fromField(origin, shape, proto.getDoubleDataCount(), proto::getDoubleData);
          case INT64 ->
              raw
                  ? fromRaw(origin, proto, shape, Long.BYTES, buffer -> buffer::getLong)
                  : fromField(origin, shape, proto.getInt64DataCount(), proto::getInt64Data);
          case INT32 ->
              raw
                  ? fromRaw(origin, proto, shape, Integer.BYTES, buffer -> buffer::getInt)
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case BOOL ->
              raw
                  ? fromRaw(origin, proto, shape, Byte.BYTES, buffer -> buffer::get)
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case FLOAT16 ->
              raw
                  ? fromRaw(
                      origin, proto, shape, Short.BYTES, buffer -> i -> half(buffer.getShort(i)))
                  : fromField(
                      origin, shape, proto.getInt32DataCount(), i -> half(proto.getInt32Data(i)));
          case BFLOAT16 ->
              raw
                  ? fromRaw(
                      origin, proto, shape, Short.BYTES, buffer -> i -> brain(buffer.getShort(i)))
                  : fromField(
                      origin, shape, proto.getInt32DataCount(), i -> brain(proto.getInt32Data(i)));
          default ->
              throw file.unsupported(
                  origin
                      + ": elements of type "
                      + type
                      + " are not read; export the model in"
                      + " float32 or float64, without quantisation");
        };
    return new Tensor.Constant(origin, type, shape, values);
  }

  private Shape shape(String origin, TensorProto proto) {
    int[] dims = new int[proto.getDimsCount()];
    // Also the product without the zeros stays in range, so that no later count overflows.
    long count = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      long dim = proto.getDims(axis);
      if (dim < 0 || dim > Integer.MAX_VALUE || count * Math.max(dim, 1) > Integer.MAX_VALUE) {
        throw file.bad(
            origin
                + ": its dimension "
                + axis
                + " is "
                + dim
                + ", which cannot be; export the model again");
      }
      count *= Math.max(dim, 1);
      dims[axis] = (int) dim;
    }
    return new Shape(dims);
  }

  private interface RawLayout {
    IntToDoubleFunction over(ByteBuffer buffer);
  }

  private double[] fromRaw(
      String origin, TensorProto proto, Shape shape, int size, RawLayout layout) {
    ByteString raw = proto.getRawData();
    long expected = (long) shape.count() * size;
    if (raw.size() != expected) {
      throw file.bad(
          origin
              + ": its shape "
              + shape
              + " needs "
              + expected
              + " bytes, and it holds "
              + raw.size()
              + "; the file is damaged, export the model again");
    }
    // The buffer may be a window into the whole file; its slice counts from the tensor's start.
    ByteBuffer buffer = raw.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    IntToDoubleFunction element = layout.over(buffer);
    double[] values = new double[shape.count()];
    Arrays.setAll(values, i -> element.applyAsDouble(i * size));
    return values;
  }

  private double[] fromField(String origin, Shape shape, int count, IntToDoubleFunction element) {
    if (count != shape.count()) {
      throw file.bad(
          origin
              + ": its shape "
              + shape
              + " needs "
              + shape.count()
              + " numbers, and it holds "
              + count
              + "; the file is damaged, export the model again");
    }
    double[] values = new double[count];
    Arrays.setAll(values, element);
    return values;
  }

  /** The value of an IEEE binary16, exactly. */
  private static double half(int bits) {
    double sign = (bits & 0x8000) == 0 ? 1 : -1;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((double) fraction, -24)
        : sign * Math.scalb((double) (fraction | 0x400), exponent - 25);
  }

  /** The value of a bfloat16: the upper half of a binary32. */
  private static double brain(int bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
