package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A rearrangement by axes: element {@code (i, j, ...)} of the result is element {@code
 * (sources[0][i], sources[1][j], ...)} of the operand, or none where one of these is negative.
 */
final class Placement {

  private final Shape from;
  private final int[][] sources;
  private final boolean isTotal;

  private Placement(Shape from, int[][] sources) {
    this.from = from;
    this.sources = sources;
    this.isTotal = Arrays.stream(sources).flatMapToInt(Arrays::stream).allMatch(k -> k >= 0);
  }

  /** A rearrangement of a tensor of some shape. */
  static Placement of(Shape from, int[][] sources) {
    return new Placement(from, sources);
  }

  /** The result of a node, with a number where an element has no source. */
  Tensor apply(OnnxNode node, Tensor x, double otherwise) {
    Shape to = node.shape(x, Arrays.stream(sources).mapToLong(source -> source.length).toArray());
    IntUnaryOperator source = source(to);
    if (isTotal) {
      return x.select(to, source);
    }
    if (x instanceof Tensor.Constant constant) {
      double[] values = new double[to.count()];
      Arrays.setAll(
          values,
          i -> source.applyAsInt(i) < 0 ? otherwise : constant.values()[source.applyAsInt(i)]);
      return node.result(constant.type(), to, values);
    }
    Affine[] forms = new Affine[to.count()];
    Affine outside = Affine.constant(otherwise);
    Arrays.setAll(forms, i -> source.applyAsInt(i) < 0 ? outside : x.forms()[source.applyAsInt(i)]);
    return new Tensor.Activation(to, forms);
  }

  private IntUnaryOperator source(Shape to) {
    int rank = to.rank();
    int[] strides = IntStream.range(0, rank).map(axis -> from.count(axis + 1, rank)).toArray();
    return index -> {
      int rest = index;
      int at = 0;
      for (int axis = rank - 1; axis >= 0; axis--) {
        int source = sources[axis][rest % to.dims()[axis]];
        if (source < 0) {
          return -1;
        }
        at += strides[axis] * source;
        rest /= to.dims()[axis];
      }
      return at;
    };
  }
}
