package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Elements taken or chosen by constant indices and conditions. */
final class Gathering {

  private Gathering() {}

  static Tensor elements(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    Shape shape = node.shape(x, where.shape());
    int[] source = alongAxis(node, x, where);
    return x.select(shape, i -> source[i]);
  }

  /** By element of the indices, which element of a tensor it names along one axis. */
  static int[] alongAxis(OnnxNode node, Tensor x, Tensor.Constant where) {
    int rank = x.shape().rank();
    int axis = node.axis(node.integer("axis", 0), rank);
    long[] indices = node.integers(1);
    int[] dims = where.shape().dims();
    boolean fits = dims.length == rank;
    for (int k = 0; fits && k < rank; k++) {
      fits = k == axis || dims[k] <= x.shape().dims()[k];
    }
    if (!fits) {
      throw doNotFit(node, x, where);
    }
    int[] source = new int[where.shape().count()];
    for (int i = 0; i < source.length; i++) {
      int rest = i;
      for (int k = rank - 1; k >= 0; k--) {
        int at = rest % dims[k];
        rest /= dims[k];
        int taken = k == axis ? index(node, indices[i], x.shape(), axis) : at;
        source[i] += taken * x.shape().count(k + 1, rank);
      }
    }
    return source;
  }

  /** Slices that tuples of indices name; the first axes may be a batch of both. */
  static Tensor byTuples(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    long asked = node.integer("batch_dims", 0);
    int outer = where.shape().rank() - 1;
    if (asked < 0 || asked >= Math.min(x.shape().rank(), outer + 1)) {
      throw node.bad(
          "its batch_dims are "
              + asked
              + " for inputs of shapes "
              + x.shape()
              + " and "
              + where.shape()
              + "; export the model again");
    }
    int batch = (int) asked;
    int tuple = tupleLength(node, x, where, batch);
    int rank = x.shape().rank();
    int used = batch + tuple;
    int[] dims = Arrays.copyOf(where.shape().dims(), outer + rank - used);
    System.arraycopy(x.shape().dims(), used, dims, outer, rank - used);
    Shape shape = node.shape(x, new Shape(dims));
    int slice = x.shape().count(used, rank);
    int[] starts = starts(node, x, tuple, where.shape().count(0, outer), batch);
    return x.select(shape, i -> starts[i / slice] + i % slice);
  }

  /**
   * How many indices name a slice.
   *
   * @param batch how many axes come before those that they are of
   */
  static int tupleLength(OnnxNode node, Tensor x, Tensor.Constant where, int batch) {
    int rank = where.shape().rank();
    int tuple = rank == 0 ? 0 : where.shape().dims()[rank - 1];
    boolean fits = tuple >= 1 && tuple <= x.shape().rank() - batch && rank > batch;
    for (int axis = 0; fits && axis < batch; axis++) {
      fits = x.shape().dims()[axis] == where.shape().dims()[axis];
    }
    if (!fits) {
      throw doNotFit(node, x, where);
    }
    return tuple;
  }

  /** Where the slices begin that the tuples of the second input name. */
  static int[] starts(OnnxNode node, Tensor x, int tuple, int count, int batch) {
    long[] indices = node.integers(1);
    int rank = x.shape().rank();
    int ofBatch = x.shape().count(batch, rank);
    int perBatch = count / Math.max(1, x.shape().count(0, batch));
    int[] starts = new int[count];
    for (int k = 0; k < count; k++) {
      starts[k] = k / perBatch * ofBatch;
      for (int axis = 0; axis < tuple; axis++) {
        starts[k] +=
            index(node, indices[k * tuple + axis], x.shape(), batch + axis)
                * x.shape().count(batch + axis + 1, rank);
      }
    }
    return starts;
  }

  /** An index counted from 0; negative ones count from the end. */
  static int index(OnnxNode node, long asked, Shape shape, int axis) {
    int size = shape.dims()[axis];
    if (asked < -size || asked >= size) {
      throw node.bad(
          "index "
              + asked
              + " is outside axis "
              + axis
              + " of shape "
              + shape
              + "; export the model again");
    }
    return (int) (asked < 0 ? asked + size : asked);
  }

  /** The first of two where a constant condition holds, the second elsewhere. */
  static Tensor where(OnnxNode node) {
    Tensor.Constant condition = node.constant(0);
    Tensor a = node.operand(1);
    Tensor b = node.operand(2);
    Shape both = node.broadcast(a, b);
    Tensor dependent = a instanceof Tensor.Activation ? a : b;
    Shape shape =
        node.shape(
            dependent,
            both.broadcast(condition.shape())
                .orElseThrow(() -> doNotFit(node, dependent, condition)));
    IntUnaryOperator inCondition = condition.shape().broadcastFrom(shape);
    return chosen(
        node,
        shape,
        i -> condition.values()[inCondition.applyAsInt(i)] != 0,
        a,
        a.shape().broadcastFrom(shape),
        b,
        b.shape().broadcastFrom(shape));
  }

  private interface Choice {
    boolean isFirst(int i);
  }

  private static Tensor chosen(
      OnnxNode node,
      Shape shape,
      Choice choice,
      Tensor a,
      IntUnaryOperator inA,
      Tensor b,
      IntUnaryOperator inB) {
    if (a instanceof Tensor.Constant x && b instanceof Tensor.Constant y) {
      double[] values = new double[shape.count()];
      Arrays.setAll(
          values,
          i -> choice.isFirst(i) ? x.values()[inA.applyAsInt(i)] : y.values()[inB.applyAsInt(i)]);
      return node.result(x.type(), shape, values);
    }
    node.activationShape(Arrays.stream(shape.dims()).asLongStream().toArray());
    Affine[] left = node.forms(a);
    Affine[] right = node.forms(b);
    Affine[] forms = new Affine[shape.count()];
    Arrays.setAll(
        forms, i -> choice.isFirst(i) ? left[inA.applyAsInt(i)] : right[inB.applyAsInt(i)]);
    return new Tensor.Activation(shape, forms);
  }

  static RuntimeException doNotFit(OnnxNode node, Tensor x, Tensor where) {
    return node.bad(
        "its inputs of shapes "
            + x.shape()
            + " and "
            + where.shape()
            + " do not fit; export the model again");
  }
}
