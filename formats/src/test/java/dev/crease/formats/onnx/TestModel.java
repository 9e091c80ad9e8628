package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Builds ONNX models for tests; every method that adds returns this. */
public final class TestModel {

  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = model.getGraphBuilder().setName("test");
  private final DataType type;
  private long opset = 17;

  private TestModel(DataType type) {
    this.type = type;
  }

  public static TestModel floats() {
    return new TestModel(DataType.FLOAT);
  }

  static TestModel doubles() {
    return new TestModel(DataType.DOUBLE);
  }

  /** A model with the input x of shape [batch, width]. */
  public static TestModel floats(int width) {
    return floats().input("x", "batch", width);
  }

  TestModel opset(long version) {
    opset = version;
    return this;
  }

  public TestModel input(String name, Object... dims) {
    graph.addInput(value(name, type, dims));
    return this;
  }

  public TestModel input(ValueInfoProto input) {
    graph.addInput(input);
    return this;
  }

  /** The output; of no stated shape. */
  public TestModel output(String name) {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber()))));
    return this;
  }

  /** A tensor of the model's type, as raw bytes. */
  public TestModel tensor(String name, double[] values, int... dims) {
    return tensor(raw(name, type, values, dims));
  }

  public TestModel tensor(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A tensor of reproducible random entries, exact in float32. */
  public TestModel random(String name, int... dims) {
    int count = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    return tensor(name, randomFloats(name.hashCode(), count), dims);
  }

  /** A vector of int64. */
  public TestModel ints(String name, long... values) {
    return tensor(
        raw(name, DataType.INT64, Arrays.stream(values).asDoubleStream().toArray(), values.length));
  }

  /** A node named like its first output; {@code inputs} and {@code outputs} separated by spaces. */
  public TestModel node(String op, String inputs, String outputs, AttributeProto... attributes) {
    String[] outs = outputs.split(" ", -1);
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).setName("make_" + outs[0]);
    for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
      node.addInput(input.equals("-") ? "" : input);
    }
    node.addAllOutput(Arrays.asList(outs)).addAllAttribute(Arrays.asList(attributes));
    graph.addNode(node);
    return this;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  ModelProto.Builder model() {
    return model;
  }

  public byte[] bytes() {
    return model
        .clone()
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .addAllOpsetImport(model.getOpsetImportList())
        .build()
        .toByteArray();
  }

  ReadNetwork read(ReadOptions options) {
    SourceFile file = new SourceFile("dir/net.onnx", "net");
    return OnnxReader.read(file, bytes(), ExternalData.none(file), options);
  }

  ReadNetwork read() {
    return OnnxReader.read(new SourceFile("dir/net.onnx", "net"), bytes());
  }

  /** The network in the bytes of a model. */
  public static ReadNetwork read(SourceFile file, byte[] bytes) {
    return OnnxReader.read(file, bytes);
  }

  // Values.

  static ValueInfoProto value(String name, DataType type, Object... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dim : dims) {
      if (dim instanceof Integer size) {
        shape.addDimBuilder().setDimValue(size);
      } else {
        shape.addDimBuilder().setDimParam((String) dim);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  static TensorProto raw(String name, DataType type, double[] values, int... dims) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (type) {
        case FLOAT -> buffer.putFloat((float) value);
        case DOUBLE -> buffer.putDouble(value);
        case INT64 -> buffer.putLong((long) value);
        case INT32 -> buffer.putInt((int) value);
        case BOOL -> buffer.put((byte) value);
        default -> throw new IllegalArgumentException(type.toString());
      }
    }
    buffer.flip();
    return shaped(name, type, dims).setRawData(ByteString.copyFrom(buffer)).build();
  }

  static TensorProto.Builder shaped(String name, DataType type, int... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  static double[] randomFloats(long seed, int count) {
    Random random = new Random(seed);
    double[] values = new double[count];
    Arrays.setAll(values, i -> (float) random.nextGaussian());
    return values;
  }

  // Attributes.

  public static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto number(String name, double value) {
    return attribute(name, AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto string(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto numbers(String name, double... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.FLOATS);
    Arrays.stream(values).forEach(value -> attribute.addFloats((float) value));
    return attribute.build();
  }

  static AttributeProto tensorValue(TensorProto value) {
    return attribute("value", AttributeType.TENSOR).setT(value).build();
  }

  static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
