package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.attribute;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.crease.CreaseException;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.network.ReluNetwork;
import org.junit.jupiter.api.Test;

/**
 * Functions that a model defines itself, against ONNX Runtime and against the nodes written out.
 */
class FunctionsTest {

  private static NodeProto.Builder node(String domain, String op, String inputs, String outputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setDomain(domain).setOpType(op);
    for (String input : inputs.split(" ")) {
      node.addInput(input);
    }
    for (String output : outputs.split(" ")) {
      node.addOutput(output);
    }
    return node;
  }

  private static FunctionProto.Builder function(String name, String inputs, String outputs) {
    FunctionProto.Builder function = FunctionProto.newBuilder().setDomain("my").setName(name);
    for (String input : inputs.split(" ")) {
      function.addInput(input);
    }
    for (String output : outputs.split(" ")) {
      function.addOutput(output);
    }
    return function
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("my").setVersion(1));
  }

  /** {@code leaky = LeakyRelu(x w)} with a slope that the caller may give; inner names are x, h. */
  private static FunctionProto.Builder dense() {
    return function("Dense", "x w", "y")
        .addAttributeProto(number("slope", 0.25))
        .addNode(node("", "MatMul", "x w", "h"))
        .addNode(
            node("", "LeakyRelu", "h", "y")
                .addAttribute(attribute("alpha", AttributeType.FLOAT).setRefAttrName("slope")));
  }

  private static TestModel calling(FunctionProto.Builder... functions) {
    TestModel model = floats(2).random("w", 2, 2).random("h", 2, 2);
    for (FunctionProto.Builder function : functions) {
      model.model().addFunctions(function);
    }
    model.model().addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("my").setVersion(1));
    return model;
  }

  private static TestModel twice() {
    TestModel model = calling(dense());
    // The second call's weights have the name of a value within the function.
    model.graph().addNode(node("my", "Dense", "x w", "a").addAttribute(number("slope", -0.5)));
    model.graph().addNode(node("my", "Dense", "a h", "y"));
    return model.output("y");
  }

  @Test
  void callsAreReplacedByWhatTheyDo() {
    ReadNetwork read = twice().read();
    ReluNetwork written =
        floats(2)
            .random("w", 2, 2)
            .random("h", 2, 2)
            .node("MatMul", "x w", "p")
            .node("LeakyRelu", "p", "a", number("alpha", -0.5))
            .node("MatMul", "a h", "q")
            .node("LeakyRelu", "q", "y", number("alpha", 0.25))
            .output("y")
            .read()
            .network();
    assertEquals(written, read.network());
    OnnxRuntimeOracle.assertAgrees(twice().bytes(), read.network(), 25, 2);
  }

  @Test
  void functionsCallFunctions() {
    FunctionProto.Builder outer =
        function("Two", "x u v", "y z")
            .addNode(node("my", "Dense", "x u", "h"))
            .addNode(node("my", "Dense", "h v", "z"))
            .addNode(node("", "Add", "h z", "y"));
    TestModel model = calling(outer, dense());
    model.graph().addNode(node("my", "Two", "x w h", "a b"));
    model.graph().addNode(node("", "Sub", "a b", "y"));
    model.output("y");
    OnnxRuntimeOracle.assertAgrees(model.bytes(), model.read().network(), 25, 2);
  }

  @Test
  void anInputHandedOnIsThatInput() {
    FunctionProto.Builder both = function("Both", "x", "x y").addNode(node("", "Relu", "x", "y"));
    TestModel model = calling(both);
    model.graph().addNode(node("my", "Both", "x", "a b"));
    model.graph().addNode(node("", "Sub", "a b", "y"));
    assertArrayEquals(new double[] {0, -3}, model.output("y").read().network().evaluate(2, -3));
  }

  private static void assertRefused(TestModel model, String... fragments) {
    String message = assertThrows(CreaseException.class, model.output("y")::read).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), message);
    }
  }

  @Test
  void refusesWhatIsNoCall() {
    TestModel recursive = calling(function("Self", "x", "y").addNode(node("my", "Self", "x", "y")));
    recursive.graph().addNode(node("my", "Self", "x", "y"));
    assertRefused(recursive, "node 0 (Self), node 0 (Self): ", "calls itself");

    TestModel unknown = calling(dense());
    unknown.graph().addNode(node("my", "Dense", "x w", "y").addAttribute(number("slop", 1)));
    assertRefused(unknown, "node 0 (Dense): ", "'slop' is not one of the function's");

    TestModel crowded = calling(dense());
    crowded.graph().addNode(node("my", "Dense", "x w h", "y"));
    assertRefused(crowded, "3 inputs");

    TestModel standard = calling(dense().setDomain("").setName("Relu"));
    standard.graph().addNode(node("", "Relu", "x", "y"));
    assertRefused(standard, "the name of a standard operator");

    TestModel twice = calling(dense(), dense());
    assertRefused(twice.node("Relu", "x", "y"), "'Dense' is there twice");
  }

  @Test
  void refusesOperatorsWithinAFunction() {
    TestModel model = calling(function("Soft", "x", "y").addNode(node("", "Elu", "x", "y")));
    model.graph().addNode(node("my", "Soft", "x", "y"));
    assertRefused(model, "node 0 (Soft), node 0 (Elu): ", "not one");
  }

  @Test
  void refusesFunctionsThatGrowWithoutBound() {
    FunctionProto.Builder[] functions = new FunctionProto.Builder[18];
    functions[0] = function("F0", "x", "y").addNode(node("", "Relu", "x", "y"));
    for (int k = 1; k < functions.length; k++) {
      functions[k] =
          function("F" + k, "x", "y")
              .addNode(node("my", "F" + (k - 1), "x", "h"))
              .addNode(node("my", "F" + (k - 1), "h", "y"));
    }
    TestModel model = calling(functions);
    model.graph().addNode(node("my", "F17", "x", "y"));
    assertRefused(model, "more than 32768 nodes");
  }
}
