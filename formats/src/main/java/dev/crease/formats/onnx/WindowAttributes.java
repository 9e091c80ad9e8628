package dev.crease.formats.onnx;

import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads how a node slides its kernel: {@code kernel_shape}, {@code strides}, {@code dilations},
 * {@code pads}, {@code auto_pad} and {@code ceil_mode}, as the ONNX operator schemas define them.
 */
final class WindowAttributes {

  private final OnnxNode node;
  private final int rank;
  private final long[] strides;
  private final long[] dilations;
  private final long[] pads;
  private final String autoPad;

  /**
   * The attributes of a node.
   *
   * @param rank how many spatial axes there are
   */
  WindowAttributes(OnnxNode node, int rank) {
    this.node = node;
    this.rank = rank;
    this.strides = list("strides", rank, 1, 1);
    this.dilations = list("dilations", rank, 1, 1);
    this.pads = list("pads", 2 * rank, 0, 0);
    this.autoPad = node.string("auto_pad", "NOTSET");
    if (!autoPad.equals("NOTSET") && Arrays.stream(pads).anyMatch(pad -> pad != 0)) {
      throw node.bad(
          "it has both pads and auto_pad "
              + SourceFile.quoted(autoPad)
              + "; leave one of them out");
    }
  }

  private long[] list(String name, int length, long otherwise, long least) {
    long[] values = node.integerList(name).orElse(new long[0]);
    if (values.length == 0) {
      values = new long[length];
      Arrays.fill(values, otherwise);
    }
    if (values.length != length
        || Arrays.stream(values).anyMatch(v -> v < least || v > OnnxReader.LARGEST_ACTIVATION)) {
      throw node.bad(
          "its attribute "
              + name
              + " is "
              + Arrays.toString(values)
              + " and must have "
              + length
              + " entries from "
              + least
              + "; export the model again");
    }
    return values;
  }

  /** The kernel's sizes where no weights tell them. */
  int[] kernel() {
    if (node.integerList("kernel_shape").isEmpty()) {
      throw node.bad("its kernel_shape is missing; export the model again");
    }
    long[] sizes = list("kernel_shape", rank, 1, 1);
    node.activationShape(sizes);
    return toInts(sizes);
  }

  /** Refuses a stated kernel that is not that of the weights. */
  void check(int[] weights) {
    Optional<long[]> stated = node.integerList("kernel_shape").filter(sizes -> sizes.length > 0);
    if (stated.isPresent() && !Arrays.equals(toInts(stated.get()), weights)) {
      throw node.bad(
          "its kernel_shape "
              + Arrays.toString(stated.get())
              + " is not the one of its weights, "
              + Arrays.toString(weights)
              + "; export the model again");
    }
    if (Arrays.stream(weights).anyMatch(size -> size < 1)) {
      throw node.bad("its weights have no taps; export the model again");
    }
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
  }

  /** The windows of a convolution, or of pooling, over axes of the given sizes. */
  Windows sliding(int[] sizes, int[] kernel) {
    Windows.Axis[] axes = new Windows.Axis[rank];
    boolean roundUp = node.flag("ceil_mode", false);
    for (int axis = 0; axis < rank; axis++) {
      long extent = (kernel[axis] - 1) * dilations[axis] + 1;
      long stride = strides[axis];
      long before = pads[axis];
      long after = pads[axis + rank];
      long positions;
      switch (autoPad) {
        case "NOTSET", "VALID" -> {
          long free = sizes[axis] + before + after - extent;
          positions = (roundUp ? -Math.floorDiv(-free, stride) : Math.floorDiv(free, stride)) + 1;
          // A window that would begin in the padding at the end is left out.
          positions -= roundUp && (positions - 1) * stride >= sizes[axis] + before ? 1 : 0;
        }
        case "SAME_UPPER", "SAME_LOWER" -> {
          positions = (sizes[axis] + stride - 1) / stride;
          long padding = Math.max(0, (positions - 1) * stride + extent - sizes[axis]);
          boolean more = autoPad.equals("SAME_LOWER");
          before = more ? padding - padding / 2 : padding / 2;
          after = padding - before;
        }
        default -> throw unknown();
      }
      axes[axis] = axis(axis, sizes[axis], positions, kernel[axis], before, after);
    }
    return new Windows(axes);
  }

  /** The windows of the convolution whose transpose has a result of the sizes that follow. */
  Windows transposed(int[] sizes, int[] kernel) {
    Windows.Axis[] axes = new Windows.Axis[rank];
    long[] more = list("output_padding", rank, 0, 0);
    Optional<long[]> stated = node.integerList("output_shape").filter(shape -> shape.length > 0);
    if (stated.isPresent() && (stated.get().length != rank || !autoPad.equals("NOTSET"))) {
      throw node.unsupported(
          "its output_shape "
              + Arrays.toString(stated.get())
              + " is read only alone, with an entry for each of "
              + rank
              + " spatial axes; export it with pads");
    }
    for (int axis = 0; axis < rank; axis++) {
      long extent = (kernel[axis] - 1) * dilations[axis] + 1;
      long full = strides[axis] * (sizes[axis] - 1L) + more[axis] + extent;
      long before = pads[axis];
      long cells = full - before - pads[axis + rank];
      boolean same = autoPad.startsWith("SAME_");
      if (same || stated.isPresent()) {
        cells = same ? sizes[axis] * strides[axis] : stated.get()[axis];
        // Where the kernel does not reach, the result is the bias alone.
        long padding = Math.max(0, full - cells);
        before = autoPad.equals("SAME_UPPER") ? padding / 2 : padding - padding / 2;
      } else if (!autoPad.equals("NOTSET") && !autoPad.equals("VALID")) {
        throw unknown();
      }
      axes[axis] = axis(axis, cells, sizes[axis], kernel[axis], before, 0);
    }
    return new Windows(axes);
  }

  private RuntimeException unknown() {
    return node.bad(
        "its auto_pad "
            + SourceFile.quoted(autoPad)
            + " is not one of NOTSET, VALID, SAME_UPPER and SAME_LOWER; export the model again");
  }

  private Windows.Axis axis(
      int axis, long cells, long positions, int taps, long before, long after) {
    if (positions < 1 || cells < 1) {
      throw node.bad("its kernel is larger than what it slides over; export the model again");
    }
    node.activationShape(cells);
    node.activationShape(positions);
    return new Windows.Axis(
        (int) cells,
        (int) positions,
        taps,
        (int) strides[axis],
        (int) dilations[axis],
        (int) before,
        (int) after);
  }
}
