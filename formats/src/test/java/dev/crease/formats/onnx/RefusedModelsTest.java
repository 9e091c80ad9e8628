package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.shaped;
import static dev.crease.formats.onnx.TestModel.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is refused, with which type, and that the message is one line naming file and place. */
class RefusedModelsTest {

  private final List<DynamicTest> tests = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> oneClearLine() {
    operators();
    operands();
    layouts();
    tensors();
    graphs();
    return tests.stream();
  }

  private void unsupported(String name, TestModel model, String... fragments) {
    refused(Unsupported.class, name, model.output("y"), fragments);
  }

  private void bad(String name, TestModel model, String... fragments) {
    refused(BadInput.class, name, model.output("y"), fragments);
  }

  private void refused(
      Class<? extends CreaseException> type, String name, TestModel model, String... fragments) {
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              CreaseException refusal = assertThrows(CreaseException.class, model::read);
              String message = refusal.getMessage();
              assertEquals(type, refusal.getClass(), message);
              assertTrue(message.startsWith("dir/net.onnx: "), message);
              assertEquals(1, message.lines().count(), message);
              assertTrue(message.contains("; "), "no remedy in: " + message);
              for (String fragment : fragments) {
                assertTrue(message.contains(fragment), "no <" + fragment + "> in: " + message);
              }
            }));
  }

  private void operators() {
    for (String op : List.of("Sigmoid", "Tanh", "Elu", "Softmax", "Gelu", "HardSwish")) {
      unsupported(
          op + " inside",
          floats(3).node(op, "x", "a").node("Relu", "a", "y"),
          "(" + op + ")",
          "only piecewise linear functions are certified",
          "train");
    }
    unsupported("Elu at the end", floats(3).node("Elu", "x", "y"), "(Elu)", "train");
    unsupported("ThresholdedRelu", floats(3).node("ThresholdedRelu", "x", "y"), "jumps");
    unsupported("Shrink with a jump", floats(3).node("Shrink", "x", "y"), "jumps at 0.5");
    unsupported("Sign of an activation", floats(3).node("Sign", "x", "y"), "jumps");
    unsupported("ArgMax", floats(3).node("ArgMax", "x", "y"), "jumps", "--output");
    unsupported(
        "Where by an activation",
        floats(3).node("Where", "x x x", "y"),
        "'x' is computed from the network's input");
    unsupported(
        "a norm",
        floats().input("x", 1, 2, 3).random("s", 2).node("InstanceNormalization", "x s s", "y"),
        "variance");
    unsupported("a layer's norm", floats(3).node("LayerNormalization", "x", "y"), "divides by");
    unsupported("a recurrent layer", floats(3).node("LSTM", "x", "y"), "recurrent");
    unsupported("a branch", floats(3).node("If", "x", "y"), "decides what it does when it runs");
    unsupported(
        "Sigmoid at the end",
        floats(3).node("Relu", "x", "a").node("Sigmoid", "a", "b").node("Flatten", "b", "y"),
        "can be certified",
        "--cut-last-activation",
        "one-to-one");
    unsupported(
        "Softmax at the end",
        floats(3).node("Relu", "x", "a").node("Softmax", "a", "y"),
        "--cut-last-activation",
        "need not be");
    unsupported(
        "quantised",
        floats(3).random("s").node("QuantizeLinear", "x s", "a").node("Relu", "a", "y"),
        "quantised");
    TestModel quantised = floats(3).node("QLinearAdd", "x", "y");
    quantised.graph().getNodeBuilder(0).setDomain("com.microsoft");
    unsupported("quantised in another domain", quantised, "quantised");
    TestModel normalizer = floats(3).node("Normalizer", "x", "y");
    normalizer.graph().getNodeBuilder(0).setDomain("ai.onnx.ml");
    unsupported("a Normalizer", normalizer, "divides by the norm");
    for (long opset : new long[] {7, 9, 13, 17}) {
      unsupported(
          "BatchNormalization in training by its outputs, operator set " + opset,
          floats(3)
              .opset(opset)
              .random("s", 3)
              .node("BatchNormalization", "x s s s s", "y a b c d"),
          "training mode");
    }
    unsupported(
        "BatchNormalization by element",
        floats(3)
            .opset(7)
            .random("s", 3)
            .node("BatchNormalization", "x s s s s", "y", integer("spatial", 0)),
        "for each element");
    unsupported(
        "an operator that is not known",
        floats(3).node("Relu", "x", "a").node("Det", "a", "y"),
        "node 1 'make_y' (Det)",
        "Gemm");
    TestModel domain = floats(3).node("Relu", "x", "y");
    domain.graph().getNodeBuilder(0).setDomain("com.example");
    unsupported("another domain", domain, "(Relu)", "'com.example'");
    unsupported(
        "product of activations",
        floats(3).node("Mul", "x x", "y"),
        "(Mul)",
        "not piecewise linear");
    unsupported(
        "matrix product of activations",
        floats().input("x", 1, 1).node("MatMul", "x x", "y"),
        "(MatMul)",
        "not piecewise linear");
    unsupported(
        "Gemm of activations", floats().input("x", 1, 1).node("Gemm", "x x", "y"), "(Gemm)");
    unsupported(
        "constant divided by activation",
        floats(3).random("c", 3).node("Div", "c x", "y"),
        "(Div)",
        "divides by 'x'");
    unsupported(
        "Clip by a computed bound", floats().input("x", 1).node("Clip", "x x", "y"), "(Clip)");
    unsupported(
        "Dropout in training",
        floats(3)
            .tensor("r", new double[] {0.5})
            .tensor(raw("t", DataType.BOOL, new double[] {1}))
            .node("Dropout", "x r t", "y"),
        "training mode");
    unsupported(
        "BatchNormalization in training",
        floats(3)
            .random("s", 3)
            .node("BatchNormalization", "x s s s s", "y", integer("training_mode", 1)),
        "training mode");
    unsupported(
        "Cast to whole numbers",
        floats(3).node("Cast", "x", "y", integer("to", 7)),
        "(Cast)",
        "INT64");
    unsupported(
        "Cast of constants to another type",
        floats(3).random("c", 3).node("Cast", "c", "d", integer("to", 2)).node("Add", "x d", "y"),
        "node 0 'make_d' (Cast)",
        "UINT8");
    unsupported(
        "Cast to half precision within the network",
        floats(3).node("Relu", "x", "h").node("Cast", "h", "y", integer("to", 10)),
        "(Cast)",
        "11 bits");
    unsupported(
        "Constant of a string",
        floats(3)
            .node(
                "Constant",
                "",
                "y",
                TestModel.attribute("value_string", AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8("a"))
                    .build()),
        "(Constant)");
  }

  private void operands() {
    bad("missing operand", floats(3).node("Add", "x", "y"), "(Add)", "input 1 is missing");
    bad("empty operand", floats(3).node("Add", "x -", "y"), "(Add)", "input 1 is missing");
    bad(
        "operand that nothing makes",
        floats(3).node("Add", "x ghost", "y"),
        "(Add)",
        "'ghost' is made by no earlier node");
    bad(
        "operand made of itself",
        floats(3).node("Add", "x b", "y").node("Neg", "y", "b"),
        "depends on its own result");
    bad(
        "attribute of another name",
        floats(2).random("w", 2, 2).node("Gemm", "x w", "y", integer("transb", 1)),
        "(Gemm)",
        "'transb' is not one of",
        "transB");
    bad(
        "attribute of a newer operator set",
        floats(2).opset(13).ints("s", 1, 2).node("Reshape", "x s", "y", integer("allowzero", 0)),
        "'allowzero'",
        "operator set 13");
    bad(
        "attribute of an older operator set",
        floats(2).opset(17).node("Unsqueeze", "x", "y", integers("axes", 0)),
        "'axes'",
        "operator set 17");
    bad("too many inputs", floats(2).node("Relu", "x x", "y"), "2 inputs");
    bad("too many outputs", floats(2).node("Relu", "x", "y z"), "2 outputs");
    bad(
        "a Constant with two values",
        floats(2)
            .node("Constant", "", "c", number("value_float", 1), integer("value_int", 1))
            .node("Add", "x c", "y"),
        "2 values");
    unsupported(
        "dropout mask",
        floats(3).node("Dropout", "x", "d m").node("Add", "d m", "y"),
        "its output 'm' is used, and the mask");
    for (double poison : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      bad(
          "weight " + poison,
          floats(2).tensor("w", new double[] {1, 2, poison, 4}, 2, 2).node("MatMul", "x w", "y"),
          "node 0 'make_y' (MatMul)",
          "entry 2 of initialiser 'w' is " + poison);
    }
    bad(
        "NaN attribute",
        floats(2).random("w", 2, 2).node("Gemm", "x w", "y", number("alpha", Double.NaN)),
        "(Gemm)",
        "alpha");
    bad(
        "attribute of another type",
        floats(2).random("w", 2, 2).node("Gemm", "x w", "y", number("transB", 1)),
        "(Gemm)",
        "transB");
    bad(
        "Gemm of wrong shapes",
        floats(2).random("w", 3, 2).node("Gemm", "x w", "y"),
        "(Gemm)",
        "[1, 2] and [3, 2]");
    bad(
        "Gemm of a vector",
        floats().input("x", 3).random("w", 3, 2).node("Gemm", "x w", "y"),
        "(Gemm)",
        "'x' has shape [3]");
    bad(
        "Gemm with C of wrong shape",
        floats(2).random("w", 2, 2).random("c", 3).node("Gemm", "x w c", "y"),
        "(Gemm)",
        "C of shape [3]");
    bad(
        "Gemm with C of more rows",
        floats(2).random("w", 2, 2).random("c", 5, 2).node("Gemm", "x w c", "y"),
        "(Gemm)",
        "C of shape [5, 2]");
    bad(
        "MatMul of wrong shapes",
        floats(2).random("w", 3).node("MatMul", "x w", "y"),
        "(MatMul)",
        "[1, 2] and [3]");
    bad("MatMul by a scalar", floats(2).random("w").node("MatMul", "x w", "y"), "(MatMul)", "[]");
    bad(
        "Add of wrong shapes",
        floats(2).random("c", 3).node("Add", "x c", "y"),
        "(Add)",
        "[1, 2] and [3]");
    bad(
        "Max of wrong shapes",
        floats(2).tensor("c", new double[3], 3).node("Max", "x c", "y"),
        "(Max)",
        "[1, 2] and [3]");
    bad(
        "division by zero",
        floats(2).tensor("c", new double[] {1, 0}, 2).node("Div", "x c", "y"),
        "(Div)",
        "divides by 0.0",
        "'c'");
    bad(
        "overflow of constants",
        doubles()
            .input("x", 1)
            .tensor("c", new double[] {1e300})
            .node("Mul", "c c", "d")
            .node("Add", "x d", "y"),
        "node 1 'make_y' (Add)",
        "node 0 'make_d' (Mul) is Infinity");
    bad(
        "BatchNormalization of wrong size",
        floats(3).random("s", 2).node("BatchNormalization", "x s s s s", "y"),
        "(BatchNormalization)",
        "2 entries for 3 channels");
    bad(
        "negative variance",
        floats(2)
            .random("s", 2)
            .tensor("v", new double[] {1, -1}, 2)
            .node("BatchNormalization", "x s s s v", "y"),
        "(BatchNormalization)",
        "channel 1");
  }

  private void layouts() {
    bad(
        "Reshape of wrong count",
        floats(3).ints("s", 2, 2).node("Reshape", "x s", "y"),
        "(Reshape)",
        "[1, 3]",
        "[2, 2]");
    bad("Reshape to two open axes", floats(3).ints("s", -1, -1).node("Reshape", "x s", "y"));
    bad("Reshape to a negative axis", floats(3).ints("s", -3).node("Reshape", "x s", "y"));
    bad("Reshape that copies no axis", floats(3).ints("s", 1, 3, 0).node("Reshape", "x s", "y"));
    unsupported(
        "Reshape to a huge shape",
        floats(3).ints("s", 1L << 40, 1L << 40).node("Reshape", "x s", "y"),
        "(Reshape)");
    bad(
        "Reshape by a shape of floats",
        floats(3).tensor("s", new double[] {3}, 1).node("Reshape", "x s", "y"),
        "'s'",
        "FLOAT");
    unsupported(
        "Reshape by a computed shape",
        floats(3).node("Reshape", "x x", "y"),
        "(Reshape)",
        "must be a constant");
    bad("Flatten at no axis", floats(3).node("Flatten", "x", "y", integer("axis", 4)), "axis 4");
    bad(
        "Squeeze of a wide axis",
        floats(3).ints("a", 1).node("Squeeze", "x a", "y"),
        "axis 1",
        "[1, 3]");
    bad("Unsqueeze without axes", floats(3).node("Unsqueeze", "x", "y"), "axes");
    bad("Unsqueeze twice", floats(3).ints("a", 0, 0).node("Unsqueeze", "x a", "y"), "twice");
    bad(
        "Transpose of no permutation",
        floats(3).node("Transpose", "x", "y", integers("perm", 0)),
        "(Transpose)");
    bad(
        "Gather outside",
        floats(3).ints("i", 3).node("Gather", "x i", "y", integer("axis", 1)),
        "(Gather)",
        "index 3");
    bad(
        "Slice with step 0",
        floats(3).ints("z", 0).ints("e", 2).node("Slice", "x z e z z", "y"),
        "step is 0");
    bad("Slice without ends", floats(3).ints("z", 0).node("Slice", "x z", "y"), "ends");
    bad(
        "Slice of uneven lists",
        floats(3).ints("z", 0).ints("e", 1, 2).node("Slice", "x z e", "y"),
        "(Slice)");
    bad(
        "Split of wrong sum",
        floats(3).ints("s", 1, 1).node("Split", "x s", "y b", integer("axis", 1)),
        "[1, 1]");
    bad(
        "Split of wrong number",
        floats(3)
            .opset(18)
            .node("Split", "x", "y b", integer("axis", 1), integer("num_outputs", 3)),
        "2 outputs");
    bad(
        "Concat of wrong shapes",
        floats(3).random("c", 2, 3).node("Concat", "x c", "y", integer("axis", 1)),
        "(Concat)",
        "[1, 3] and [2, 3]");
    unsupported(
        "broadcast to a huge shape",
        floats().input("x", 1, 100_000).random("c", 1000, 1).node("Add", "x c", "y"),
        "(Add)");
    unsupported(
        "broadcast of constants to a huge shape",
        floats()
            .input("x", 1)
            .tensor("a", new double[20_000], 20_000, 1)
            .tensor("b", new double[20_000], 20_000)
            .node("Add", "a b", "c")
            .node("Add", "x c", "y"),
        "node 0 'make_c' (Add)");
    unsupported(
        "identity of a huge input",
        floats().input("x", 1, 200_000).node("Relu", "x", "y"),
        "weights");
  }

  private void tensors() {
    unsupported(
        "external data",
        weights(shaped("w", DataType.FLOAT, 2, 2).setDataLocation(DataLocation.EXTERNAL).build()),
        "initialiser 'w'",
        "not read from a file");
    bad(
        "raw data that is too short",
        weights(
            shaped("w", DataType.FLOAT, 2, 2)
                .setRawData(ByteString.copyFrom(new byte[15]))
                .build()),
        "initialiser 'w'",
        "16 bytes",
        "15");
    bad(
        "dimensions that lie",
        weights(
            shaped("w", DataType.FLOAT, 40_000, 40_000)
                .setRawData(ByteString.copyFrom(new byte[16]))
                .build()),
        "initialiser 'w'",
        "6400000000 bytes");
    bad(
        "dimensions that overflow",
        weights(
            shaped("w", DataType.FLOAT)
                .addDims(1L << 32)
                .addDims(1L << 32)
                .setRawData(ByteString.copyFrom(new byte[16]))
                .build()),
        "initialiser 'w'",
        "dimension 0");
    bad(
        "a negative dimension",
        weights(shaped("w", DataType.FLOAT, 2, -2).build()),
        "dimension 1 is -2");
    bad(
        "a field that is too short",
        weights(shaped("w", DataType.FLOAT, 2, 2).addFloatData(1).build()),
        "initialiser 'w'",
        "4 numbers",
        "1");
    bad("no data", weights(shaped("w", DataType.DOUBLE, 2, 2).build()), "initialiser 'w'");
    bad(
        "an element type that does not exist",
        weights(shaped("w", DataType.FLOAT, 2, 2).setDataType(99).build()),
        "type 99");
    for (DataType type : List.of(DataType.FLOAT8E5M2, DataType.STRING, DataType.COMPLEX64)) {
      unsupported(
          "elements of type " + type,
          weights(shaped("w", type, 2, 2).build()),
          "initialiser 'w'",
          type.toString());
    }
    bad(
        "the same initialiser twice",
        floats(2).random("w", 2, 2).random("w", 2, 2).node("MatMul", "x w", "y"),
        "'w' is there twice");
    TestModel sparse = floats(2).node("MatMul", "x w", "y");
    sparse.graph().addSparseInitializer(sparse(3, 1));
    bad("a sparse initialiser with an index outside", sparse, "'w'", "index 0");
    TestModel twice = floats(2).node("MatMul", "x w", "y");
    twice.graph().addSparseInitializer(sparse(2, 2));
    bad("a sparse initialiser with an index twice", twice, "'w'", "index 1");
    bad(
        "data here and in another file",
        weights(
            shaped("w", DataType.FLOAT, 2, 2)
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location"))
                .build()),
        "another file");
    bad(
        "a name of several lines",
        floats(2).random("w\nv", 3).node("Add", "x w\nv", "y"),
        "[1, 2] and [3]");
    bad("a name of several lines, named", floats(2).node("Add", "x w\nv\u2028", "y"), "'w?v?'");
    bad("a very long name", floats(2).node("Add", "x " + "w".repeat(500), "y"), "www...'");
  }

  /** A vector of two, of which two places are stated. */
  private static SparseTensorProto sparse(long... places) {
    var indices = shaped("", DataType.INT64, 2);
    Arrays.stream(places).forEach(indices::addInt64Data);
    return SparseTensorProto.newBuilder()
        .setValues(shaped("w", DataType.FLOAT, 2).addFloatData(1).addFloatData(2))
        .setIndices(indices)
        .addDims(3)
        .build();
  }

  private static TestModel weights(TensorProto tensor) {
    return floats(2).tensor(tensor).node("MatMul", "x w", "y");
  }

  private void graphs() {
    unsupported(
        "two inputs",
        floats().input("x", 1, 2).input("u", 1, 2).node("Add", "x u", "y"),
        "2 inputs ('x', 'u')");
    unsupported(
        "two outputs",
        floats(2).node("Relu", "x", "z").node("Neg", "x", "y").output("z"),
        "2 outputs ('z', 'y')");
    bad("no input", floats().random("c", 2).node("Relu", "c", "y"), "no input");
    refused(BadInput.class, "no output", floats(2).node("Relu", "x", "y"), "no output");
    bad("an output that nothing makes", floats(2).node("Relu", "x", "z"), "output 'y'");
    bad(
        "a value made twice",
        floats(2).node("Relu", "x", "y").node("Neg", "x", "y"),
        "node 1 'make_y' (Neg)",
        "'y' exists already");
    bad(
        "an output without elements",
        floats(2).ints("s", 1).ints("e", 0).ints("a", 1).node("Slice", "x s e a", "y"),
        "output 'y'");
    bad(
        "a constant output that is infinite",
        floats(2)
            .tensor("c", new double[] {Double.POSITIVE_INFINITY}, 1)
            .node("Identity", "c", "y"),
        "Infinity");
    for (int version : new int[] {1, 5}) {
      unsupported(
          "operator set " + version,
          floats(2).opset(version).node("Relu", "x", "y"),
          "operator set " + version,
          "6 is the oldest");
    }
    TestModel crowd = floats(2).random("k", 1 << 10);
    for (int i = 0; i < 17; i++) {
      String last = i == 0 ? "k" : "c" + (i - 1);
      crowd.node("Concat", last + " " + last, "c" + i, integer("axis", 0));
    }
    unsupported(
        "more constants than memory",
        crowd
            .node("Neg", "c16", "n")
            .ints("s", 0)
            .ints("e", 2)
            .node("Slice", "n s e", "f")
            .node("Add", "x f", "y"),
        "elements",
        "(");
    bad(
        "an open feature dimension",
        floats().input("x", "batch", "features").node("Relu", "x", "y"),
        "input 'x'",
        "dimension 1 open");
    bad("an open vector", floats().input("x", "n").node("Relu", "x", "y"), "dimension 0 open");
    bad("an input of no shape", floats().input("x").node("Relu", "x", "y"), "states no shape");
    bad("an empty input", floats().input("x", 1, 0).node("Relu", "x", "y"), "no elements");
    unsupported(
        "a huge input",
        floats().input("x", 1, Integer.MAX_VALUE).node("Relu", "x", "y"),
        "input 'x'",
        "more than");
    unsupported(
        "an input of whole numbers",
        floats().input(value("x", DataType.INT64, 1, 2)).node("Relu", "x", "y"),
        "input 'x'",
        "INT64");
    unsupported(
        "an input that is no tensor",
        floats()
            .input(
                ValueInfoProto.newBuilder()
                    .setName("x")
                    .setType(
                        TypeProto.newBuilder()
                            .setSequenceType(TypeProto.Sequence.getDefaultInstance()))
                    .build())
            .node("Relu", "x", "y"),
        "input 'x' is not a tensor");
  }
}
