package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.CreaseException;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceOperator;
import dev.crease.network.ReluNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several inputs and outputs, a last activation, and batches of fixed size. */
class ReadOptionsTest {

  private static final ReadOptions STANDARD = ReadOptions.standard();

  private static TestModel hidden() {
    return floats(3).random("w", 3, 4).node("MatMul", "x w", "z").node("Relu", "z", "h");
  }

  private static String refusal(TestModel model, ReadOptions options) {
    String message = assertThrows(CreaseException.class, () -> model.read(options)).getMessage();
    assertTrue(message.startsWith("dir/net.onnx: ") && message.contains("; "), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  // The last activation.

  @ParameterizedTest
  @ValueSource(strings = {"Sigmoid", "Tanh", "Softplus", "Softsign", "Softmax", "LogSoftmax"})
  void aLastActivationIsLeftOutWhereAsked(String op) {
    TestModel model = hidden().node(op, "h", "s").node("Flatten", "s", "y").output("y");
    ReadNetwork read = model.read(STANDARD.withoutLastActivation());
    assertEquals(hidden().node("Flatten", "h", "y").output("y").read().network(), read.network());
    String note = read.notes().get(0);
    assertTrue(note.startsWith("node 2 'make_s' (" + op + "): "), note);
    assertTrue(note.contains(op.endsWith("max") ? "need not be" : "carries over"), note);
    assertTrue(refusal(model, STANDARD).contains("--cut-last-activation"));
  }

  @Test
  void onlyTheLastIsLeftOut() {
    TestModel inside = hidden().node("Tanh", "h", "t").node("Relu", "t", "y").output("y");
    assertTrue(refusal(inside, STANDARD.withoutLastActivation()).contains("(Tanh)"));
    TestModel twice = hidden().node("Tanh", "h", "t").node("Tanh", "t", "y").output("y");
    assertTrue(refusal(twice, STANDARD.withoutLastActivation()).contains("'make_t' (Tanh)"));
    TestModel none = hidden().node("Neg", "h", "y").output("y");
    ReadNetwork read = none.read(STANDARD.withoutLastActivation());
    assertEquals(none.read().network(), read.network());
    assertTrue(read.notes().get(0).contains("none is"), read.notes().get(0));
  }

  // Outputs.

  @Test
  void anOutputIsChosenByName() {
    TestModel model = hidden().node("Neg", "h", "n").output("z").output("n");
    assertTrue(refusal(model, STANDARD).contains("2 outputs ('z', 'n')"));
    assertTrue(refusal(model, STANDARD).contains("--output"));
    ReluNetwork z = model.read(STANDARD.withOutput("z")).network();
    assertEquals(0, z.reluCount());
    assertEquals(4, model.read(STANDARD.withOutput("n")).network().reluCount());
    // A value within the graph, too.
    assertEquals(
        hidden().output("h").read().network(), model.read(STANDARD.withOutput("h")).network());
    assertTrue(refusal(model, STANDARD.withOutput("q")).contains("no value 'q'"));
  }

  // Inputs.

  private static TestModel twoInputs() {
    return floats()
        .input("state", 1, 2)
        .input("action", "n", 1)
        .node("Concat", "state action", "c", integer("axis", 1))
        .random("w", 3, 2)
        .node("MatMul", "c w", "y")
        .output("y");
  }

  @Test
  void severalInputsAreReadOneAfterTheOther() {
    TestModel model = twoInputs();
    String refusal = refusal(model, STANDARD);
    assertTrue(refusal.contains("2 inputs ('state', 'action')"), refusal);
    assertTrue(refusal.contains("--input state,action"), refusal);
    ReadNetwork read = model.read(STANDARD.withInputs(List.of("state", "action")));
    assertEquals(
        List.of("the network's inputs are those of the graph's 'state', 'action', in this order"),
        read.notes());
    ReluNetwork other = model.read(STANDARD.withInputs(List.of("action", "state"))).network();
    assertArrayEquals(read.network().evaluate(0.5, -1, 2), other.evaluate(2, 0.5, -1));
  }

  @Test
  void inputsThatAreNotThereOrLeftOutAreRefused() {
    TestModel model = twoInputs();
    assertTrue(refusal(model, STANDARD.withInputs(List.of("state"))).contains("'action' too"));
    assertTrue(refusal(model, STANDARD.withInputs(List.of("u"))).contains("no input 'u'"));
    assertTrue(refusal(model, STANDARD.withInputs(List.of("state", "state"))).contains("twice"));
    TestModel batches =
        floats().input("a", 2, 3).input("b", 2, 3).node("Add", "a b", "y").output("y");
    assertTrue(
        refusal(batches, STANDARD.withInputs(List.of("a", "b"))).contains("fixed batch size"));
  }

  // Batches.

  @Test
  void aFixedBatchOfRowsThatAreTreatedAlikeBecomesOne() {
    TestModel model =
        floats()
            .input("x", 5, 3)
            .ints("s", 5, 3, 1)
            .random("w", 3, 4)
            .random("b", 4)
            .node("Reshape", "x s", "r")
            .node("Flatten", "r", "f")
            .node("Gemm", "f w b", "z")
            .node("Relu", "z", "y")
            .output("y");
    ReadNetwork read = model.read();
    assertEquals(
        floats(3)
            .random("w", 3, 4)
            .random("b", 4)
            .node("Gemm", "x w b", "z")
            .node("Relu", "z", "y")
            .output("y")
            .read()
            .network(),
        read.network());
    assertTrue(read.notes().get(0).contains("batch size 5"), read.notes().get(0));
  }

  @Test
  void rowsThatAreTreatedInDifferentWaysAreAllInputs() {
    TestModel model =
        doubles()
            .input("x", 2, 2)
            .tensor("c", new double[] {1, 2, 3, 4}, 2, 2)
            .node("Add", "x c", "a")
            .node("Relu", "a", "y")
            .output("y");
    ReadNetwork read = model.read();
    assertArrayEquals(new double[] {2, 4, 6, 8}, read.network().evaluate(1, 2, 3, 4));
    assertTrue(read.notes().get(0).contains("not as a batch"), read.notes().get(0));
    TestModel sum =
        doubles().input("x", 2, 2).node("ReduceSum", "x", "y", integer("keepdims", 0)).output("y");
    assertArrayEquals(new double[] {10}, sum.read().network().evaluate(1, 2, 3, 4));
    TestModel turned =
        doubles().input("x", 2, 2).node("Transpose", "x", "y", integers("perm", 1, 0)).output("y");
    assertArrayEquals(new double[] {1, 3, 2, 4}, turned.read().network().evaluate(1, 2, 3, 4));
    // Each row of the result depends on one of the input, but on another one.
    TestModel swapped =
        doubles().input("x", 2, 1).ints("i", 1, 0).node("Gather", "x i", "y").output("y");
    assertArrayEquals(new double[] {7, 5}, swapped.read().network().evaluate(5, 7));
  }

  @Test
  void theOperatorsOfAFileAreCounted() {
    ReadNetwork read =
        floats()
            .input("x", 1, 1, 4)
            .random("w", 2, 1, 2)
            .node("Conv", "x w", "a")
            .node("Relu", "a", "b")
            .node("MaxPool", "b", "c", integers("kernel_shape", 2))
            .node("Relu", "a", "unused")
            .node("Flatten", "c", "f")
            .node("Abs", "f", "y")
            .output("y")
            .read();
    assertEquals(
        List.of(
            new SourceOperator("Conv", 1, 0),
            new SourceOperator("Relu", 1, 6),
            new SourceOperator("MaxPool", 1, 4),
            new SourceOperator("Flatten", 1, 0),
            new SourceOperator("Abs", 1, 4)),
        read.operators());
    assertEquals(14, read.network().reluCount());
  }
}
