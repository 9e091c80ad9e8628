package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.randomFloats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The layers that come out are those that one would write by hand, bit for bit. */
class HandWrittenLayersTest {

  private static final double[] W1 = randomFloats(1, 15);
  private static final double[] B1 = withNegativeZero(randomFloats(2, 5));
  private static final double[] W2 = withNegativeZero(randomFloats(3, 20));
  private static final double[] B2 = randomFloats(4, 4);
  private static final double[] W3 = randomFloats(5, 8);
  private static final double[] B3 = randomFloats(6, 2);

  private static final List<Layer> BY_HAND =
      List.of(
          Layer.relu(Matrix.ofRowMajor(5, 3, W1), B1),
          Layer.relu(Matrix.ofRowMajor(4, 5, W2), B2),
          Layer.linear(Matrix.ofRowMajor(2, 4, W3), B3));

  private static double[] withNegativeZero(double[] values) {
    values[1] = -0.0;
    values[2] = 0;
    return values;
  }

  private static double[] transposed(double[] rowMajor, int columns) {
    double[] result = new double[rowMajor.length];
    int rows = rowMajor.length / columns;
    Arrays.setAll(result, k -> rowMajor[k % rows * columns + k / rows]);
    return result;
  }

  private static void assertLayers(List<Layer> expected, TestModel model) {
    ReadNetwork read = model.output("y").read();
    assertEquals(List.of(), read.notes());
    assertEquals(expected, read.network().layers());
    assertEquals("net", read.network().name());
  }

  @Test
  void gemmAsPyTorchExportsIt() {
    assertLayers(
        BY_HAND,
        floats(3)
            .tensor("w1", W1, 5, 3)
            .tensor("b1", B1, 5)
            .tensor("w2", W2, 4, 5)
            .tensor("b2", B2, 4)
            .tensor("w3", W3, 2, 4)
            .tensor("b3", B3, 2)
            .node("Gemm", "x w1 b1", "z1", integer("transB", 1), number("alpha", 1))
            .node("Relu", "z1", "h1")
            .node("Gemm", "h1 w2 b2", "z2", integer("transB", 1), number("beta", 1))
            .node("Relu", "z2", "h2")
            .node("Gemm", "h2 w3 b3", "y", integer("transB", 1)));
  }

  @Test
  void aShiftThatWouldRoundTheLastBiasesAddsALayerAndNoNeuron() {
    TestModel model =
        floats(3)
            .tensor("w1", W1, 5, 3)
            .tensor("b1", B1, 5)
            .tensor("w2", W2, 4, 5)
            .tensor("b2", B2, 4)
            .tensor("w3", W3, 2, 4)
            .tensor("b3", B3, 2)
            .tensor("c", new double[] {(float) 1e-7, (float) 1.1}, 2)
            .tensor("d", new double[] {1e6, 3e7}, 2)
            .node("Gemm", "x w1 b1", "z1", integer("transB", 1))
            .node("Relu", "z1", "h1")
            .node("Gemm", "h1 w2 b2", "z2", integer("transB", 1))
            .node("Relu", "z2", "h2")
            .node("Gemm", "h2 w3 b3", "z3", integer("transB", 1))
            .node("Mul", "z3 c", "m")
            .node("Add", "m d", "y");
    ReluNetwork network = model.output("y").read().network();
    assertEquals(BY_HAND.subList(0, 2), network.layers().subList(0, 2));
    assertEquals(List.of(5, 4, 2, 2), network.layers().stream().map(Layer::outputs).toList());
  }

  @Test
  void productsOfConstantsAreWeightsAndSayWhereTheyRound() {
    TestModel exact =
        doubles()
            .input("x", 1, 2)
            .tensor("u", new double[] {1, 2, 3, 4}, 2, 2)
            .tensor("v", new double[] {0.5, -1, 2, 0}, 2, 2)
            .node("MatMul", "u v", "w")
            .node("MatMul", "x w", "y");
    assertLayers(
        List.of(Layer.linear(Matrix.of(new double[][] {{4.5, 9.5}, {-1, -3}}), 0, 0)), exact);
    double third = 1.0 / 3;
    ReadNetwork rounded =
        doubles()
            .input("x", 1, 1)
            .tensor("u", new double[] {third, 1}, 1, 2)
            .tensor("v", new double[] {third, -third * third}, 2, 1)
            .node("MatMul", "u v", "w")
            .node("MatMul", "x w", "y")
            .output("y")
            .read();
    // What plain arithmetic in doubles gives is 0.
    assertEquals(
        Math.fma(third, third, -third * third),
        rounded.network().layers().get(0).weights().get(0, 0));
    assertEquals(1, rounded.notes().size());
    assertTrue(rounded.notes().get(0).contains("1 of 1 entries"), rounded.notes().get(0));
  }

  @Test
  void inputsThatNothingDependsOnAreLeftOutWithANote() {
    ReadNetwork read =
        floats().input("u", 1, 7).input("x", 1, 2).node("Relu", "x", "y").output("y").read();
    assertEquals(2, read.network().inputs());
    assertTrue(read.notes().get(0).contains("'x' alone"), read.notes().get(0));
  }

  @Test
  void halfPrecisionIsNoted() {
    ReadNetwork cast =
        floats(2)
            .node("Cast", "x", "a", integer("to", 10))
            .node("Cast", "a", "b", integer("to", 1))
            .node("Relu", "b", "y")
            .output("y")
            .read();
    assertEquals(1, cast.notes().size());
    assertTrue(cast.notes().get(0).contains("(Cast): it rounds to 11 bits"), cast.notes().get(0));
    ReadNetwork narrow =
        doubles().input("x", 1, 2).node("Cast", "x", "y", integer("to", 1)).output("y").read();
    assertTrue(narrow.notes().get(0).contains("float32"), narrow.notes().get(0));
    TestModel half = floats().input(TestModel.value("x", DataType.FLOAT16, 1, 2));
    ReadNetwork read = half.node("Relu", "x", "y").output("y").read();
    assertTrue(read.notes().get(0).contains("half precision"), read.notes().get(0));
  }

  @Test
  void matMulAndAddAsKerasExportsIt() {
    assertLayers(
        BY_HAND,
        floats(3)
            .tensor("w1", transposed(W1, 3), 3, 5)
            .tensor("b1", B1, 5)
            .tensor("w2", transposed(W2, 5), 5, 4)
            .tensor("b2", B2, 4)
            .tensor("w3", transposed(W3, 4), 4, 2)
            .tensor("b3", B3, 2)
            .node("MatMul", "x w1", "m1")
            .node("Add", "m1 b1", "z1")
            .node("Relu", "z1", "h1")
            .node("MatMul", "h1 w2", "m2")
            .node("Add", "b2 m2", "z2")
            .node("Relu", "z2", "h2")
            .node("MatMul", "h2 w3", "m3")
            .node("Add", "m3 b3", "y"));
  }

  @Test
  void weightsOnTheLeftAndNoOpsBetween() {
    assertLayers(
        BY_HAND,
        floats()
            .input("x", "n", 1, 3)
            .ints("column", 3, 1)
            .tensor("w1", W1, 5, 3)
            .tensor("b1", B1, 5, 1)
            .tensor("w2", W2, 4, 5)
            .tensor("b2", B2, 4, 1)
            .tensor("w3", W3, 2, 4)
            .tensor("b3", B3, 2, 1)
            .node("Flatten", "x", "f")
            .node("Reshape", "f column", "c")
            .node("Gemm", "w1 c b1", "z1")
            .node("Identity", "z1", "i1")
            .node("Relu", "i1", "h1")
            .node("Dropout", "h1", "d1")
            .node("Gemm", "w2 d1 b2", "z2")
            .node("Relu", "z2", "h2")
            .node("Relu", "h2", "h3")
            .node("Gemm", "w3 h3 b3", "z3")
            .node("Transpose", "z3", "t", integers("perm", 1, 0))
            .node("Cast", "t", "y", integer("to", 1)));
  }

  @Test
  void residualBlock() {
    Matrix w1 = Matrix.ofRowMajor(5, 3, W1);
    Matrix w2 = Matrix.ofRowMajor(3, 5, W1);
    double[] b2 = {0.5, -1, 2};
    assertLayers(
        ReluNetwork.residualBlock("r", w1, B1, w2, b2).layers(),
        floats(3)
            .tensor("w1", W1, 5, 3)
            .tensor("b1", B1, 5)
            .tensor("w2", W1, 3, 5)
            .tensor("b2", b2, 3)
            .node("Gemm", "x w1 b1", "z", integer("transB", 1))
            .node("Relu", "z", "h")
            .node("Gemm", "h w2 b2", "g", integer("transB", 1))
            .node("Add", "g x", "y"));
  }

  @Test
  void factorsThatRoundNothingAreMerged() {
    double[] doubled = Arrays.stream(W1).map(w -> 0.3f * w).toArray();
    assertLayers(
        List.of(Layer.linear(Matrix.ofRowMajor(5, 3, doubled), new double[5])),
        floats(3)
            .tensor("w1", W1, 5, 3)
            .node("Gemm", "x w1", "y", integer("transB", 1), number("alpha", 0.3)));
  }

  @Test
  void factorsThatRoundAreLayersOfTheirOwn() {
    double[] third = {1.0 / 3};
    assertLayers(
        List.of(
            Layer.linear(Matrix.of(new double[][] {{0.1}}), 0),
            Layer.linear(Matrix.of(new double[][] {third}), 0),
            Layer.linear(Matrix.of(new double[][] {{0.7}}), 0.2)),
        doubles()
            .input("x", 1)
            .tensor("a", new double[] {0.1})
            .tensor("b", third)
            .tensor("c", new double[] {0.7})
            .tensor("d", new double[] {0.2})
            .node("Mul", "x a", "p")
            .node("Mul", "p b", "q")
            .node("Mul", "c q", "r")
            .node("Add", "r d", "y"));
  }

  @Test
  void linearProductsAreNotMultipliedTogether() {
    assertLayers(
        List.of(
            Layer.linear(Matrix.ofRowMajor(5, 3, W1), new double[5]),
            Layer.linear(Matrix.ofRowMajor(4, 5, W2), B2)),
        floats(3)
            .tensor("w1", transposed(W1, 3), 3, 5)
            .tensor("w2", transposed(W2, 5), 5, 4)
            .tensor("b2", B2, 4)
            .node("MatMul", "x w1", "m")
            .node("Gemm", "m w2 b2", "y"));
  }

  @Test
  void permutationsAndPowersOfTwoMerge() {
    assertLayers(
        List.of(Layer.linear(Matrix.of(new double[][] {{0, 12, 2.5}}), 0)),
        floats(3)
            .ints("i", 2, 1)
            .tensor("four", new double[] {4})
            .tensor("eighth", new double[] {0.125})
            .tensor("w", new double[] {20, 3}, 2, 1)
            .node("Gather", "x i", "g", integer("axis", 1))
            .node("Split", "g", "p q", integer("axis", 1))
            .node("Mul", "p eighth", "r")
            .node("Mul", "q four", "s")
            .node("Concat", "r s", "t", integer("axis", 1))
            .node("MatMul", "t w", "y"));
  }

  @Test
  void identityIsOneLayer() {
    assertLayers(
        List.of(Layer.linear(Matrix.identity(3), new double[3])),
        floats(3).node("Identity", "x", "y"));
  }

  @Test
  void roundedStepsAreNoted() {
    ReadNetwork read =
        floats(2)
            .tensor("c", new double[] {3, 4}, 2)
            .tensor("d", new double[] {1, 3}, 2)
            .node("Div", "x c", "a")
            .node("Div", "d c", "b")
            .tensor("s", new double[] {1, 1}, 2)
            .node("BatchNormalization", "a s b s s", "y")
            .output("y")
            .read();
    assertEquals(
        List.of(
            "node 0 'make_a' (Div): 1/c is rounded to the nearest double for 1 of 2 entries",
            "node 1 'make_b' (Div): 1 of 2 entries of its constant result are rounded to the"
                + " nearest double",
            "node 2 'make_y' (BatchNormalization): scale / sqrt(variance + epsilon) is rounded to"
                + " doubles"),
        read.notes());
    assertNotEquals(0, read.network().layers().size());
  }
}
