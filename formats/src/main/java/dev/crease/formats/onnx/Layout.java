package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Affine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The operators that only move, repeat or drop elements; on constants and on activations alike. */
final class Layout {

  private Layout() {}

  // The same elements in another shape.

  static Tensor flatten(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    long axis = node.integer("axis", 1);
    // One past the last axis is allowed here, unlike elsewhere.
    int split = axis == rank ? rank : node.axis(axis, rank);
    return x.reshaped(new Shape(x.shape().count(0, split), x.shape().count(split, rank)));
  }

  static Tensor reshape(OnnxNode node) {
    Tensor x = node.operand(0);
    long[] dims = node.integers(1);
    boolean zeroIsZero = node.integer("allowzero", 0) != 0;
    int free = -1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == 0 && !zeroIsZero) {
        if (axis >= x.shape().rank()) {
          throw doesNotFit(node, x, dims);
        }
        dims[axis] = x.shape().dims()[axis];
      } else if (dims[axis] == -1) {
        if (free >= 0) {
          throw doesNotFit(node, x, dims);
        }
        free = axis;
      }
    }
    int count = x.shape().count();
    if (free >= 0) {
      dims[free] = 1;
      int rest = node.shape(x, dims).count();
      if (rest == 0 || count % rest != 0) {
        dims[free] = -1;
        throw doesNotFit(node, x, dims);
      }
      dims[free] = count / rest;
    }
    Shape shape = node.shape(x, dims);
    if (shape.count() != count) {
      throw doesNotFit(node, x, dims);
    }
    return x.reshaped(shape);
  }

  private static RuntimeException doesNotFit(OnnxNode node, Tensor x, long[] dims) {
    return node.bad(
        "a tensor of shape "
            + x.shape()
            + " (batch size 1) cannot take the shape "
            + Arrays.toString(dims)
            + "; export the model again");
  }

  static Tensor squeeze(OnnxNode node) {
    Tensor x = node.operand(0);
    int[] dims = x.shape().dims();
    boolean[] dropped =
        node.integers("axes", 1)
            .map(axes -> node.axes(axes, dims.length))
            .orElseGet(
                () -> {
                  boolean[] ones = new boolean[dims.length];
                  for (int axis = 0; axis < ones.length; axis++) {
                    ones[axis] = dims[axis] == 1;
                  }
                  return ones;
                });
    for (int axis = 0; axis < dims.length; axis++) {
      if (dropped[axis] && dims[axis] != 1) {
        throw node.bad(
            "axis "
                + axis
                + " of shape "
                + x.shape()
                + " is not of size 1 and cannot be dropped; export the model again");
      }
    }
    return x.reshaped(
        new Shape(
            IntStream.range(0, dims.length)
                .filter(axis -> !dropped[axis])
                .map(axis -> dims[axis])
                .toArray()));
  }

  static Tensor unsqueeze(OnnxNode node) {
    Tensor x = node.operand(0);
    long[] axes =
        node.integers("axes", 1)
            .orElseThrow(() -> node.bad("its axes are missing; export the model again"));
    boolean[] added = node.axes(axes, x.shape().rank() + axes.length);
    int[] dims = new int[added.length];
    int from = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = added[axis] ? 1 : x.shape().dims()[from++];
    }
    return x.reshaped(new Shape(dims));
  }

  // Other orders and parts.

  static Tensor transpose(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    int[] order =
        node.integerList("perm")
            .map(perm -> order(node, perm, rank))
            .orElseGet(() -> IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
    int[] strides = new int[rank];
    int[] dims = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = x.shape().count(order[axis] + 1, rank);
      dims[axis] = x.shape().dims()[order[axis]];
    }
    return x.select(
        new Shape(dims),
        index -> {
          int rest = index;
          int source = 0;
          for (int axis = rank - 1; axis >= 0; axis--) {
            source += strides[axis] * (rest % dims[axis]);
            rest /= dims[axis];
          }
          return source;
        });
  }

  private static int[] order(OnnxNode node, long[] perm, int rank) {
    boolean[] named = node.axes(perm, rank);
    if (perm.length != named.length) {
      throw node.bad(
          "its permutation "
              + Arrays.toString(perm)
              + " is not one of "
              + rank
              + " axes; export the model again");
    }
    return LongStream.of(perm).mapToInt(axis -> node.axis(axis, rank)).toArray();
  }

  static Tensor gather(OnnxNode node) {
    Tensor x = node.operand(0);
    int axis = node.axis(node.integer("axis", 0), x.shape().rank());
    Tensor.Constant where = node.constant(1);
    int[] indices =
        Arrays.stream(node.integers(1))
            .mapToInt(asked -> Gathering.index(node, asked, x.shape(), axis))
            .toArray();
    Tensor taken = take(node, x, axis, indices);
    int[] dims =
        IntStream.concat(
                Arrays.stream(x.shape().dims(), 0, axis),
                IntStream.concat(
                    Arrays.stream(where.shape().dims()),
                    Arrays.stream(x.shape().dims(), axis + 1, x.shape().rank())))
            .toArray();
    return taken.reshaped(new Shape(dims));
  }

  static Tensor slice(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    long[] starts = needed(node, "starts", 1);
    long[] ends = needed(node, "ends", 2);
    long[] axes =
        node.integers("axes", 3).orElseGet(() -> LongStream.range(0, starts.length).toArray());
    long[] steps = new long[starts.length];
    Arrays.fill(steps, 1);
    if (node.has(4)) {
      steps = node.integers(4);
    }
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw node.bad("its starts, ends, axes and steps differ in number; export the model again");
    }
    if (node.axes(axes, rank).length == 0) {
      return x;
    }
    Tensor part = x;
    for (int k = 0; k < starts.length; k++) {
      int axis = node.axis(axes[k], rank);
      part =
          take(node, part, axis, range(node, x.shape().dims()[axis], starts[k], ends[k], steps[k]));
    }
    return part;
  }

  private static long[] needed(OnnxNode node, String name, int input) {
    return node.integers(name, input)
        .orElseThrow(() -> node.bad("its " + name + " are missing; export the model again"));
  }

  private static int[] range(OnnxNode node, int size, long start, long end, long step) {
    if (step == 0) {
      throw node.bad("its step is 0; export the model again");
    }
    // Clamped so that a backward slice can begin at the last element and end before the first.
    long first =
        Math.min(Math.max(start < 0 ? start + size : start, 0), step > 0 ? size : size - 1);
    long last = Math.min(Math.max(end < 0 ? end + size : end, step > 0 ? 0 : -1), size);
    long stride = Math.max(-size - 1L, Math.min(size + 1L, step));
    return LongStream.iterate(first, i -> step > 0 ? i < last : i > last, i -> i + stride)
        .mapToInt(i -> (int) i)
        .toArray();
  }

  static List<Tensor> split(OnnxNode node) {
    Tensor x = node.operand(0);
    int axis = node.axis(node.integer("axis", 0), x.shape().rank());
    int size = x.shape().dims()[axis];
    long parts = node.integer("num_outputs", node.outputs());
    if (parts < 1 || parts != node.outputs()) {
      throw node.bad(
          "it has " + node.outputs() + " outputs and names " + parts + "; export the model again");
    }
    long[] sizes =
        node.integers("split", 1)
            .orElseGet(
                () -> {
                  long chunk = (size + parts - 1) / parts;
                  return LongStream.range(0, parts)
                      .map(k -> Math.max(0, Math.min(chunk, size - k * chunk)))
                      .toArray();
                });
    if (sizes.length != parts
        || Arrays.stream(sizes).anyMatch(part -> part < 0 || part > size)
        || Arrays.stream(sizes).sum() != size) {
      throw node.bad(
          "parts of "
              + Arrays.toString(sizes)
              + " do not make up axis "
              + axis
              + " of shape "
              + x.shape()
              + "; export the model again");
    }
    List<Tensor> result = new ArrayList<>(sizes.length);
    int from = 0;
    for (long part : sizes) {
      int to = from + (int) part;
      result.add(take(node, x, axis, IntStream.range(from, to).toArray()));
      from = to;
    }
    return result;
  }

  /** The elements at some indices of one axis. */
  private static Tensor take(OnnxNode node, Tensor x, int axis, int[] indices) {
    Shape shape = node.shape(x, x.shape().with(axis, indices.length));
    int size = x.shape().dims()[axis];
    int inner = x.shape().count(axis + 1, x.shape().rank());
    return x.select(
        shape,
        index -> {
          int outer = index / inner / indices.length;
          int k = index / inner % indices.length;
          return (outer * size + indices[k]) * inner + index % inner;
        });
  }

  static Tensor concat(OnnxNode node) {
    List<Tensor> parts = IntStream.range(0, node.inputs()).mapToObj(node::operand).toList();
    if (parts.isEmpty()) {
      throw node.bad("it has no inputs; export the model again");
    }
    Shape first = parts.get(0).shape();
    int axis = node.axis(node.integer("axis", 0), first.rank());
    long size = 0;
    for (Tensor part : parts) {
      if (part.shape().rank() != first.rank()
          || !part.shape().with(axis, 0).equals(first.with(axis, 0))) {
        throw node.bad(
            "the shapes "
                + first
                + " and "
                + part.shape()
                + " of its inputs do not fit; export the model again");
      }
      size += part.shape().dims()[axis];
    }
    boolean constant = parts.stream().allMatch(Tensor.Constant.class::isInstance);
    long[] dims = Arrays.stream(first.dims()).asLongStream().toArray();
    dims[axis] = size;
    Shape shape = constant ? node.shape(parts.get(0), dims) : node.activationShape(dims);

    // Element (outer, k, inner) of a part is copied as a run over (k, inner).
    int outer = shape.count(0, axis);
    int run = shape.count(axis, shape.rank());
    double[] values = new double[constant ? shape.count() : 0];
    Affine[] forms = new Affine[constant ? 0 : shape.count()];
    int offset = 0;
    for (Tensor part : parts) {
      int length = part.shape().count(axis, shape.rank());
      Object from = constant ? ((Tensor.Constant) part).values() : part.forms();
      Object to = constant ? values : forms;
      for (int o = 0; o < outer; o++) {
        System.arraycopy(from, o * length, to, o * run + offset, length);
      }
      offset += length;
    }
    return parts.get(0) instanceof Tensor.Constant c && constant
        ? node.result(c.type(), shape, values)
        : new Tensor.Activation(shape, forms);
  }

  /** The dimensions of a tensor, at batch size 1. */
  static Tensor shape(OnnxNode node) {
    int[] dims = node.operand(0).shape().dims();
    int from = clamp(node.integer("start", 0), dims.length);
    int to = clamp(node.integer("end", dims.length), dims.length);
    int[] part = Arrays.copyOfRange(dims, Math.min(from, to), to);
    return node.result(
        DataType.INT64, new Shape(part.length), Arrays.stream(part).asDoubleStream().toArray());
  }

  private static int clamp(long at, int rank) {
    return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
  }
}
