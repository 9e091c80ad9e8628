package dev.crease.formats.onnx;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, whose elements are stored in row-major order.
 *
 * @param dims the dimensions, none negative; treated as a value, do not modify
 */
@SuppressWarnings("ArrayRecordComponent") // internal to the package, compared by content
record Shape(int... dims) {

  int rank() {
    return dims.length;
  }

  /** Number of elements. */
  int count() {
    return count(0, dims.length);
  }

  /** Product of the dimensions from one axis up to, not including, another. */
  int count(int from, int to) {
    int count = 1;
    for (int axis = from; axis < to; axis++) {
      count *= dims[axis];
    }
    return count;
  }

  /** The shape with the size of one axis replaced. */
  Shape with(int axis, int size) {
    int[] changed = dims.clone();
    changed[axis] = size;
    return new Shape(changed);
  }

  /** The shape of the first {@code n} axes, none if {@code n} is negative. */
  Shape first(int n) {
    return new Shape(Arrays.copyOf(dims, Math.max(0, n)));
  }

  /** The shape that two tensors broadcast to, if they do, by the rules of NumPy. */
  Optional<Shape> broadcast(Shape other) {
    int[] result = new int[Math.max(rank(), other.rank())];
    for (int k = 1; k <= result.length; k++) {
      int a = k <= rank() ? dims[rank() - k] : 1;
      int b = k <= other.rank() ? other.dims[other.rank() - k] : 1;
      if (a != b && a != 1 && b != 1) {
        return Optional.empty();
      }
      result[result.length - k] = a == 1 ? b : a;
    }
    return Optional.of(new Shape(result));
  }

  /** By element of {@code target}, the element of this shape that broadcasting reads. */
  IntUnaryOperator broadcastFrom(Shape target) {
    int[] stride = new int[target.rank()];
    int step = 1;
    for (int k = 1; k <= rank(); k++) {
      int size = dims[rank() - k];
      stride[target.rank() - k] = size == 1 ? 0 : step;
      step *= size;
    }
    return index -> {
      int rest = index;
      int source = 0;
      for (int axis = target.rank() - 1; axis >= 0; axis--) {
        source += stride[axis] * (rest % target.dims[axis]);
        rest /= target.dims[axis];
      }
      return source;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For messages, such as {@code [1, 5]}. */
  @Override
  public String toString() {
    return Arrays.stream(dims)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
