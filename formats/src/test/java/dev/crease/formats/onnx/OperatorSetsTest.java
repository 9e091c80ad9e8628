package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.doubles;
import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.string;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.CreaseException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operator sets older or newer than the tests' ONNX Runtime knows, by hand. */
class OperatorSetsTest {

  private static double[] value(TestModel model, double... x) {
    return model.output("y").read().network().evaluate(x);
  }

  private static void assertRefused(TestModel model, String... fragments) {
    String message = assertThrows(CreaseException.class, model.output("y")::read).getMessage();
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), message);
    }
  }

  @Test
  void theOldestBroadcastsOnlyWhereItSays() {
    TestModel channels =
        doubles()
            .opset(6)
            .input("x", 1, 2, 2)
            .tensor("c", new double[] {10, 20}, 2)
            .node("Add", "x c", "y", integer("broadcast", 1), integer("axis", 1));
    assertArrayEquals(new double[] {11, 12, 23, 24}, value(channels, 1, 2, 3, 4));
    TestModel last =
        doubles()
            .opset(6)
            .input("x", 1, 2, 2)
            .tensor("c", new double[] {10, 20}, 2)
            .node("Mul", "x c", "y", integer("broadcast", 1));
    assertArrayEquals(new double[] {10, 40, 30, 80}, value(last, 1, 2, 3, 4));
    assertRefused(
        doubles()
            .opset(6)
            .input("x", 1, 2)
            .tensor("c", new double[] {1, 2}, 2)
            .node("Add", "x c", "y"),
        "do not fit in operator set 6");
    assertRefused(
        floats(2).random("c", 2).node("Add", "x c", "y", integer("broadcast", 1)), "'broadcast'");
  }

  @Test
  void theOldestSaysWhetherItTrains() {
    TestModel inference =
        doubles()
            .opset(6)
            .input("x", 1, 1)
            .tensor("s", new double[] {2}, 1)
            .tensor("m", new double[] {3}, 1)
            .tensor("v", new double[] {4}, 1)
            .node(
                "BatchNormalization", "x s s m v", "b", integer("is_test", 1), number("epsilon", 0))
            .node("Dropout", "b", "y", integer("is_test", 1));
    assertArrayEquals(new double[] {4}, value(inference, 5));
    assertRefused(
        floats(1).opset(6).random("s", 1).node("BatchNormalization", "x s s s s", "y"), "training");
    assertRefused(floats(1).opset(6).node("Dropout", "x", "y"), "training");
  }

  @Test
  void theNewestAreReadAndNewerOnesNoted() {
    for (int version : new int[] {25, 26, 27, 28}) {
      assertEquals(
          List.of(), floats(2).opset(version).node("Relu", "x", "y").output("y").read().notes());
    }
    List<String> notes = floats(2).opset(31).node("Relu", "x", "y").output("y").read().notes();
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).startsWith("operator set 31 is newer than 28"), notes.get(0));
  }

  @Test
  void spaceToDepthHasAModeInTheNewest() {
    TestModel model =
        doubles()
            .opset(28)
            .input("x", 1, 2, 1, 2)
            .node("Reshape", "x s", "r")
            .ints("s", 1, 1, 2, 2)
            .node("SpaceToDepth", "r", "y", integer("blocksize", 2), string("mode", "CRD"));
    assertArrayEquals(new double[] {1, 2, 3, 4}, value(model, 1, 2, 3, 4));
    assertRefused(
        floats()
            .input("x", 1, 1, 2, 2)
            .node("SpaceToDepth", "x", "y", integer("blocksize", 2), string("mode", "CRD")),
        "'mode'",
        "operator set 17");
  }

  @Test
  void operatorsInputsAndAttributesAreThoseOfTheOperatorSet() {
    assertRefused(
        floats(2).opset(11).node("Einsum", "x", "y", string("equation", "bi->bi")),
        "operator set 11 has no such operator",
        "came with 12");
    assertRefused(
        floats().input("x", 1, 1, 2, 2).opset(10).node("Upsample", "x", "y"), "its last is 9");
    assertRefused(floats(2).opset(11).ints("a", 0).node("Unsqueeze", "x a", "y"), "at most 1");
    assertRefused(
        floats(2).opset(10).random("lo").node("Clip", "x lo", "y"), "at most 1", "operator set 10");
    assertRefused(
        floats()
            .input("x", 1, 1, 4)
            .opset(18)
            .node("AveragePool", "x", "y", integers("kernel_shape", 2), integers("dilations", 2)),
        "'dilations'");
  }

  @Test
  void aWindowThatWouldBeginInThePaddingAtTheEndIsLeftOut() {
    TestModel model =
        doubles()
            .input("x", 1, 1, 5)
            .node(
                "MaxPool",
                "x",
                "y",
                integers("kernel_shape", 2),
                integers("strides", 3),
                integers("pads", 0, 1),
                integer("ceil_mode", 1));
    assertArrayEquals(new double[] {2, 5}, value(model, 1, 2, 3, 4, 5));
  }

  @Test
  void anAverageDoesNotCountWhatLiesBeyondThePadding() {
    TestModel model =
        doubles()
            .input("x", 1, 1, 6)
            .node(
                "AveragePool",
                "x",
                "y",
                integers("kernel_shape", 3),
                integers("strides", 2),
                integers("pads", 1, 1),
                integer("ceil_mode", 1),
                integer("count_include_pad", 1));
    double[] y = value(model, 1, 1, 1, 1, 1, 1);
    assertArrayEquals(new double[] {2.0 / 3, 1, 1, 0.5}, y, 1e-15);
  }

  @Test
  void noAxesReduceNothingWhereItSaysSo() {
    TestModel model =
        doubles()
            .opset(18)
            .input("x", 1, 2)
            .node("ReduceSum", "x", "y", integer("noop_with_empty_axes", 1));
    assertArrayEquals(new double[] {3, 4}, value(model, 3, 4));
  }
}
