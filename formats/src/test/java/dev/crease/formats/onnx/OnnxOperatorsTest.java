package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.shaped;
import static dev.crease.formats.onnx.TestModel.tensorValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.crease.formats.source.ReadNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each operator, attribute, element type and way of storing a tensor, against ONNX Runtime. */
class OnnxOperatorsTest {

  private final Map<String, TestModel> models = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> agreeWithOnnxRuntime() {
    gemm();
    matMul();
    elementwise();
    activations();
    shapes();
    selections();
    values();
    storage();
    inputs();
    graphs();
    List<DynamicTest> tests = new ArrayList<>();
    models.forEach((name, model) -> tests.add(DynamicTest.dynamicTest(name, () -> check(model))));
    return tests.stream();
  }

  private static void check(TestModel model) {
    ReadNetwork read = model.read();
    assertEquals(read, model.read(), "read twice");
    OnnxRuntimeOracle.assertAgrees(model.bytes(), read.network(), 25, 2);
  }

  /** A model whose tensor y is the output. */
  private void add(String name, TestModel model) {
    models.put(name, model.output("y"));
  }

  private void gemm() {
    for (int transA = 0; transA < 2; transA++) {
      for (int transB = 0; transB < 2; transB++) {
        add(
            "Gemm with transA=" + transA + ", transB=" + transB + ", alpha, beta",
            floats()
                .input("x", transA == 0 ? new Object[] {1, 3} : new Object[] {1, 3, 1})
                .ints("column", 3, 1)
                .node(transA == 0 ? "Identity" : "Reshape", transA == 0 ? "x" : "x column", "a")
                .random("w", transB == 0 ? new int[] {3, 4} : new int[] {4, 3})
                .random("b", 4)
                .node(
                    "Gemm",
                    "a w b",
                    "z",
                    integer("transA", transA),
                    integer("transB", transB),
                    number("alpha", 0.3),
                    number("beta", -1.7))
                .node("Relu", "z", "y"));
      }
    }
    add("Gemm without C", floats(3).random("w", 3, 2).node("Gemm", "x w", "y"));
    add("Gemm with empty C", floats(3).random("w", 3, 2).node("Gemm", "x w -", "y"));
    add("Gemm with scalar C", floats(3).random("w", 3, 2).random("c").node("Gemm", "x w c", "y"));
    add(
        "Gemm with C of one entry",
        floats(3).random("w", 3, 2).random("c", 1).node("Gemm", "x w c", "y"));
    add(
        "Gemm with C as a matrix",
        floats(3).random("w", 3, 2).random("c", 1, 2).node("Gemm", "x w c", "y"));
    add(
        "Gemm with constant A",
        floats()
            .input("x", 1, 6)
            .ints("s", 3, 2)
            .node("Reshape", "x s", "m")
            .random("w", 4, 3)
            .random("c", 4, 1)
            .node("Gemm", "w m c", "z")
            .node("Relu", "z", "y"));
    add(
        "Gemm with constant A and B and a residual as C",
        floats(2)
            .random("a", 1, 3)
            .random("b", 3, 2)
            .node("Gemm", "a b x", "y", number("beta", 0.7)));
    add(
        "Gemm of Gemm",
        floats(3)
            .random("w", 3, 4)
            .random("b", 4)
            .random("v", 4, 2)
            .node("Gemm", "x w b", "z")
            .node("Gemm", "z v", "y", number("alpha", 0.1)));
  }

  private void matMul() {
    for (boolean constantFirst : new boolean[] {false, true}) {
      add(
          "MatMul then Add, bias first: " + constantFirst,
          floats(3)
              .random("w", 3, 4)
              .random("b", 4)
              .node("MatMul", "x w", "p")
              .node("Add", constantFirst ? "b p" : "p b", "z")
              .node("Relu", "z", "y"));
    }
    add(
        "MatMul with the weights on the left",
        floats()
            .input("x", 1, 3, 1)
            .random("w", 4, 3)
            .random("b", 4, 1)
            .node("MatMul", "w x", "p")
            .node("Add", "p b", "z")
            .node("Relu", "z", "y"));
    add(
        "MatMul of a vector and a matrix",
        floats().input("x", 3).random("w", 3, 4).node("MatMul", "x w", "y"));
    add(
        "MatMul of a matrix and a vector",
        floats().input("x", 3).random("w", 4, 3).node("MatMul", "w x", "y"));
    add("MatMul of two vectors", floats().input("x", 3).random("w", 3).node("MatMul", "x w", "y"));
    add(
        "MatMul to a vector of weights",
        floats().input("x", 1, 4, 3).random("w", 3).node("MatMul", "x w", "y"));
    add(
        "MatMul over a sequence",
        floats().input("x", "n", 4, 3).random("w", 3, 2).node("MatMul", "x w", "y"));
    add(
        "MatMul with batches of weights",
        floats().input("x", 1, 1, 2, 3).random("w", 5, 3, 2).node("MatMul", "x w", "y"));
    add(
        "MatMul with batches on the left",
        floats().input("x", 1, 3, 2).random("w", 5, 4, 3).node("MatMul", "w x", "y"));
  }

  private void elementwise() {
    for (String op : List.of("Add", "Sub", "Mul")) {
      for (String order : List.of("h c", "c h")) {
        add(op + " " + order, hidden().random("c", 4).node(op, order, "z").node("Relu", "z", "y"));
        add(
            op + " broadcast " + order,
            floats().input("x", 1, 3).random("c", 2, 1).node(op, order.replace('h', 'x'), "y"));
      }
    }
    add(
        "Sub of activations",
        hidden().random("v", 3, 4).node("Gemm", "x v", "g").node("Sub", "h g", "y"));
    add("Sub of itself", hidden().node("Sub", "h h", "z").node("Add", "z h", "y"));
    add(
        "Div by powers of two",
        hidden().tensor("c", new double[] {2, -4, 0.5, 1}, 4).node("Div", "h c", "y"));
    add(
        "Div by other constants",
        hidden()
            .tensor("c", new double[] {3, -7, 0.3f, 1}, 4)
            .node("Div", "h c", "d")
            .random("v", 4, 2)
            .node("Gemm", "d v", "y"));
    add(
        "normalisation",
        floats(3)
            .random("mean", 3)
            .tensor("std", new double[] {0.3f, 2, 5}, 3)
            .random("w", 3, 2)
            .node("Sub", "x mean", "c")
            .node("Div", "c std", "n")
            .node("MatMul", "n w", "m")
            .node("Relu", "m", "y"));
    add("Neg", hidden().node("Neg", "h", "z").random("v", 4, 2).node("Gemm", "z v", "y"));
    add(
        "Mul by scalar then Gemm",
        hidden().random("c").random("v", 4, 2).node("Mul", "h c", "z").node("Gemm", "z v", "y"));
    add(
        "Mul by zero",
        hidden().tensor("c", new double[] {0, 1, -0.0, 3}, 4).node("Mul", "h c", "y"));
    add("Sum", hidden().random("c", 4).random("d").node("Sum", "h c d h", "y"));
    add("Sum of one", hidden().node("Sum", "h", "y"));
    add(
        "arithmetic of constants",
        hidden()
            .random("c", 4)
            .random("d", 4)
            .random("e", 4)
            .node("Add", "c d", "f")
            .node("Mul", "f e", "g")
            .node("Sub", "g c", "i")
            .node("Neg", "i", "j")
            .node("Relu", "j", "k")
            .node("Add", "h k", "y"));
    add(
        "BatchNormalization",
        hidden()
            .random("s", 4)
            .random("b", 4)
            .random("m", 4)
            .tensor("v", new double[] {0.5, 1, 2, 0.1f}, 4)
            .node("BatchNormalization", "h s b m v", "z", number("epsilon", 1e-3))
            .node("Relu", "z", "y"));
    add(
        "BatchNormalization over a channel axis",
        floats()
            .input("x", "n", 2, 3)
            .random("s", 2)
            .random("b", 2)
            .random("m", 2)
            .tensor("v", new double[] {0.5, 1}, 2)
            .node("BatchNormalization", "x s b m v", "y"));
  }

  private void activations() {
    add("Relu of Relu", hidden().node("Relu", "h", "y"));
    add(
        "Relu twice of one value",
        floats(3).node("Relu", "x", "a").node("Relu", "x", "b").node("Add", "a b", "y"));
    add("Relu of the input", floats(3).node("Relu", "x", "y"));
    for (String order : List.of("z zero", "zero z")) {
      add("Max " + order, linear().tensor("zero", new double[] {0}).node("Max", order, "y"));
      add(
          "Max broadcast " + order,
          linear().tensor("zero", new double[] {0, -0.0}, 2, 1).node("Max", order, "y"));
    }
    add("Max of one", linear().node("Max", "z", "y"));
    add("Clip without max", linear().tensor("zero", new double[] {0}).node("Clip", "z zero", "y"));
    add(
        "Clip with empty max",
        linear().tensor("zero", new double[] {0}).node("Clip", "z zero -", "y"));
    add(
        "Clip to infinity",
        linear()
            .tensor("zero", new double[] {0})
            .tensor("inf", new double[] {Double.POSITIVE_INFINITY})
            .node("Clip", "z zero inf", "y"));
    add(
        "Clip to the largest float",
        linear()
            .tensor("zero", new double[] {0})
            .tensor("big", new double[] {Float.MAX_VALUE})
            .node("Clip", "z zero big", "y"));
    add("Clip of old", linear().opset(10).node("Clip", "z", "y", number("min", 0)));
    add("Clip of nothing", linear().node("Clip", "z", "y"));
    add(
        "LeakyRelu written out",
        linear()
            .tensor("a", new double[] {0.01f})
            .node("Neg", "z", "n")
            .node("Relu", "z", "p")
            .node("Relu", "n", "q")
            .node("Mul", "q a", "r")
            .node("Sub", "p r", "y"));
    add(
        "absolute value and more",
        floats(3)
            .node("Neg", "x", "n")
            .node("Relu", "x", "p")
            .node("Relu", "n", "q")
            .node("Add", "p q", "a")
            .node("Sub", "a x", "y"));
  }

  private void shapes() {
    for (int axis = -3; axis <= 3; axis++) {
      add(
          "Flatten at axis " + axis,
          floats()
              .input("x", 1, 2, 3)
              .node("Flatten", "x", "f", integer("axis", axis))
              .node("Relu", "f", "y"));
    }
    add(
        "Flatten",
        floats()
            .input("x", "n", 2, 3)
            .random("w", 6, 2)
            .node("Flatten", "x", "f")
            .node("Gemm", "f w", "y"));
    add(
        "Reshape with -1",
        floats()
            .input("x", "n", 2, 3)
            .ints("s", -1, 6)
            .random("w", 6, 2)
            .node("Reshape", "x s", "f")
            .node("Gemm", "f w", "y"));
    add(
        "Reshape with 0",
        floats()
            .input("x", "n", 2, 3)
            .ints("s", 0, -1)
            .random("w", 6, 2)
            .node("Reshape", "x s", "f")
            .node("Gemm", "f w", "y"));
    add(
        "Reshape of weights",
        floats(3)
            .ints("s", 3, -1)
            .random("v", 6)
            .node("Reshape", "v s", "w")
            .node("MatMul", "x w", "y"));
    add(
        "Reshape by computed shape",
        floats()
            .input("x", "n", 2, 3)
            .ints("zero", 0)
            .ints("minus", -1)
            .ints("axis", 0)
            .node("Shape", "x", "s")
            .node("Gather", "s zero", "n", integer("axis", 0))
            .node("Concat", "n minus", "t", integer("axis", 0))
            .node("Reshape", "x t", "y"));
    add(
        "Shape with start and end",
        floats()
            .input("x", "n", 2, 3)
            .opset(15)
            .ints("minus", -1)
            .node("Shape", "x", "s", integer("start", -2), integer("end", -1))
            .node("Concat", "s minus", "t", integer("axis", 0))
            .node("Reshape", "x t", "y"));
    add(
        "computed sizes",
        floats()
            .input("x", "n", 2, 6)
            .ints("two", 2)
            .ints("one", 1)
            .node("Shape", "x", "s", integer("start", 2))
            .node("Div", "s two", "half")
            .node("Add", "half one", "four")
            .node("Sub", "four one", "three")
            .node("Mul", "three two", "six")
            .node("Concat", "two six", "t", integer("axis", 0))
            .node("Reshape", "x t", "y"));
    add(
        "Squeeze of old",
        floats().input("x", 1, 3, 1).opset(11).node("Squeeze", "x", "y", integers("axes", 2)));
    add("Squeeze", floats().input("x", 1, 3, 1).ints("a", -1).node("Squeeze", "x a", "y"));
    add(
        "Squeeze of all",
        floats()
            .input("x", 1, 3, 1)
            .random("w", 3, 2)
            .node("Squeeze", "x", "s")
            .node("MatMul", "s w", "y"));
    add(
        "Unsqueeze of old",
        floats(3)
            .opset(11)
            .random("w", 1, 3, 2)
            .node("Unsqueeze", "x", "u", integers("axes", 1))
            .node("MatMul", "u w", "y"));
    add(
        "Unsqueeze",
        floats(3)
            .ints("a", -1, 0)
            .random("w", 2, 3)
            .node("Unsqueeze", "x a", "u")
            .node("MatMul", "w u", "y"));
    add(
        "Transpose of weights",
        floats(3).random("v", 4, 3).node("Transpose", "v", "w").node("MatMul", "x w", "y"));
    add(
        "Transpose of activations",
        floats()
            .input("x", 1, 2, 3)
            .random("w", 2, 2)
            .node("Transpose", "x", "t", integers("perm", 0, 2, 1))
            .node("MatMul", "t w", "y"));
    add(
        "Transpose of a batch of one",
        floats(3).random("w", 2, 3).node("Transpose", "x", "t").node("MatMul", "w t", "y"));
    add(
        "Transpose of three axes",
        floats()
            .input("x", 1, 2, 3)
            .random("c", 1, 2, 3)
            .node("Add", "x c", "a")
            .node("Transpose", "a", "t", integers("perm", 2, 0, 1))
            .node("Relu", "t", "y"));
  }

  private void selections() {
    add(
        "Concat of activations",
        hidden()
            .node("Concat", "x h x", "c", integer("axis", 1))
            .random("v", 10, 2)
            .node("Gemm", "c v", "y"));
    add(
        "Concat with a constant",
        hidden()
            .random("k", 1, 2)
            .node("Concat", "h k", "c", integer("axis", -1))
            .random("v", 6, 2)
            .node("Gemm", "c v", "y"));
    add(
        "Concat along the batch",
        hidden()
            .node("Concat", "h h", "c", integer("axis", 0))
            .random("v", 4, 2)
            .node("MatMul", "c v", "y"));
    add(
        "Concat of weights",
        floats(3)
            .random("a", 3, 2)
            .random("b", 3, 1)
            .node("Concat", "a b", "w", integer("axis", 1))
            .node("MatMul", "x w", "y"));
    add(
        "Split in equal parts",
        hidden().node("Split", "h", "a b", integer("axis", 1)).node("Sub", "a b", "y"));
    add(
        "Split of old",
        hidden()
            .opset(11)
            .node("Split", "h", "a b", integer("axis", 1), integers("split", 1, 3))
            .node("Add", "a b", "y"));
    add(
        "Split",
        hidden()
            .ints("s", 3, 1)
            .node("Split", "h s", "a b", integer("axis", -1))
            .node("Mul", "a two", "d")
            .tensor("two", new double[] {2})
            .node("Add", "b d", "y"));
    add(
        "Split in unequal parts",
        floats(5)
            .opset(18)
            .node("Split", "x", "a b c", integer("axis", 1), integer("num_outputs", 3))
            .node("Concat", "c a", "y", integer("axis", 1)));
    add(
        "Slice of old",
        hidden()
            .opset(9)
            .node(
                "Slice",
                "h",
                "y",
                integers("starts", 0, 1),
                integers("ends", 9, -1),
                integers("axes", 0, 1)));
    add(
        "Slice",
        hidden().ints("s", 1).ints("e", Long.MAX_VALUE).ints("a", 1).node("Slice", "h s e a", "y"));
    add(
        "Slice without axes",
        hidden().ints("s", 0, -3).ints("e", 1, 4).node("Slice", "h s e", "y"));
    add(
        "Slice backwards",
        hidden()
            .ints("s", -1)
            .ints("e", Long.MIN_VALUE)
            .ints("a", -1)
            .ints("p", -2)
            .node("Slice", "h s e a p", "y"));
    add(
        "Slice with a long step",
        hidden()
            .ints("s", 0)
            .ints("e", 100)
            .ints("a", 1)
            .ints("p", 3)
            .node("Slice", "h s e a p", "y"));
    add(
        "Gather",
        hidden()
            .ints("i", 3, 0, -2, 3)
            .node("Gather", "h i", "g", integer("axis", 1))
            .random("v", 4, 2)
            .node("Gemm", "g v", "y"));
    add(
        "Gather of a matrix of indices",
        floats()
            .input("x", 5)
            .tensor(raw("i", DataType.INT32, new double[] {4, 0, 1, 1}, 2, 2))
            .node("Gather", "x i", "g")
            .random("w", 2, 3)
            .node("MatMul", "g w", "y"));
    add(
        "Gather of one",
        floats()
            .input("x", 5)
            .tensor(raw("i", DataType.INT64, new double[] {2}))
            .node("Gather", "x i", "g")
            .random("w", 3)
            .node("Mul", "g w", "y"));
  }

  private void values() {
    add(
        "Constant",
        floats(2)
            .node(
                "Constant",
                "",
                "w",
                tensorValue(raw("", DataType.FLOAT, TestModel.randomFloats(1, 4), 2, 2)))
            .node("Constant", "", "f", number("value_float", 0.3))
            .node(
                "Constant",
                "",
                "fs",
                TestModel.attribute("value_floats", AttributeType.FLOATS)
                    .addFloats(1.5f)
                    .addFloats(-0.7f)
                    .build())
            .node("Constant", "", "is", integers("value_ints", 1, 0))
            .node("Constant", "", "i", integer("value_int", 1))
            .node("Gemm", "x w fs", "a")
            .node("Mul", "a f", "b")
            .node("Gather", "b is", "c", integer("axis", 1))
            .node("Gather", "c i", "y", integer("axis", 1)));
    add("Identity and Dropout", hidden().node("Identity", "h", "a").node("Dropout", "a", "y"));
    add(
        "Dropout with ratio and mode",
        hidden()
            .tensor("r", new double[] {0.5})
            .tensor(raw("t", DataType.BOOL, new double[] {0}))
            .node("Dropout", "h r t", "y"));
    add("Dropout of old", hidden().opset(10).node("Dropout", "h", "y", number("ratio", 0.5)));
    add(
        "Cast of constants",
        floats(2)
            .tensor(raw("d", DataType.DOUBLE, new double[] {0.1, -2.7}, 2))
            .tensor(raw("l", DataType.INT64, new double[] {3, -4}, 2))
            .node("Cast", "d", "f", integer("to", 1))
            .node("Cast", "l", "m", integer("to", 1))
            .node("Mul", "x f", "a")
            .node("Add", "a m", "y"));
    add(
        "Cast of constants to whole numbers",
        hidden()
            .tensor(raw("d", DataType.DOUBLE, new double[] {-1.9, 2.9}, 2))
            .node("Cast", "d", "i", integer("to", 7))
            .node("Gather", "h i", "y", integer("axis", 1)));
    add(
        "Cast of activations",
        floats(2)
            .node("Cast", "x", "d", integer("to", 11))
            .tensor(raw("w", DataType.DOUBLE, TestModel.randomFloats(3, 4), 2, 2))
            .node("MatMul", "d w", "e")
            .node("Cast", "e", "f", integer("to", 1))
            .node("Relu", "f", "y"));
    add(
        "Cast between integers of a shape",
        floats()
            .input("x", 1, 2, 3)
            .tensor(raw("s", DataType.INT32, new double[] {3, 2}, 2))
            .node("Cast", "s", "t", integer("to", 7))
            .node("Reshape", "x t", "y"));
  }

  private void storage() {
    double[] w = TestModel.randomFloats(5, 4);
    var floatField = shaped("w", DataType.FLOAT, 2, 2);
    var doubleField = shaped("w", DataType.DOUBLE, 2, 2);
    var int32Field = shaped("w", DataType.INT32, 2, 2);
    var int64Field = shaped("s", DataType.INT64, 2);
    for (double value : w) {
      floatField.addFloatData((float) value);
      doubleField.addDoubleData(value + 1e-12);
      int32Field.addInt32Data((int) (3 * value));
    }
    int64Field.addInt64Data(2).addInt64Data(-1);
    add("float_data", floats(2).tensor(floatField.build()).node("MatMul", "x w", "y"));
    add(
        "double_data",
        doubles()
            .input("x", "n", 2)
            .tensor(doubleField.build())
            .random("b", 2)
            .node("Gemm", "x w b", "z")
            .node("Relu", "z", "y"));
    add(
        "int32_data",
        floats(2)
            .tensor(int32Field.build())
            .node("Cast", "w", "f", integer("to", 1))
            .node("MatMul", "x f", "y"));
    add("int64_data", floats(4).tensor(int64Field.build()).node("Reshape", "x s", "y"));
    add(
        "float16",
        floats(2)
            .tensor(
                shaped("h", DataType.FLOAT16, 2, 2)
                    .addInt32Data(0x3c01)
                    .addInt32Data(0xc248)
                    .addInt32Data(0x0001)
                    .addInt32Data(0x83ff)
                    .build())
            .node("Cast", "h", "w", integer("to", 1))
            .node("MatMul", "x w", "y"));
    add(
        "float16 as raw bytes",
        floats(2)
            .tensor(
                shaped("h", DataType.FLOAT16, 2)
                    .setRawData(ByteString.copyFrom(new byte[] {1, 0x3c, 0x48, (byte) 0xc2}))
                    .build())
            .node("Cast", "h", "w", integer("to", 1))
            .node("Mul", "x w", "y"));
    add(
        "bfloat16",
        floats(2)
            .tensor(
                shaped("h", DataType.BFLOAT16, 2).addInt32Data(0x3f81).addInt32Data(0xc049).build())
            .node("Cast", "h", "w", integer("to", 1))
            .node("Mul", "x w", "y"));
    add(
        "double precision",
        doubles()
            .input("x", 1, 3)
            .random("w", 4, 3)
            .random("b", 4)
            .random("v", 2, 4)
            .node("Gemm", "x w b", "z", integer("transB", 1))
            .node("Relu", "z", "h")
            .node("Gemm", "h v", "o", integer("transB", 1))
            .tensor("c", new double[] {0.1, 1e-3}, 2)
            .node("Mul", "o c", "y"));
  }

  private void inputs() {
    add("batch of one", floats().input("x", 1, 3).random("w", 3, 2).node("MatMul", "x w", "y"));
    add("symbolic batch", floats().input("x", "N", 3).random("w", 3, 2).node("MatMul", "x w", "y"));
    add("batch of -1", floats().input("x", -1, 3).random("w", 3, 2).node("MatMul", "x w", "y"));
    add("rank 1", floats().input("x", 3).random("w", 3, 2).node("MatMul", "x w", "y"));
    add(
        "rank 4",
        floats()
            .input("x", 1, 1, 1, 3)
            .random("w", 3, 2)
            .node("Flatten", "x", "f")
            .node("MatMul", "f w", "y"));
    add(
        "old style, initialisers among the inputs",
        floats().input("x", 1, 3).input("w", 3, 2).random("w", 3, 2).node("MatMul", "x w", "y"));
    add("identity", floats(3).node("Identity", "x", "y"));
    add(
        "a column of features",
        floats()
            .input("x", 3, 1)
            .random("w", 4, 3)
            .random("b", 4, 1)
            .random("v", 2, 4)
            .node("MatMul", "w x", "z")
            .node("Add", "z b", "a")
            .node("Relu", "a", "h")
            .node("MatMul", "v h", "y"));
    add(
        "rows of features, flattened",
        floats()
            .input("x", 2, 3)
            .ints("s", 1, 6)
            .random("w", 6, 2)
            .node("Reshape", "x s", "f")
            .node("MatMul", "f w", "y"));
    add(
        "an unused branch of another kind",
        hidden().node("Sigmoid", "h", "unused").node("Neg", "h", "y"));
    add("constant output", floats(2).random("c", 1, 3).node("Identity", "c", "y"));
    add(
        "one input, one output",
        floats(1)
            .random("w", 1, 5)
            .random("b", 5)
            .random("v", 5, 1)
            .node("Gemm", "x w b", "z")
            .node("Relu", "z", "h")
            .node("MatMul", "h v", "y"));
  }

  private void graphs() {
    add(
        "nodes in another order",
        floats(2)
            .random("w", 2, 2)
            .node("Add", "h k", "y")
            .node("Relu", "z", "h")
            .node("Constant", "", "k", tensorValue(raw("", DataType.FLOAT, new double[] {1, 2}, 2)))
            .node("MatMul", "x w", "z"));
    add(
        "products of constants",
        floats(2)
            .random("u", 2, 3)
            .random("v", 3, 4)
            .random("w", 2, 4)
            .node("MatMul", "u v", "d")
            .node("Add", "w d", "e")
            .node("MatMul", "x e", "y"));
    add(
        "products of constants in batches",
        floats(2)
            .random("u", 2, 1, 2, 3)
            .random("v", 2, 3, 2)
            .node("MatMul", "u v", "d")
            .node("MatMul", "x d", "y"));
    add(
        "spectral normalisation",
        floats(2)
            .random("w", 3, 2)
            .random("u", 3)
            .random("v", 2)
            .node("MatMul", "w v", "p")
            .node("MatMul", "u p", "s")
            .node("Div", "w s", "n")
            .node("Gemm", "x n", "y", integer("transB", 1)));
    add(
        "Gemm of constants",
        floats(2)
            .random("a", 3, 2)
            .random("b", 3, 2)
            .random("c", 2)
            .node(
                "Gemm", "a b c", "w", integer("transA", 1), number("alpha", 0.3), number("beta", 2))
            .node("MatMul", "x w", "y"));
    add(
        "BatchNormalization of constants",
        floats(2)
            .random("w", 2, 2)
            .tensor("s", new double[] {2, 3}, 2)
            .node("BatchNormalization", "w s s s s", "n")
            .node("MatMul", "x n", "y"));
    add(
        "residual block",
        floats(3)
            .random("w", 3, 5)
            .random("b", 5)
            .random("v", 5, 3)
            .random("c", 3)
            .node("Gemm", "x w b", "z")
            .node("Relu", "z", "h")
            .node("Gemm", "h v c", "g")
            .node("Add", "x g", "y"));
    add(
        "two residual blocks",
        floats(3)
            .random("w", 3, 5)
            .random("b", 5)
            .random("v", 5, 3)
            .node("Gemm", "x w b", "z")
            .node("Relu", "z", "h")
            .node("MatMul", "h v", "g")
            .node("Add", "x g", "r")
            .node("Gemm", "r w b", "z2")
            .node("Relu", "z2", "h2")
            .node("MatMul", "h2 v", "g2")
            .node("Add", "g2 r", "y"));
    add(
        "dense connections",
        floats(2)
            .random("w1", 2, 3)
            .random("w2", 5, 3)
            .random("w3", 8, 2)
            .node("MatMul", "x w1", "z1")
            .node("Relu", "z1", "h1")
            .node("Concat", "x h1", "c1", integer("axis", 1))
            .node("MatMul", "c1 w2", "z2")
            .node("Relu", "z2", "h2")
            .node("Concat", "c1 h2", "c2", integer("axis", 1))
            .node("MatMul", "c2 w3", "y"));
    add(
        "a pre-activation used twice",
        floats(2)
            .random("w", 2, 3)
            .random("v", 3, 2)
            .node("MatMul", "x w", "z")
            .node("Relu", "z", "h")
            .node("Add", "z h", "s")
            .node("MatMul", "s v", "y"));
    add(
        "paths of different length",
        floats(2)
            .random("w", 2, 2)
            .node("MatMul", "x w", "a")
            .node("Relu", "a", "b")
            .node("MatMul", "b w", "c")
            .node("Relu", "c", "d")
            .node("MatMul", "d w", "e")
            .node("Add", "e b", "f")
            .node("Concat", "f x a d", "y", integer("axis", 1)));
    add(
        "squared by adding",
        floats(2)
            .node("Add", "x x", "a")
            .node("Add", "a a", "b")
            .random("c", 2)
            .node("Mul", "b c", "d")
            .node("Add", "d a", "e")
            .node("Add", "e d", "y"));
    add(
        "a value and its copy into one product",
        floats(2)
            .random("w", 4, 3)
            .random("c", 2)
            .node("Mul", "x c", "s")
            .node("Concat", "x s", "d", integer("axis", 1))
            .node("MatMul", "d w", "y"));
    // The product settles 0.1 x, which is the very neuron that the other operand is 3 times of.
    add(
        "a value and its multiple, settled by different nodes",
        doubles()
            .input("x", 1)
            .tensor("c", new double[] {0.1})
            .tensor("d", new double[] {3})
            .tensor("w", new double[] {0.7, 2}, 2, 1)
            .node("Mul", "x c", "s")
            .node("Mul", "s d", "p")
            .node("Concat", "s p", "q", integer("axis", 0))
            .node("MatMul", "q w", "y"));
  }

  /** x of width 3, then h = Relu(Gemm(x)) of width 4. */
  private static TestModel hidden() {
    return floats(3)
        .random("w0", 3, 4)
        .random("b0", 4)
        .node("Gemm", "x w0 b0", "h0")
        .node("Relu", "h0", "h");
  }

  /** x of width 3, then z = Gemm(x) of width 4. */
  private static TestModel linear() {
    return floats(3).random("w0", 3, 4).random("b0", 4).node("Gemm", "x w0 b0", "z");
  }
}
