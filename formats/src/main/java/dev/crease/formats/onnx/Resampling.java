package dev.crease.formats.onnx;

import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Resize and Upsample to the nearest element, which copies. Which is the nearest follows the ONNX
 * schema of Resize; where run times, which compute in float32, would take another element than
 * exact arithmetic does, the model is refused.
 */
final class Resampling {

  private static final String NEAREST = "nearest";

  private Resampling() {}

  /** How a place of the result becomes one of the operand. */
  private record Rule(String coordinates, String rounding) {}

  static Tensor upsample(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    double[] scales =
        node.has(1)
            ? node.finiteConstant(1).values()
            : node.numberList("scales").orElse(new double[0]);
    return scaled(node, x, allAxes(rank), scales, new Rule("asymmetric", "floor"));
  }

  static Tensor resize(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    if (node.opset() < 11) {
      double[] scales = node.finiteConstant(1).values();
      return scaled(node, x, allAxes(rank), scales, new Rule("asymmetric", "floor"));
    }
    int[] axes =
        node.integerList("axes")
            .map(list -> Arrays.stream(list).mapToInt(axis -> node.axis(axis, rank)).toArray())
            .orElse(allAxes(rank));
    if (!node.string("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw node.unsupported("it keeps the aspect ratio; export it with fixed sizes");
    }
    Rule rule =
        new Rule(
            node.string("coordinate_transformation_mode", "half_pixel"),
            node.string("nearest_mode", "round_prefer_floor"));
    boolean byScales = node.has(2) && node.finiteConstant(2).values().length > 0;
    if (byScales == node.has(3)) {
      throw node.bad("it needs either scales or sizes; export the model again");
    }
    if (byScales) {
      return scaled(node, x, axes, node.finiteConstant(2).values(), rule);
    }
    long[] sizes = node.integers(3);
    return resized(node, x, axes, sizes, Optional.empty(), rule);
  }

  private static int[] allAxes(int rank) {
    return IntStream.range(0, rank).toArray();
  }

  private static Tensor scaled(OnnxNode node, Tensor x, int[] axes, double[] scales, Rule rule) {
    if (scales.length != axes.length || Arrays.stream(scales).anyMatch(s -> !(s > 0))) {
      throw node.bad(
          "its scales "
              + Arrays.toString(scales)
              + " are not a positive number for each of "
              + axes.length
              + " axes; export the model again");
    }
    if (node.opset() < 11 && Arrays.stream(scales).anyMatch(s -> s < 1)) {
      throw node.unsupported(
          "how it makes an image smaller is not defined in operator set "
              + node.opset()
              + "; export the model with operator set 13 or newer");
    }
    long[] sizes = new long[axes.length];
    Arrays.setAll(sizes, k -> (long) Math.floor(x.shape().dims()[axes[k]] * scales[k]));
    return resized(node, x, axes, sizes, Optional.of(scales), rule);
  }

  private static Tensor resized(
      OnnxNode node, Tensor x, int[] axes, long[] sizes, Optional<double[]> scales, Rule rule) {
    String mode = node.string("mode", NEAREST);
    int[] dims = x.shape().dims();
    node.axes(Arrays.stream(axes).asLongStream().toArray(), dims.length);
    if (sizes.length != axes.length) {
      throw node.bad(
          "its sizes "
              + Arrays.toString(sizes)
              + " are not one for each of "
              + axes.length
              + " axes; export the model again");
    }
    if (!mode.equals(NEAREST)) {
      throw node.unsupported(
          "its mode "
              + SourceFile.quoted(mode)
              + " is not read; use mode nearest, or a ConvTranspose with the weights of the"
              + " interpolation");
    }
    int[][] sources = new int[dims.length][];
    for (int axis = 0; axis < dims.length; axis++) {
      sources[axis] = allAxes(dims[axis]);
    }
    for (int k = 0; k < axes.length; k++) {
      int size = dims[axes[k]];
      int to = node.shape(x, sizes[k]).count();
      if (to == 0 || size == 0) {
        throw node.bad("an axis of it has no elements; export the model again");
      }
      double scale = scales.isPresent() ? scales.get()[k] : (double) to / size;
      // An axis that keeps its size is left alone by run times too.
      boolean same = scale == 1;
      int[] source = new int[to];
      for (int i = 0; i < to; i++) {
        source[i] = same ? i : nearest(node, rule, i, size, to, scale);
      }
      sources[axes[k]] = source;
    }
    return Placement.of(x.shape(), sources).apply(node, x, 0);
  }

  private static int nearest(OnnxNode node, Rule rule, int at, int size, int to, double scale) {
    double exact = place(node, rule.coordinates(), at, size, to, scale);
    int index = rounded(node, rule.rounding(), exact, size);
    double margin = 1e-5 * (1 + Math.abs(exact));
    // Halves and whole numbers that come out exactly do so in float32 too: where the scale is one
    // of its numbers, a quotient cannot be as near to them as this without being one.
    boolean isExact = exact * 2 == Math.rint(exact * 2) && scale == (float) scale;
    if (!isExact
        && (rounded(node, rule.rounding(), exact - margin, size) != index
            || rounded(node, rule.rounding(), exact + margin, size) != index)) {
      throw node.unsupported(
          "which element is the nearest to "
              + exact
              + " depends on how a run time rounds; use a scale that is a power of two, or"
              + " nearest_mode floor");
    }
    return index;
  }

  private static double place(
      OnnxNode node, String coordinates, int at, int size, int to, double scale) {
    return switch (coordinates) {
      case "asymmetric" -> at / scale;
      case "half_pixel" -> (at + 0.5) / scale - 0.5;
      case "pytorch_half_pixel" -> to > 1 ? (at + 0.5) / scale - 0.5 : 0;
      case "tf_half_pixel_for_nn" -> (at + 0.5) / scale;
      case "align_corners" -> to > 1 ? (double) at * (size - 1) / (to - 1) : 0;
      case "half_pixel_symmetric" -> {
        double adjustment = to / (size * scale);
        yield size / 2.0 * (1 - adjustment) + (at + 0.5) / scale - 0.5;
      }
      default ->
          throw node.unsupported(
              "its coordinate_transformation_mode "
                  + SourceFile.quoted(coordinates)
                  + " is not read; export it with asymmetric or half_pixel");
    };
  }

  private static int rounded(OnnxNode node, String rounding, double exact, int size) {
    double nearest =
        switch (rounding) {
          case "floor" -> Math.floor(exact);
          case "ceil" -> Math.ceil(exact);
          case "round_prefer_floor" -> Math.ceil(exact - 0.5);
          case "round_prefer_ceil" -> Math.floor(exact + 0.5);
          default ->
              throw node.bad(
                  "its nearest_mode "
                      + SourceFile.quoted(rounding)
                      + " does not exist; export the model again");
        };
    return (int) Math.max(0, Math.min(size - 1, nearest));
  }
}
