package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.crease.formats.source.SourceFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Decodes the tensors of an ONNX file: float32, float64, float16, bfloat16, whole numbers of 8 to
 * 64 bits and bool, as raw bytes, in the typed field or in another file beside it. The amount of
 * stored data is compared with the dimensions before anything of that size is allocated.
 */
final class TensorDecoder {

  private final SourceFile file;
  private final ExternalData external;

  TensorDecoder(SourceFile file, ExternalData external) {
    this.file = file;
    this.external = external;
  }

  /**
   * The numbers of a tensor.
   *
   * @param origin where it stands, to begin a message with, such as {@code initialiser 'W'}
   */
  Tensor.Constant decode(String origin, TensorProto proto) {
    if (proto.getDataLocation() != DataLocation.EXTERNAL && proto.getExternalDataCount() > 0) {
      throw file.bad(
          origin
              + ": it names another file, and says that its data is here; export the model again");
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
    Shape shape = shape(origin, proto.getDimsList());
    boolean raw = proto.hasRawData() || proto.getDataLocation() == DataLocation.EXTERNAL;
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
          case UINT64 ->
              raw
                  ? fromRaw(
                      origin, proto, shape, Long.BYTES, buffer -> i -> unsigned(buffer.getLong(i)))
                  : fromField(
                      origin,
                      shape,
                      proto.getUint64DataCount(),
                      i -> unsigned(proto.getUint64Data(i)));
          case UINT32 ->
              raw
                  ? fromRaw(
                      origin,
                      proto,
                      shape,
                      Integer.BYTES,
                      buffer -> i -> Integer.toUnsignedLong(buffer.getInt(i)))
                  : fromField(
                      origin,
                      shape,
                      proto.getUint64DataCount(),
                      i -> unsigned(proto.getUint64Data(i)));
          case INT16 ->
              raw
                  ? fromRaw(origin, proto, shape, Short.BYTES, buffer -> buffer::getShort)
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case UINT16 ->
              raw
                  ? fromRaw(
                      origin,
                      proto,
                      shape,
                      Short.BYTES,
                      buffer -> i -> Short.toUnsignedInt(buffer.getShort(i)))
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case UINT8 ->
              raw
                  ? fromRaw(
                      origin,
                      proto,
                      shape,
                      Byte.BYTES,
                      buffer -> i -> Byte.toUnsignedInt(buffer.get(i)))
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case INT8 ->
              raw
                  ? fromRaw(origin, proto, shape, Byte.BYTES, buffer -> buffer::get)
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case BOOL ->
              raw
                  ? fromRaw(origin, proto, shape, Byte.BYTES, buffer -> buffer::get)
                  : fromField(origin, shape, proto.getInt32DataCount(), proto::getInt32Data);
          case FLOAT16 ->
              raw
                  ? fromRaw(
                      origin,
                      proto,
                      shape,
                      Short.BYTES,
                      buffer -> i -> HalfPrecision.half(buffer.getShort(i)))
                  : fromField(
                      origin,
                      shape,
                      proto.getInt32DataCount(),
                      i -> HalfPrecision.half(proto.getInt32Data(i)));
          case BFLOAT16 ->
              raw
                  ? fromRaw(
                      origin,
                      proto,
                      shape,
                      Short.BYTES,
                      buffer -> i -> HalfPrecision.brain(buffer.getShort(i)))
                  : fromField(
                      origin,
                      shape,
                      proto.getInt32DataCount(),
                      i -> HalfPrecision.brain(proto.getInt32Data(i)));
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

  private Shape shape(String origin, List<Long> sizes) {
    int[] dims = new int[sizes.size()];
    // Also the product without the zeros stays in range, so that no later count overflows.
    long count = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      long dim = sizes.get(axis);
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
    long expected = (long) shape.count() * size;
    ByteBuffer buffer =
        proto.getDataLocation() == DataLocation.EXTERNAL
            ? external.read(origin, proto, expected)
            : stored(origin, proto, shape, expected);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    IntToDoubleFunction element = layout.over(buffer);
    double[] values = new double[shape.count()];
    Arrays.setAll(values, i -> element.applyAsDouble(i * size));
    return values;
  }

  private ByteBuffer stored(String origin, TensorProto proto, Shape shape, long expected) {
    ByteString raw = proto.getRawData();
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
    return raw.asReadOnlyByteBuffer().slice();
  }

  private static double unsigned(long bits) {
    // Beyond 2^53 it is refused where it is used as a whole number.
    return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
  }

  /**
   * The numbers of a tensor of which only some entries are stored; the others are 0.
   *
   * @param origin as above
   */
  Tensor.Constant decode(String origin, SparseTensorProto proto) {
    Tensor.Constant entries = decode(origin, proto.getValues());
    Tensor.Constant places = decode("the indices of " + origin, proto.getIndices());
    Shape shape = shape(origin, proto.getDimsList());
    int rank = shape.rank();
    int count = entries.values().length;
    boolean byAxis = places.shape().equals(new Shape(count, rank));
    if (!places.isInteger() || !(byAxis || places.shape().equals(new Shape(count)))) {
      throw file.bad(
          origin
              + ": its "
              + count
              + " entries and its indices of shape "
              + places.shape()
              + " do not fit; export the model again");
    }
    double[] values = new double[shape.count()];
    long before = -1;
    for (int k = 0; k < count; k++) {
      long at = byAxis ? 0 : (long) places.values()[k];
      for (int axis = 0; byAxis && axis < rank; axis++) {
        long index = (long) places.values()[k * rank + axis];
        at = index < 0 || index >= shape.dims()[axis] ? -1 : at;
        at = at < 0 ? at : at * shape.dims()[axis] + index;
      }
      if (at <= before || at >= values.length) {
        throw file.bad(
            origin
                + ": index "
                + k
                + " lies outside its shape "
                + shape
                + " or is not above those before it; export the model again");
      }
      values[(int) at] = entries.values()[k];
      before = at;
    }
    return new Tensor.Constant(origin, entries.type(), shape, values);
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
}
