package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.attribute;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.tensorValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.crease.CreaseException;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceNode;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** If and Loop, where all that they decide on is known, against ONNX Runtime. */
class ControlFlowTest {

  /** A branch or a body, written node by node. */
  private static final class Branch {

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("branch");

    static Branch of() {
      return new Branch();
    }

    Branch input(String name, DataType type, Object... dims) {
      graph.addInput(TestModel.value(name, type, dims));
      return this;
    }

    Branch node(String op, String inputs, String outputs, AttributeProto... attributes) {
      NodeProto.Builder node = NodeProto.newBuilder().setOpType(op);
      for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
        node.addInput(input);
      }
      node.addAllOutput(List.of(outputs.split(" "))).addAllAttribute(List.of(attributes));
      graph.addNode(node);
      return this;
    }

    Branch tensor(TensorProto tensor) {
      graph.addInitializer(tensor);
      return this;
    }

    Branch output(String name, DataType type, Object... dims) {
      graph.addOutput(TestModel.value(name, type, dims));
      return this;
    }

    /** An output of the model's type and an open shape. */
    Branch output(String name) {
      ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
      value.getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT.getNumber());
      graph.addOutput(value);
      return this;
    }

    AttributeProto as(String name) {
      return attribute(name, AttributeType.GRAPH).setG(graph).build();
    }
  }

  private static TensorProto bool(String name, boolean value) {
    return raw(name, DataType.BOOL, new double[] {value ? 1 : 0}, 1);
  }

  private static TensorProto number(String name, DataType type, double value) {
    return raw(name, type, new double[] {value});
  }

  private static void agrees(TestModel model) {
    OnnxRuntimeOracle.assertAgrees(model.bytes(), model.read().network(), 10, 2);
  }

  private static TestModel branching(boolean condition) {
    return floats(3)
        .random("w", 3, 3)
        .tensor(bool("c", condition))
        .node("MatMul", "x w", "h")
        .node(
            "If",
            "c",
            "y",
            Branch.of().node("Relu", "h", "r").output("r").as("then_branch"),
            Branch.of()
                .tensor(raw("k", DataType.FLOAT, new double[] {0.5}, 1))
                .node("Sub", "k h", "h2")
                .node("Abs", "h2", "r")
                .output("r")
                .as("else_branch"))
        .output("y");
  }

  @Test
  void theBranchThatIsTakenIsRead() {
    agrees(branching(true));
    agrees(branching(false));
    ReadNetwork read = branching(false).read();
    assertEquals(
        List.of("MatMul", "Sub", "Abs"),
        read.sources().get(0).stream().map(SourceNode::operator).toList());
    assertEquals(6, branching(false).read().network().reluCount() + 3);
  }

  @Test
  void theOtherBranchIsNotLookedAt() {
    TestModel model =
        floats(3)
            .tensor(bool("c", true))
            .node("Tanh", "x", "t")
            .node(
                "If",
                "c",
                "y",
                Branch.of().node("Relu", "x", "r").output("r").as("then_branch"),
                Branch.of().node("Softmax", "t", "r").output("r").as("else_branch"))
            .output("y");
    agrees(model);
  }

  /** As PyTorch exports squeeze: whether an axis is of size 1 decides. */
  @Test
  void conditionsOnShapesAreKnown() {
    TestModel model =
        floats()
            .opset(13)
            .input("x", 1, 3, 1)
            .ints("two", 2)
            .ints("one", 1)
            .node("Shape", "x", "s")
            .node("Gather", "s two", "size")
            .node("Equal", "size one", "c")
            .node(
                "If",
                "c",
                "q",
                Branch.of().node("Squeeze", "x two", "r").output("r").as("then_branch"),
                Branch.of().node("Identity", "x", "r").output("r").as("else_branch"))
            .random("w", 3, 2)
            .node("MatMul", "q w", "y")
            .output("y");
    agrees(model);
  }

  @Test
  void branchesNestAndHaveTheirOwnNames() {
    AttributeProto inner =
        Branch.of().node("Neg", "r", "n").node("Relu", "n", "r2").output("r2").as("then_branch");
    AttributeProto other = Branch.of().node("Abs", "r", "r2").output("r2").as("else_branch");
    AttributeProto outer =
        Branch.of()
            .node("Relu", "x", "r")
            .node("If", "c", "r3", inner, other)
            .node("Sub", "r3 r", "r4")
            .output("r4")
            .output("r3")
            .as("then_branch");
    TestModel model =
        floats(2)
            .tensor(bool("c", true))
            .node(
                "If",
                "c",
                "a b",
                outer,
                Branch.of()
                    .node("Identity", "x", "u")
                    .node("Identity", "x", "v")
                    .output("u")
                    .output("v")
                    .as("else_branch"))
            .node("If", "c", "d e", outer, outer.toBuilder().setName("else_branch").build())
            .node("Concat", "a b d e", "y", integer("axis", 1))
            .output("y");
    agrees(model);
  }

  private static TestModel looping(double trips, boolean condition, boolean goesOn) {
    AttributeProto body =
        Branch.of()
            .input("i", DataType.INT64)
            .input("go", DataType.BOOL)
            .input("v", DataType.FLOAT, 1, 2)
            .node("Constant", "", "on", tensorValue(number("", DataType.BOOL, goesOn ? 1 : 0)))
            .node("Cast", "i", "f", integer("to", 1))
            .node("MatMul", "v w", "p")
            .node("Add", "p f", "s")
            .node("Relu", "s", "next")
            .output("on", DataType.BOOL)
            .output("next", DataType.FLOAT, 1, 2)
            .output("s", DataType.FLOAT, 1, 2)
            .as("body");
    return floats()
        .input("x", 1, 2)
        .random("w", 2, 2)
        .tensor(number("m", DataType.INT64, trips))
        .tensor(number("c", DataType.BOOL, condition ? 1 : 0))
        .node("Loop", "m c x", "last all", body)
        .node("Flatten", "all", "flat", integer("axis", 0))
        .node("Flatten", "last", "end", integer("axis", 0))
        .node("Concat", "flat end", "y", integer("axis", 1))
        .output("y");
  }

  @Test
  void loopsAreUnrolled() {
    agrees(looping(3, true, true));
    agrees(looping(1, true, true));
    agrees(looping(4, true, false));
    assertEquals(3 * 2, looping(3, true, true).read().network().reluCount());
  }

  @Test
  void aLoopThatIsNotDonePassesOn() {
    for (double trips : new double[] {0, -2, 3}) {
      TestModel model =
          floats()
              .input("x", 1, 2)
              .tensor(number("m", DataType.INT64, trips))
              .tensor(number("c", DataType.BOOL, trips > 0 ? 0 : 1))
              .node(
                  "Loop",
                  "m c x",
                  "z",
                  Branch.of()
                      .input("i", DataType.INT64)
                      .input("go", DataType.BOOL)
                      .input("v", DataType.FLOAT, 1, 2)
                      .node("Identity", "go", "on")
                      .node("Abs", "v", "next")
                      .output("on", DataType.BOOL)
                      .output("next", DataType.FLOAT, 1, 2)
                      .as("body"))
              .node("Neg", "z", "y")
              .output("y");
      agrees(model);
    }
  }

  @Test
  void functionsHoldBranches() {
    FunctionProto.Builder function =
        FunctionProto.newBuilder()
            .setDomain("my")
            .setName("Choose")
            .addInput("c")
            .addInput("x")
            .addOutput("y")
            .addAttribute("slope")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
    AttributeProto alpha = attribute("alpha", AttributeType.FLOAT).setRefAttrName("slope").build();
    function.addNode(NodeProto.newBuilder().setOpType("Neg").addInput("x").addOutput("n"));
    function.addNode(
        NodeProto.newBuilder()
            .setOpType("If")
            .addInput("c")
            .addOutput("y")
            .addAttribute(
                Branch.of().node("LeakyRelu", "n", "r", alpha).output("r").as("then_branch"))
            .addAttribute(Branch.of().node("Identity", "n", "r").output("r").as("else_branch")));
    TestModel model = floats(2).tensor(bool("c", true)).tensor(bool("d", false));
    model.model().addFunctions(function);
    model.model().addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("my").setVersion(1));
    model
        .node("Choose", "c x", "n", TestModel.number("slope", 0.25))
        .node("Choose", "d n", "y", TestModel.number("slope", 0.5))
        .output("y");
    model.graph().getNodeBuilder(0).setDomain("my");
    model.graph().getNodeBuilder(1).setDomain("my");
    agrees(model);
  }

  /** Chains of branches and loops within each other, drawn at random. */
  @TestFactory
  Stream<DynamicTest> asOnnxRuntimeDoes() {
    return IntStream.range(0, 40)
        .mapToObj(seed -> DynamicTest.dynamicTest("draw " + seed, () -> agrees(drawn(seed))));
  }

  private static TestModel drawn(int seed) {
    Random random = new Random(seed);
    TestModel model =
        floats()
            .input("x", 1, 3)
            .random("w", 3, 3)
            .random("b", 3)
            .tensor(bool("yes", true))
            .tensor(bool("no", false))
            .tensor(number("m", DataType.INT64, 1 + random.nextInt(3)))
            .tensor(number("go", DataType.BOOL, 1));
    String name = "x";
    int steps = 1 + random.nextInt(3);
    for (int k = 0; k < steps; k++) {
      NodeProto step = step(random, name, "v" + k, 2);
      model.graph().addNode(step);
      name = "v" + k;
    }
    return model.node("Add", name + " b", "y").output("y");
  }

  /** A node that makes one vector of another, with others inside to some depth. */
  private static NodeProto step(Random random, String from, String to, int depth) {
    NodeProto.Builder node = NodeProto.newBuilder().addOutput(to);
    int kind = random.nextInt(depth > 0 ? 6 : 3);
    if (kind < 2) {
      return node.setOpType(kind == 0 ? "Relu" : "Neg").addInput(from).build();
    }
    if (kind == 2) {
      return node.setOpType("MatMul").addInput(from).addInput("w").build();
    }
    if (kind < 5) {
      return node.setOpType("If")
          .addInput(random.nextBoolean() ? "yes" : "no")
          .addAttribute(body(random, from, to + "t", depth).as("then_branch"))
          .addAttribute(body(random, from, to + "e", depth).as("else_branch"))
          .build();
    }
    Branch loop =
        Branch.of()
            .input(to + "i", DataType.INT64)
            .input(to + "go", DataType.BOOL)
            .input(to + "v", DataType.FLOAT, 1, 3);
    loop.node("Identity", to + "go", to + "on").output(to + "on", DataType.BOOL);
    fill(loop, random, to + "v", to + "l", depth);
    return node.setOpType("Loop")
        .addInput("m")
        .addInput("go")
        .addInput(from)
        .addAttribute(loop.as("body"))
        .build();
  }

  private static Branch body(Random random, String from, String prefix, int depth) {
    return fill(Branch.of(), random, from, prefix, depth);
  }

  private static Branch fill(Branch branch, Random random, String from, String prefix, int depth) {
    String name = from;
    int steps = 1 + random.nextInt(2);
    for (int k = 0; k < steps; k++) {
      branch.graph.addNode(step(random, name, prefix + k, depth - 1));
      name = prefix + k;
    }
    return branch.output(name, DataType.FLOAT, 1, 3);
  }

  private static void refused(String fragment, TestModel model) {
    String message = assertThrows(CreaseException.class, model.output("y")::read).getMessage();
    assertTrue(message.startsWith("dir/net.onnx: "), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("; "), "no remedy in: " + message);
    assertTrue(message.contains(fragment), "no <" + fragment + "> in: " + message);
  }

  private static final AttributeProto THEN =
      Branch.of().node("Relu", "x", "r").output("r").as("then_branch");
  private static final AttributeProto ELSE =
      Branch.of().node("Neg", "x", "r").output("r").as("else_branch");

  @Test
  void decisionsOfTheRunTimeAreRefused() {
    refused(
        "its condition 'x' depends on the network's input", floats(1).node("If", "x", "y", THEN));
    TestModel jumping =
        floats(1).random("w", 1).node("Less", "x w", "c").node("If", "c", "y", THEN, ELSE);
    refused("jumps", jumping);
    refused(
        "else_branch is missing", floats(1).tensor(bool("c", false)).node("If", "c", "y", THEN));
    refused(
        "must be one value",
        floats(1)
            .tensor(raw("c", DataType.BOOL, new double[] {1, 1}, 2))
            .node("If", "c", "y", THEN, ELSE));
    refused(
        "and should have none and 2",
        floats(1).tensor(bool("c", true)).node("If", "c", "y z", THEN, ELSE));
    refused(
        "axis_branch",
        floats(1)
            .tensor(bool("c", true))
            .node("If", "c", "y", THEN, ELSE, integers("axis_branch", 1)));
    refused(
        "'r' is made by no earlier node",
        floats(1).tensor(bool("c", true)).node("If", "c", "a", THEN, ELSE).node("Neg", "r", "y"));
  }

  private static Branch body() {
    return Branch.of()
        .input("i", DataType.INT64)
        .input("go", DataType.BOOL)
        .input("v", DataType.FLOAT, 1, 2);
  }

  private static TestModel loop(Branch body, String inputs) {
    return floats()
        .input("x", 1, 2)
        .tensor(number("m", DataType.INT64, 2))
        .tensor(number("huge", DataType.INT64, 1e15))
        .tensor(number("none", DataType.INT64, 0))
        .tensor(number("c", DataType.BOOL, 1))
        .node("Loop", inputs, "y", body.as("body"));
  }

  @Test
  void loopsOfTheRunTimeAreRefused() {
    Branch abs =
        body().node("Abs", "v", "n").output("go", DataType.BOOL).output("n", DataType.FLOAT, 1, 2);
    refused("its trip count 'x' depends on the network's input", loop(abs, "x c x"));
    refused("it never ends", loop(abs, "- c x"));
    refused("has more than 32768 nodes", loop(abs, "huge c x"));
    refused("does not fit its 4 inputs", loop(abs, "m c x x"));
    Branch counting =
        body()
            .node("Less", "i m", "on")
            .node("Abs", "v", "n")
            .output("on", DataType.BOOL)
            .output("n", DataType.FLOAT, 1, 2);
    refused("the loop's condition is computed in its body", loop(counting, "m c x"));
    Branch carried =
        body().node("Abs", "v", "n").output("v", DataType.BOOL).output("n", DataType.FLOAT, 1, 2);
    refused("the loop's condition is computed in its body", loop(carried, "m c x"));
    Branch collecting =
        Branch.of()
            .input("i", DataType.INT64)
            .input("go", DataType.BOOL)
            .node("Abs", "x", "n")
            .output("go", DataType.BOOL)
            .output("n", DataType.FLOAT, 1, 2);
    refused("it is done no times", loop(collecting, "none c"));
  }
}
