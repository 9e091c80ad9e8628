package dev.crease.formats.onnx;

import static dev.crease.formats.onnx.TestModel.floats;
import static dev.crease.formats.onnx.TestModel.integer;
import static dev.crease.formats.onnx.TestModel.integers;
import static dev.crease.formats.onnx.TestModel.number;
import static dev.crease.formats.onnx.TestModel.numbers;
import static dev.crease.formats.onnx.TestModel.string;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.crease.formats.source.ReadNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Convolutions, pooling, padding and resizing, against ONNX Runtime. */
class ImageOperatorsTest {

  private final Map<String, TestModel> models = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> agreeWithOnnxRuntime() {
    convolutions();
    transposed();
    pooling();
    padding();
    resizing();
    return models.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue())));
  }

  private static void check(TestModel model) {
    ReadNetwork read = model.read();
    assertEquals(read, model.read(), "read twice");
    OnnxRuntimeOracle.assertAgrees(model.bytes(), read.network(), 10, 2);
  }

  private void add(String name, TestModel model) {
    models.put(name, model.output("y"));
  }

  private void convolution(
      String name, int[] x, int[] w, boolean bias, AttributeProto... attributes) {
    Object[] dims = new Object[x.length];
    for (int k = 0; k < x.length; k++) {
      dims[k] = x[k];
    }
    add(
        "Conv " + name,
        floats()
            .input("x", dims)
            .random("w", w)
            .random("b", w[0])
            .node("Conv", bias ? "x w b" : "x w", "z", attributes)
            .node("Relu", "z", "y"));
  }

  private static int[] of(int... sizes) {
    return sizes;
  }

  private void convolutions() {
    convolution("1-D", of(1, 2, 7), of(3, 2, 3), true);
    convolution("2-D", of(1, 2, 5, 4), of(3, 2, 3, 2), true, integers("kernel_shape", 3, 2));
    convolution("3-D", of(1, 1, 3, 3, 4), of(2, 1, 2, 2, 2), false);
    convolution(
        "strided and padded",
        of(1, 2, 6, 5),
        of(2, 2, 3, 3),
        true,
        integers("strides", 2, 1),
        integers("pads", 1, 0, 2, 1));
    convolution("dilated", of(1, 1, 7, 6), of(2, 1, 2, 3), true, integers("dilations", 3, 2));
    convolution("grouped", of(1, 4, 3, 3), of(6, 2, 2, 2), true, integer("group", 2));
    convolution("depthwise", of(1, 3, 4, 4), of(3, 1, 3, 3), false, integer("group", 3));
    convolution("of the full window", of(1, 2, 3, 3), of(4, 2, 3, 3), true);
    for (String pad : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
      convolution(
          pad,
          of(1, 1, 5, 4),
          of(2, 1, 2, 3),
          true,
          string("auto_pad", pad),
          integers("strides", 2, 1));
    }
    add(
        "Conv of scaled inputs, normalised",
        floats()
            .input("x", 1, 2, 3, 3)
            .random("c", 1, 2, 1, 1)
            .node("Mul", "x c", "s")
            .random("w", 2, 2, 2, 2)
            .node("Conv", "s w", "z")
            .random("scale", 2)
            .random("shift", 2)
            .random("mean", 2)
            .tensor("variance", new double[] {0.5, 2}, 2)
            .node("BatchNormalization", "z scale shift mean variance", "n")
            .node("Relu", "n", "y"));
    add(
        "two Conv, pooling, two Gemm",
        floats()
            .input("x", "n", 1, 8, 8)
            .random("w", 2, 1, 3, 3)
            .random("v", 3, 2, 3, 3)
            .random("g", 5, 12)
            .random("h", 2, 5)
            .node("Conv", "x w", "a", integers("pads", 1, 1, 1, 1))
            .node("Relu", "a", "b")
            .node("MaxPool", "b", "c", integers("kernel_shape", 2, 2), integers("strides", 2, 2))
            .node("Conv", "c v", "d")
            .node("Relu", "d", "e")
            .node("Flatten", "e", "f")
            .node("Gemm", "f g", "i", integer("transB", 1))
            .node("Relu", "i", "j")
            .node("Gemm", "j h", "y", integer("transB", 1)));
  }

  private void deconvolution(String name, int[] w, AttributeProto... attributes) {
    add(
        "ConvTranspose " + name,
        floats()
            .input("x", 1, 4, 3, 2)
            .random("w", w)
            .random("b", 2)
            .node("ConvTranspose", "x w b", "y", attributes));
  }

  private void transposed() {
    deconvolution("plain", of(4, 2, 2, 3));
    deconvolution(
        "strided and padded",
        of(4, 2, 3, 3),
        integers("strides", 2, 3),
        integers("pads", 1, 0, 0, 1),
        integers("output_padding", 1, 0));
    deconvolution("dilated", of(4, 2, 2, 2), integers("dilations", 2, 3));
    deconvolution("grouped", of(4, 1, 2, 2), integer("group", 2), integers("strides", 2, 2));
    deconvolution("with holes", of(4, 2, 1, 1), integers("strides", 3, 2));
    for (String pad : List.of("SAME_UPPER", "SAME_LOWER")) {
      deconvolution(pad, of(4, 2, 3, 3), string("auto_pad", pad), integers("strides", 2, 2));
    }
    deconvolution(
        "of a stated shape",
        of(4, 2, 3, 3),
        integers("output_shape", 6, 5),
        integers("strides", 2, 2));
    deconvolution(
        "of a shape beyond its kernel",
        of(4, 2, 3, 3),
        integers("output_shape", 10, 8),
        integers("strides", 3, 3));
    add(
        "ConvTranspose 1-D",
        floats()
            .input("x", 1, 1, 4)
            .random("w", 1, 2, 3)
            .node("ConvTranspose", "x w", "y", integers("strides", 2)));
  }

  private void pool(String op, String name, TestModel model, AttributeProto... attributes) {
    add(op + " " + name, model.node(op, "x", "y", attributes));
  }

  private static TestModel image() {
    return floats().input("x", 1, 2, 5, 4);
  }

  private void pooling() {
    for (String op : List.of("MaxPool", "AveragePool")) {
      pool(op, "plain", image(), integers("kernel_shape", 2, 3));
      pool(
          op,
          "strided and padded",
          image(),
          integers("kernel_shape", 3, 2),
          integers("strides", 2, 2),
          integers("pads", 1, 0, 2, 1));
      for (String pad : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
        pool(
            op,
            pad,
            image(),
            integers("kernel_shape", 2, 2),
            integers("strides", 2, 1),
            string("auto_pad", pad));
      }
      pool(
          op,
          "rounding sizes up",
          image(),
          integers("kernel_shape", 2, 2),
          integers("strides", 3, 3),
          integer("ceil_mode", 1));
      pool(
          op,
          "of a window larger than the image, rounding sizes up",
          floats().input("x", 1, 1, 2, 3),
          integers("kernel_shape", 3, 3),
          integers("strides", 2, 2),
          integer("ceil_mode", 1));
      pool(
          op,
          "dilated",
          image().opset(19),
          integers("kernel_shape", 2, 2),
          integers("dilations", 3, 1));
      pool(op, "of old", image().opset(8), integers("kernel_shape", 2, 2));
      pool(
          op,
          "1-D",
          floats().input("x", 1, 2, 6),
          integers("kernel_shape", 4),
          integers("strides", 2));
      pool("Global" + op, "2-D", image());
      pool("Global" + op, "1-D", floats().input("x", 1, 2, 4));
    }
    pool(
        "AveragePool",
        "counting padding",
        image(),
        integers("kernel_shape", 2, 2),
        integers("pads", 1, 1, 1, 1),
        integer("count_include_pad", 1));
    add(
        "MaxPool of negative numbers and an average of it",
        image()
            .node("Relu", "x", "a")
            .node("Neg", "a", "b")
            .node(
                "MaxPool",
                "b",
                "c",
                integers("kernel_shape", 3, 3),
                integers("pads", 1, 1, 1, 1),
                integer("storage_order", 1))
            .node("AveragePool", "c", "y", integers("kernel_shape", 2, 2)));
    add(
        "MaxPool with indices that nothing uses",
        floats()
            .input("x", 1, 1, 4)
            .node("MaxPool", "x", "y i", integers("kernel_shape", 2))
            .node("Identity", "i", "unused"));
  }

  private void padding() {
    for (String mode : List.of("constant", "edge", "reflect")) {
      add(
          "Pad " + mode,
          floats()
              .input("x", 1, 2, 4, 3)
              .ints("p", 0, 0, 2, 1, 0, 0, -1, 2)
              .tensor("v", new double[] {0.75})
              .node("Pad", mode.equals("constant") ? "x p v" : "x p", "z", string("mode", mode))
              .random("w", 1, 2, 2, 2)
              .node("Conv", "z w", "y"));
    }
    add(
        "Pad wrapping",
        floats()
            .input("x", 1, 3)
            .opset(19)
            .ints("p", 0, 2, 0, 3)
            .node("Pad", "x p", "y", string("mode", "wrap")));
    add(
        "Pad of some axes",
        floats()
            .input("x", 1, 2, 3)
            .opset(18)
            .ints("p", 1, 2)
            .ints("a", -1)
            .node("Pad", "x p - a", "z")
            .random("w", 6, 2)
            .node("MatMul", "z w", "y"));
    add(
        "Pad of old",
        floats()
            .input("x", 1, 3)
            .opset(9)
            .node("Pad", "x", "y", integers("pads", 0, 1, 0, 2), number("value", -1.5)));
  }

  private void resizing() {
    for (String coordinates :
        List.of("asymmetric", "half_pixel", "pytorch_half_pixel", "align_corners")) {
      for (String rounding : List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")) {
        // A corner of the last two is a tie that run times decide by rounding errors.
        if (!coordinates.equals("align_corners") || !rounding.startsWith("round")) {
          add(
              "Resize " + coordinates + " " + rounding,
              floats()
                  .input("x", 1, 1, 3, 2)
                  .opset(13)
                  .tensor("s", new double[] {1, 1, 2, 4}, 4)
                  .node(
                      "Resize",
                      "x - s",
                      "y",
                      string("coordinate_transformation_mode", coordinates),
                      string("nearest_mode", rounding)));
        }
      }
    }
    add(
        "Resize to sizes",
        floats()
            .input("x", 1, 2, 4)
            .ints("s", 1, 2, 2)
            .node(
                "Resize",
                "x - - s",
                "y",
                string("mode", "nearest"),
                string("coordinate_transformation_mode", "asymmetric"),
                string("nearest_mode", "floor")));
    add(
        "Resize of old",
        floats()
            .input("x", 1, 1, 2, 3)
            .opset(10)
            .tensor("s", new double[] {1, 1, 3, 2}, 4)
            .node("Resize", "x s", "y"));
    add(
        "Upsample",
        floats()
            .input("x", 1, 1, 2, 3)
            .opset(9)
            .tensor("s", new double[] {1, 1, 2, 3}, 4)
            .node("Upsample", "x s", "y"));
    add(
        "Upsample of old",
        floats()
            .input("x", 1, 1, 2, 3)
            .opset(8)
            .node("Upsample", "x", "y", numbers("scales", 1, 1, 2, 2)));
    for (String mode : List.of("DCR", "CRD")) {
      add(
          "DepthToSpace " + mode,
          floats()
              .input("x", 1, 8, 2, 3)
              .node("DepthToSpace", "x", "y", integer("blocksize", 2), string("mode", mode)));
    }
    add(
        "SpaceToDepth",
        floats().input("x", 1, 2, 4, 6).node("SpaceToDepth", "x", "y", integer("blocksize", 2)));
  }
}
