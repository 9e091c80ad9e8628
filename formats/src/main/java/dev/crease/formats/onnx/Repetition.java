package dev.crease.formats.onnx;

import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The operators that pad and repeat; on constants and on activations alike. */
final class Repetition {

  private Repetition() {}

  // Padding.

  static Tensor pad(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    int[] axes = IntStream.range(0, rank).toArray();
    if (node.has(3)) {
      node.axes(node.integers(3), rank);
      axes = Arrays.stream(node.integers(3)).mapToInt(axis -> node.axis(axis, rank)).toArray();
    }
    long[] pads =
        node.integers("pads", 1)
            .orElseThrow(() -> node.bad("its pads are missing; export the model again"));
    if (pads.length != 2 * axes.length) {
      throw node.bad(
          "it has "
              + pads.length
              + " pads for "
              + axes.length
              + " axes, and needs two for each; export the model again");
    }
    if (Arrays.stream(pads).anyMatch(pad -> pad != clamped(pad))) {
      throw node.unsupported("it pads by more elements than are read; use a smaller network");
    }
    String mode = node.string("mode", "constant");
    double value = node.number("value", 0);
    if (node.has(2)) {
      Tensor.Constant constant = node.finiteConstant(2);
      if (constant.values().length != 1) {
        throw node.bad(constant.origin() + " is not one number; export the model again");
      }
      value = constant.values()[0];
    }
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int k = 0; k < axes.length; k++) {
      before[axes[k]] = pads[k];
      after[axes[k]] = pads[k + axes.length];
    }
    long[] sizes =
        LongStream.range(0, rank)
            .map(axis -> x.shape().dims()[(int) axis] + before[(int) axis] + after[(int) axis])
            .toArray();
    node.shape(x, sizes);
    int[][] sources = new int[rank][];
    for (int axis = 0; axis < rank; axis++) {
      sources[axis] =
          padded(node, mode, x.shape().dims()[axis], (int) before[axis], (int) after[axis]);
    }
    return Placement.of(x.shape(), sources).apply(node, x, value);
  }

  private static long clamped(long pad) {
    return Math.max(-OnnxReader.LARGEST_CONSTANT, Math.min(OnnxReader.LARGEST_CONSTANT, pad));
  }

  /** By index of a padded axis, the index that it copies, or -1. */
  private static int[] padded(OnnxNode node, String mode, int size, int before, int after) {
    // Negative padding cuts off first; what is added mirrors what is left.
    int from = Math.max(0, -before);
    int left = size - from - Math.max(0, -after);
    boolean reflects = mode.equals("reflect") && (before >= left || after >= left);
    if (left < 0
        || (left == 0 && !mode.equals("constant") && (before > 0 || after > 0))
        || (reflects && (before > 0 || after > 0))) {
      throw node.bad(
          "it pads an axis of "
              + size
              + " elements by "
              + before
              + " and "
              + after
              + " in mode "
              + SourceFile.quoted(mode)
              + ", which cannot be; export the model again");
    }
    int[] sources = new int[size + before + after];
    for (int i = 0; i < sources.length; i++) {
      int at = i - Math.max(0, before);
      int inside =
          switch (mode) {
            case "constant" -> at < 0 || at >= left ? -1 : at;
            case "edge" -> Math.max(0, Math.min(left - 1, at));
            case "reflect" -> at < 0 ? -at : at >= left ? 2 * (left - 1) - at : at;
            case "wrap" -> Math.floorMod(at, left);
            default ->
                throw node.unsupported(
                    "its mode "
                        + SourceFile.quoted(mode)
                        + " is not one of constant, reflect, edge and wrap; export the model again");
          };
      sources[i] = inside < 0 ? -1 : inside + from;
    }
    return sources;
  }

  // Copies.

  static Tensor expand(OnnxNode node) {
    Tensor x = node.operand(0);
    Shape asked = node.shape(x, node.integers(1));
    Shape shape =
        node.shape(
            x,
            x.shape()
                .broadcast(asked)
                .orElseThrow(
                    () ->
                        node.bad(
                            "a tensor of shape "
                                + x.shape()
                                + " cannot be expanded to "
                                + asked
                                + "; export the model again")));
    return x.select(shape, x.shape().broadcastFrom(shape));
  }

  static Tensor tile(OnnxNode node) {
    Tensor x = node.operand(0);
    long[] repeats = node.integers(1);
    int rank = x.shape().rank();
    if (repeats.length != rank || Arrays.stream(repeats).anyMatch(n -> n < 0)) {
      throw node.bad(
          "its repeats "
              + Arrays.toString(repeats)
              + " are not one number for each of "
              + rank
              + " axes; export the model again");
    }
    int[] dims = x.shape().dims();
    int[][] sources = new int[rank][];
    for (int axis = 0; axis < rank; axis++) {
      int size = dims[axis];
      int all = node.shape(x, size, repeats[axis]).count();
      sources[axis] = IntStream.range(0, size == 0 ? 0 : all).map(i -> i % size).toArray();
    }
    return Placement.of(x.shape(), sources).apply(node, x, 0);
  }

  // Blocks of channels and of pixels.

  static Tensor depthToSpace(OnnxNode node) {
    return blocks(node, true);
  }

  static Tensor spaceToDepth(OnnxNode node) {
    return blocks(node, false);
  }

  private static Tensor blocks(OnnxNode node, boolean toSpace) {
    Tensor x = node.operand(0);
    long asked = node.integer("blocksize", 0);
    String mode = node.string("mode", "DCR");
    Optional<int[]> dims = Optional.of(x.shape().dims()).filter(sizes -> sizes.length == 4);
    if (dims.isEmpty() || asked < 1 || asked > OnnxReader.LARGEST_ACTIVATION) {
      throw node.bad(
          "a tensor of shape "
              + x.shape()
              + " has no blocks of size "
              + asked
              + "; export the model again");
    }
    if (!mode.equals("DCR") && !mode.equals("CRD")) {
      throw node.bad(
          "its mode "
              + SourceFile.quoted(mode)
              + " is neither DCR nor CRD; export the model again");
    }
    int b = (int) asked;
    int channels = dims.get()[1];
    int height = dims.get()[2];
    int width = dims.get()[3];
    boolean fits = toSpace ? channels % ((long) b * b) == 0 : height % b == 0 && width % b == 0;
    if (!fits) {
      throw node.bad(
          "a tensor of shape "
              + x.shape()
              + " does not divide into blocks of size "
              + b
              + "; export the model again");
    }
    int depth = toSpace ? channels / (b * b) : channels;
    int rows = toSpace ? height : height / b;
    int columns = toSpace ? width : width / b;
    Shape deep = new Shape(dims.get()[0], depth * b * b, rows, columns);
    Shape wide = new Shape(dims.get()[0], depth, rows * b, columns * b);
    boolean blocksFirst = mode.equals("DCR");
    // Both ways the block (i, j) of channel c belongs to the pixel (r b + i, q b + j).
    return x.select(
        toSpace ? wide : deep,
        index -> {
          Place at =
              toSpace ? Place.ofWide(index, wide, b) : Place.ofDeep(index, deep, b, blocksFirst);
          return toSpace ? at.inDeep(deep, b, blocksFirst) : at.inWide(wide, b);
        });
  }

  /** A pixel of a block: of image n and channel c, in block (r, q), at (i, j) within it. */
  private record Place(int n, int c, int r, int q, int i, int j) {

    static Place ofWide(int index, Shape wide, int b) {
      int width = wide.dims()[3];
      int height = wide.dims()[2];
      int x = index % width;
      int y = index / width % height;
      int c = index / width / height % wide.dims()[1];
      return new Place(index / wide.count(1, 4), c, y / b, x / b, y % b, x % b);
    }

    static Place ofDeep(int index, Shape deep, int b, boolean blocksFirst) {
      int columns = deep.dims()[3];
      int rows = deep.dims()[2];
      int channel = index / columns / rows % deep.dims()[1];
      int depth = deep.dims()[1] / (b * b);
      int block = blocksFirst ? channel / depth : channel % (b * b);
      int c = blocksFirst ? channel % depth : channel / (b * b);
      return new Place(
          index / deep.count(1, 4),
          c,
          index / columns % rows,
          index % columns,
          block / b,
          block % b);
    }

    int inWide(Shape wide, int b) {
      int y = r * b + i;
      int x = q * b + j;
      return ((n * wide.dims()[1] + c) * wide.dims()[2] + y) * wide.dims()[3] + x;
    }

    int inDeep(Shape deep, int b, boolean blocksFirst) {
      int block = i * b + j;
      int depth = deep.dims()[1] / (b * b);
      int channel = blocksFirst ? block * depth + c : c * b * b + block;
      return ((n * deep.dims()[1] + channel) * deep.dims()[2] + r) * deep.dims()[3] + q;
    }
  }
}
