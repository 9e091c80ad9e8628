package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.numbers;
import static dev.crease.formats.onnx.TestModel.raw;
import static dev.crease.formats.onnx.TestModel.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.CreaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What nodes of convolutions, pooling, padding and their like are refused for, in one line each.
 */
class RefusedOperatorsTest {

  private final List<DynamicTest> tests = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> oneClearLine() {
    convolutions();
    pooling();
    padding();
    resizing();
    selections();
    products();
    constants();
    return tests.stream();
  }

  private void refused(String fragment, TestModel model) {
    tests.add(
        DynamicTest.dynamicTest(
            fragment,
            () -> {
              String message =
                  assertThrows(CreaseException.class, model.output("y")::read).getMessage();
              assertTrue(message.startsWith("dir/net.onnx: node "), message);
              assertEquals(1, message.lines().count(), message);
              assertTrue(message.contains("; "), "no remedy in: " + message);
              assertTrue(message.contains(fragment), "no <" + fragment + "> in: " + message);
            }));
  }

  private static TestModel image() {
    return floats().input("x", 1, 2, 4, 4);
  }

  private static TestModel convolution(int[] w, AttributeProto... attributes) {
    return image().random("w", w).node("Conv", "x w", "y", attributes);
  }

  private void convolutions() {
    refused("needs a batch, channels", floats(3).random("w", 3, 3).node("Conv", "x w", "y"));
    refused("weights 'x' depend on", image().node("Conv", "x x", "y"));
    refused("do not fit", convolution(new int[] {1, 3, 2, 2}));
    refused("in 2 groups do not fit", convolution(new int[] {3, 1, 2, 2}, integer("group", 2)));
    refused("group is 0", convolution(new int[] {1, 2, 2, 2}, integer("group", 0)));
    refused(
        "kernel_shape [3, 3] is not the one of its weights, [2, 2]",
        convolution(new int[] {1, 2, 2, 2}, integers("kernel_shape", 3, 3)));
    refused("have no taps", convolution(new int[] {1, 2, 0, 2}));
    refused("larger than what it slides over", convolution(new int[] {1, 2, 5, 2}));
    refused("strides is [0, 1]", convolution(new int[] {1, 2, 2, 2}, integers("strides", 0, 1)));
    refused("must have 4 entries", convolution(new int[] {1, 2, 2, 2}, integers("pads", 1, 1)));
    refused(
        "both pads and auto_pad",
        convolution(
            new int[] {1, 2, 2, 2}, integers("pads", 1, 1, 1, 1), string("auto_pad", "VALID")));
    refused("not one of NOTSET", convolution(new int[] {1, 2, 2, 2}, string("auto_pad", "SAME")));
    refused(
        "3 entries for 1 channels",
        image().random("w", 1, 2, 2, 2).random("b", 3).node("Conv", "x w b", "y"));
    refused(
        "convolution of constants",
        image()
            .random("k", 1, 2, 3, 3)
            .random("w", 1, 2, 2, 2)
            .node("Conv", "k w", "c")
            .node("Add", "x c", "y"));
    refused(
        "weights of shape [3, 1, 2, 2] do not fit",
        image().random("w", 3, 1, 2, 2).node("ConvTranspose", "x w", "y"));
    refused(
        "output_shape [4] is read only alone",
        image()
            .random("w", 2, 1, 2, 2)
            .node("ConvTranspose", "x w", "y", integers("output_shape", 4)));
  }

  private void pooling() {
    refused("kernel_shape is missing", image().node("MaxPool", "x", "y"));
    refused("axis to pool over", floats(3).node("GlobalMaxPool", "x", "y"));
    refused(
        "lies in the padding alone",
        image()
            .node(
                "MaxPool", "x", "y", integers("kernel_shape", 1, 1), integers("pads", 1, 0, 0, 0)));
    refused(
        "its output 'i' is used, and the places of the maxima jump",
        image()
            .node("MaxPool", "x", "m i", integers("kernel_shape", 2, 2))
            .node("Add", "m i", "y"));
    refused(
        "its output 'y' is used, and the places of the maxima jump",
        image().node("MaxPool", "x", "m y", integers("kernel_shape", 2, 2)));
    refused(
        "its output 'm' is used, and the mask",
        image().node("Dropout", "x", "d m").node("Where", "m d d", "y"));
    refused(
        "more than 262144 elements",
        image().node("AveragePool", "x", "y", integers("kernel_shape", 1 << 17, 1 << 17)));
  }

  private void padding() {
    refused("3 pads for 2 axes", floats(3).ints("p", 0, 1, 1).node("Pad", "x p", "y"));
    refused("pads are missing", floats(3).node("Pad", "x", "y"));
    refused(
        "in mode 'reflect'",
        floats(3).ints("p", 0, 3, 0, 0).node("Pad", "x p", "y", string("mode", "reflect")));
    refused(
        "not one of constant",
        floats(3).ints("p", 0, 1, 0, 0).node("Pad", "x p", "y", string("mode", "symmetric")));
    refused("dimension -1", floats(3).ints("p", 0, -4, 0, 0).node("Pad", "x p", "y"));
    refused(
        "pads by more elements",
        floats(3).ints("p", 0, Long.MAX_VALUE, 0, 1).node("Pad", "x p", "y"));
    refused(
        "is not one number",
        floats(3).ints("p", 0, 1, 0, 0).random("v", 2).node("Pad", "x p v", "y"));
    refused("cannot be expanded", floats(3).ints("s", 1, 2).node("Expand", "x s", "y"));
    refused("repeats [2]", floats(3).ints("r", 2).node("Tile", "x r", "y"));
    refused("repeats [1, -2]", floats(3).ints("r", 1, -2).node("Tile", "x r", "y"));
    refused(
        "does not divide into blocks",
        image().node("DepthToSpace", "x", "y", integer("blocksize", 2)));
    refused(
        "no blocks of size 2", floats(3).node("DepthToSpace", "x", "y", integer("blocksize", 2)));
    refused(
        "neither DCR nor CRD",
        floats()
            .input("x", 1, 4, 2, 2)
            .node("DepthToSpace", "x", "y", integer("blocksize", 2), string("mode", "RDC")));
  }

  private static TestModel resize(double scale, AttributeProto... attributes) {
    return floats()
        .input("x", 1, 1, 8)
        .tensor("s", new double[] {1, 1, scale}, 3)
        .node("Resize", "x - s", "y", attributes);
  }

  private void resizing() {
    refused("mode 'linear' is not read", resize(2, string("mode", "linear")));
    refused(
        "'tf_crop_and_resize' is not read",
        resize(2, string("coordinate_transformation_mode", "tf_crop_and_resize")));
    refused("nearest_mode 'up' does not exist", resize(2, string("nearest_mode", "up")));
    refused("not a positive number", resize(-1));
    // 3 / 0.6f is 4.9999998: a run time in float32 makes it 5.
    refused(
        "depends on how a run time rounds",
        resize(
            0.6f,
            string("coordinate_transformation_mode", "asymmetric"),
            string("nearest_mode", "floor")));
    refused("either scales or sizes", floats().input("x", 1, 1, 5).node("Resize", "x", "y"));
    refused(
        "keeps the aspect ratio",
        floats()
            .input("x", 1, 1, 5)
            .opset(18)
            .ints("s", 1, 1, 7)
            .node("Resize", "x - - s", "y", string("keep_aspect_ratio_policy", "not_larger")));
    refused(
        "smaller is not defined",
        floats()
            .input("x", 1, 1, 4)
            .opset(9)
            .tensor("s", new double[] {1, 1, 0.5}, 3)
            .node("Upsample", "x s", "y"));
  }

  private void selections() {
    refused(
        "index 3 is outside axis 1",
        floats(3)
            .tensor(raw("i", DataType.INT64, new double[] {3}, 1, 1))
            .node("GatherElements", "x i", "y", integer("axis", 1)));
    refused(
        "shapes [1, 3] and [2] do not fit",
        floats(3).ints("i", 0, 1).node("GatherElements", "x i", "y"));
    refused(
        "shapes [1, 3] and [3] do not fit",
        floats(3).ints("i", 0, 0, 0).node("GatherND", "x i", "y"));
    refused(
        "batch_dims are 1 for inputs of shapes [1, 3] and [1]",
        floats(3).ints("i", 0).node("GatherND", "x i", "y", integer("batch_dims", 1)));
    refused(
        "shapes [2, 3] and [3, 1] do not fit",
        floats()
            .input("x", 2, 3)
            .tensor(raw("i", DataType.INT64, new double[] {1, 1, 1}, 3, 1))
            .node("GatherND", "x i", "y", integer("batch_dims", 1)));
    TestModel scatter =
        floats(3).tensor(raw("i", DataType.INT64, new double[] {0, 1, 0, 1}, 2, 2)).random("u", 2);
    refused("two values in one place", scatter.node("ScatterND", "x i u", "y"));
    refused(
        "shapes [1, 3] and [2] do not fit",
        floats(3)
            .tensor(raw("k", DataType.BOOL, new double[] {0, 1}, 2))
            .node("Where", "k x x", "y"));
  }

  private void products() {
    refused(
        "all of its operands but one must be constants",
        floats(3).node("Einsum", "x x", "y", string("equation", "bi,bi->b")));
    for (String equation :
        List.of("", "bi,ij", "bij->b", "bi->bk", "bi->bb", "b.->b", "bi->b->i")) {
      refused(
          "equation '" + equation + "' does not fit",
          floats(3).node("Einsum", "x", "y", string("equation", equation)));
    }
    refused(
        "slopes of shape [2, 3] do not fit", floats(3).random("s", 2, 3).node("PRelu", "x s", "y"));
    refused(
        "axis 1 is named twice", floats(3).opset(18).ints("a", 1, 1).node("ReduceSum", "x a", "y"));
    TestModel scaler = floats(3).node("Scaler", "x", "y", numbers("offset", 1, 2));
    scaler.graph().getNodeBuilder(0).setDomain("ai.onnx.ml");
    refused("offset has 2 entries for 3 features", scaler);
    TestModel regressor =
        floats(3).node("LinearRegressor", "x", "y", numbers("coefficients", 1, 2));
    regressor.graph().getNodeBuilder(0).setDomain("ai.onnx.ml");
    refused("2 coefficients and 0 intercepts", regressor);
    TestModel logit =
        floats(1)
            .node(
                "LinearRegressor",
                "x",
                "y",
                numbers("coefficients", 1),
                string("post_transform", "LOGISTIC"));
    logit.graph().getNodeBuilder(0).setDomain("ai.onnx.ml");
    refused("post_transform 'LOGISTIC'", logit);
  }

  private void constants() {
    refused(
        "powers 2, 1 and 0.5",
        floats(3).random("c", 3).tensor("e", new double[] {3}).node("Pow", "c e", "y"));
    refused("it is not piecewise linear", floats(3).node("Sqrt", "x", "y"));
    refused("jumps", floats(3).random("c", 3).node("Less", "x c", "y"));
    refused(
        "in steps of 0.0",
        floats(3)
            .tensor("a", new double[] {1})
            .tensor("z", new double[] {0})
            .node("Range", "a a z", "y"));
    refused(
        "3 scales for an input of shape [2]",
        floats(3)
            .tensor(raw("q", DataType.INT32, new double[] {1, 2}, 2))
            .random("s", 3)
            .node("DequantizeLinear", "q s", "y", integer("axis", 0)));
    refused(
        "its scales are by block",
        floats(3)
            .opset(21)
            .tensor(raw("q", DataType.INT32, new double[] {1, 2}, 2))
            .tensor("s", new double[] {1})
            .node("DequantizeLinear", "q s", "y", integer("block_size", 2)));
    refused(
        "its operand is a constant",
        floats(3).random("c", 3).node("HardSigmoid", "c", "d").node("Add", "x d", "y"));
    refused(
        "one of its bounds is NaN",
        floats(3).opset(10).node("Clip", "x", "y", number("min", Double.NaN)));
    refused("not of constants", floats(3).random("c", 3).ints("a", 0).node("CumSum", "c a", "y"));
    refused(
        "mean of whole numbers",
        floats(3).ints("c", 1, 2).node("ReduceMean", "c", "m").node("Add", "x m", "y"));
  }
}
