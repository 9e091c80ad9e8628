package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.numbers;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.shaped;
import static dev.crease.formats.onnx.TestModel.string;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.crease.formats.source.ReadNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Activations with bends, extremes, reductions, selections and constants, against ONNX Runtime. */
class PiecewiseLinearOperatorsTest {

  private final Map<String, TestModel> models = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> agreeWithOnnxRuntime() {
    bends();
    clips();
    extremes();
    reductions();
    repetitions();
    selections();
    shapeArithmetic();
    weights();
    einsum();
    machineLearning();
    return models.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  private static void check(TestModel model) {
    ReadNetwork read = model.read();
    assertEquals(read, model.read(), "read twice");
    OnnxRuntimeOracle.assertAgrees(model.bytes(), read.network(), 25, 2);
  }

  private void add(String name, TestModel model) {
    models.put(name, model.output("y"));
  }

  /** x of width 3, then z = Gemm(x) of width 4. */
  private static TestModel linear() {
    return floats(3).random("w0", 3, 4).random("b0", 4).node("Gemm", "x w0 b0", "z");
  }

  private void bends() {
    add("Abs", linear().node("Abs", "z", "a").random("v", 4, 2).node("MatMul", "a v", "y"));
    add("Abs of a Relu", linear().node("Relu", "z", "h").node("Abs", "h", "y"));
    add("LeakyRelu", linear().node("LeakyRelu", "z", "y"));
    for (double alpha : new double[] {0.5, -0.3, 1, 2.5, 1e-20}) {
      add(
          "LeakyRelu with " + alpha,
          linear()
              .node("LeakyRelu", "z", "h", number("alpha", alpha))
              .random("v", 4, 2)
              .node("MatMul", "h v", "y"));
    }
    add("PRelu by channel", linear().random("s", 4).node("PRelu", "z s", "y"));
    add("PRelu with one slope", linear().random("s", 1).node("PRelu", "z s", "y"));
    add(
        "PRelu over a channel axis",
        floats().input("x", 1, 2, 3).random("s", 2, 1).node("PRelu", "x s", "y"));
    add("HardSigmoid", linear().node("HardSigmoid", "z", "y"));
    add(
        "HardSigmoid with other lines",
        linear().node("HardSigmoid", "z", "y", number("alpha", 0.3), number("beta", -0.1)));
    add(
        "Shrink without a jump",
        linear().node("Shrink", "z", "y", number("lambd", 0.7), number("bias", 0.7)));
  }

  private void clips() {
    for (double[] bounds : new double[][] {{0, 6}, {-1, 1}, {0.3f, 0.7f}, {2, 2}, {-3, -1}}) {
      add(
          "Clip to " + bounds[0] + " and " + bounds[1],
          linear()
              .tensor("lo", new double[] {bounds[0]})
              .tensor("hi", new double[] {bounds[1]})
              .node("Clip", "z lo hi", "h")
              .random("v", 4, 2)
              .node("MatMul", "h v", "y"));
    }
    add(
        "Clip with crossed bounds",
        linear()
            .tensor("lo", new double[] {1})
            .tensor("hi", new double[] {-1})
            .node("Clip", "z lo hi", "y"));
    add("Clip from below", linear().tensor("lo", new double[] {-1}).node("Clip", "z lo", "y"));
    add("Clip from above", linear().tensor("hi", new double[] {1}).node("Clip", "z - hi", "y"));
    add(
        "Clip of old",
        linear().opset(7).node("Clip", "z", "y", number("min", -0.5), number("max", 0.75)));
    add(
        "Clip of constants",
        linear()
            .random("c", 4)
            .tensor("lo", new double[] {-0.25})
            .tensor("hi", new double[] {0.25})
            .node("Clip", "c lo hi", "d")
            .node("Add", "z d", "y"));
    add(
        "Clip in doubles",
        doubles()
            .input("x", 1, 3)
            .tensor("lo", new double[] {0.1})
            .tensor("hi", new double[] {0.7})
            .node("Clip", "x lo hi", "y"));
  }

  private void extremes() {
    for (String op : List.of("Max", "Min")) {
      add(
          op + " of several",
          linear()
              .random("v", 3, 4)
              .node("Gemm", "x v", "a")
              .random("c", 4)
              .node(op, "z a c z", "h")
              .random("u", 4, 2)
              .node("MatMul", "h u", "y"));
      for (String order : List.of("z c", "c z")) {
        add(op + " with a constant " + order, linear().random("c", 2, 1).node(op, order, "y"));
      }
      add(
          op + " of constants",
          linear().random("c", 4).random("d", 4).node(op, "c d", "e").node("Add", "z e", "y"));
      add(op + " of itself", linear().node(op, "z z", "y"));
      add(
          op + " over axes",
          floats()
              .input("x", 1, 2, 5)
              .node("Reduce" + op, "x", "y", integers("axes", -1), integer("keepdims", 0)));
      add(
          op + " over axes that are an input",
          floats().input("x", 1, 2, 3).opset(18).ints("a", 2, 1).node("Reduce" + op, "x a", "y"));
    }
  }

  private void reductions() {
    for (String op : List.of("ReduceSum", "ReduceMean")) {
      for (int keep = 0; keep < 2; keep++) {
        add(
            op + " by attribute, keepdims=" + keep,
            floats()
                .input("x", 1, 2, 4)
                .opset(11)
                .node(op, "x", "y", integers("axes", 1, -1), integer("keepdims", keep)));
      }
      add(
          op + " over one axis",
          floats().input("x", 1, 3, 2).opset(18).ints("a", 1).node(op, "x a", "y"));
      add(op + " of all", floats(3).opset(18).node(op, "x", "y"));
      add(
          op + " of constants",
          floats(3)
              .opset(18)
              .random("c", 2, 3)
              .ints("a", 0)
              .node(op, "c a", "d")
              .node("Add", "x d", "y"));
    }
    add("Mean", linear().random("c", 4).node("Mean", "z c z", "y"));
    add("Mean of two", linear().random("c", 1).node("Mean", "z c", "y"));
    for (int reverse = 0; reverse < 2; reverse++) {
      for (int exclusive = 0; exclusive < 2; exclusive++) {
        add(
            "CumSum, reverse=" + reverse + ", exclusive=" + exclusive,
            floats()
                .input("x", 1, 3, 2)
                .tensor(raw("a", DataType.INT64, new double[] {1}))
                .node(
                    "CumSum",
                    "x a",
                    "y",
                    integer("reverse", reverse),
                    integer("exclusive", exclusive)));
      }
    }
    add(
        "InstanceNormalization of scale 0",
        floats()
            .input("x", 1, 2, 3)
            .tensor("s", new double[2], 2)
            .random("b", 2)
            .node("InstanceNormalization", "x s b", "z")
            .node("Add", "z x", "y"));
    add(
        "InstanceNormalization of single elements",
        floats()
            .input("x", 1, 2, 1)
            .random("s", 2)
            .random("b", 2)
            .node("InstanceNormalization", "x s b", "z", number("epsilon", 1))
            .node("Add", "z x", "y"));
  }

  private void repetitions() {
    add("Expand", floats().input("x", 1, 3, 1).ints("s", 2, 1, 4).node("Expand", "x s", "y"));
    add(
        "Tile and a product",
        floats()
            .input("x", 1, 2, 3)
            .ints("r", 1, 2, 2)
            .node("Tile", "x r", "t")
            .random("w", 6, 2)
            .node("MatMul", "t w", "y"));
    add("Tile of old", floats(3).opset(7).ints("r", 1, 2).node("Tile", "x r", "y"));
  }

  private void selections() {
    add(
        "GatherElements",
        floats()
            .input("x", 1, 4)
            .tensor(raw("i", DataType.INT64, new double[] {3, -4, 1}, 1, 3))
            .node("GatherElements", "x i", "y", integer("axis", 1)));
    add(
        "GatherND",
        floats()
            .input("x", 1, 2, 3)
            .tensor(raw("i", DataType.INT64, new double[] {0, 1, 0, -2}, 2, 2))
            .node("GatherND", "x i", "y"));
    add(
        "ScatterND",
        floats()
            .input("x", 1, 4)
            .random("c", 1, 4)
            .tensor(raw("i", DataType.INT64, new double[] {0, 2, 0, 0}, 2, 2))
            .tensor("u", new double[] {5, -5}, 2)
            .node("ScatterND", "x i u", "z")
            .node("Sub", "z c", "y"));
    add(
        "Where by constants",
        linear()
            .random("c", 4)
            .tensor(raw("k", DataType.BOOL, new double[] {1, 0, 0, 1}, 4))
            .node("Where", "k z c", "y"));
  }

  private void shapeArithmetic() {
    add(
        "an Expand as PyTorch exports it",
        floats()
            .input("x", 1, 3)
            .ints("rank", 2)
            .ints("asked", 4, 3)
            .ints("minus", -1)
            .node(
                "ConstantOfShape",
                "rank",
                "ones",
                TestModel.tensorValue(raw("", DataType.INT64, new double[] {1}, 1)))
            .node("Mul", "ones minus", "negative")
            .node("Equal", "asked negative", "same")
            .node("Where", "same ones asked", "shape")
            .node("Expand", "x shape", "y"));
    add(
        "Range, Size, ReduceProd and comparisons",
        floats()
            .input("x", 1, 6)
            .tensor(raw("zero", DataType.INT64, new double[] {0}))
            .tensor(raw("two", DataType.INT64, new double[] {2}))
            .node("Size", "x", "n")
            .node("Range", "zero n two", "i")
            .node("Gather", "x i", "g", integer("axis", 1))
            .node("Less", "i n", "less")
            .node("Greater", "i two", "greater")
            .node("And", "less greater", "both")
            .node("Not", "both", "neither")
            .node("Cast", "neither", "f", integer("to", 1))
            .node("Mul", "g f", "m")
            .node("Shape", "m", "s")
            .node("ReduceProd", "s", "p", integer("keepdims", 1))
            .node("Reshape", "m p", "y"));
  }

  private void weights() {
    add(
        "weights that are normalised when the model runs",
        floats(3)
            .random("v", 4, 3)
            .random("g", 4, 1)
            .node("ReduceL2", "v", "n", integers("axes", 1))
            .node("Div", "v n", "u")
            .node("Mul", "u g", "w")
            .node("Gemm", "x w", "y", integer("transB", 1)));
    add(
        "the same with Pow, ReduceSum and Sqrt",
        floats(3)
            .random("v", 4, 3)
            .tensor("two", new double[] {2})
            .ints("a", 1)
            .node("Pow", "v two", "q")
            .node("ReduceSum", "q a", "s")
            .node("Sqrt", "s", "n")
            .node("Reciprocal", "n", "r")
            .node("Mul", "v r", "w")
            .node("Gemm", "x w", "y", integer("transB", 1)));
    add(
        "quantised weights",
        floats(3)
            .tensor(
                shaped("q", DataType.INT8, 3, 2)
                    .setRawData(ByteString.copyFrom(new byte[] {1, -2, 127, -128, 0, 5}))
                    .build())
            .tensor("s", new double[] {0.1f, 0.03f}, 2)
            .tensor(
                shaped("p", DataType.INT8, 2)
                    .setRawData(ByteString.copyFrom(new byte[] {3, -4}))
                    .build())
            .node("DequantizeLinear", "q s p", "w", integer("axis", 1))
            .node("MatMul", "x w", "y"));
    TestModel sparse = floats(3).random("v", 3, 2).node("Gemm", "x v w", "y");
    sparse
        .graph()
        .addSparseInitializer(
            SparseTensorProto.newBuilder()
                .setValues(shaped("w", DataType.FLOAT, 1).addFloatData(2.5f))
                .setIndices(shaped("w_indices", DataType.INT64, 1).addInt64Data(1))
                .addDims(2));
    add("a sparse bias", sparse);
    add(
        "CastLike",
        linear()
            .opset(15)
            .tensor(raw("d", DataType.DOUBLE, new double[] {0.1, 2, -1, 3}, 4))
            .tensor("f", new double[] {1})
            .node("CastLike", "d f", "e")
            .node("Add", "z e", "y"));
    add(
        "constants in half precision",
        linear()
            .tensor("c", new double[] {0.1f, 1e-6f, 3333.3f, -2.5f}, 4)
            .node("Cast", "c", "h", integer("to", 10))
            .node("Cast", "h", "f", integer("to", 1))
            .node("Mul", "z f", "y"));
  }

  private void einsum() {
    for (String equation :
        List.of("bi,ij->bj", "b i , i j -> b j", "...i,ij->...j", "bi,ij", "bi,bj->ij")) {
      add(
          "Einsum " + equation,
          floats()
              .input("x", 1, 3)
              .random("w", equation.equals("bi,bj->ij") ? new int[] {1, 2} : new int[] {3, 2})
              .node("Einsum", "x w", "y", string("equation", equation)));
    }
    add(
        "Einsum of one operand",
        floats().input("x", 1, 2, 3).node("Einsum", "x", "y", string("equation", "bij->bji")));
    add(
        "Einsum to a trace",
        floats().input("x", 1, 3, 3).node("Einsum", "x", "y", string("equation", "bii->b")));
    add(
        "Einsum of constants",
        floats(3)
            .random("u", 3, 4)
            .random("v", 4, 2)
            .node("Einsum", "u v", "w", string("equation", "ij,jk->ik"))
            .node("MatMul", "x w", "y"));
  }

  private void machineLearning() {
    TestModel model =
        floats(3)
            .node("Scaler", "x", "s", numbers("offset", 0.5, -1, 2), numbers("scale", 2, 0.3, -0.7))
            .node(
                "LinearRegressor",
                "s",
                "y",
                numbers("coefficients", 1, 2, 3, -0.5, 0.25, 0.1),
                numbers("intercepts", 0.5, -2),
                integer("targets", 2));
    model.graph().getNodeBuilder(0).setDomain("ai.onnx.ml");
    model.graph().getNodeBuilder(1).setDomain("ai.onnx.ml");
    model
        .model()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3));
    add("Scaler and LinearRegressor", model);
  }
}
