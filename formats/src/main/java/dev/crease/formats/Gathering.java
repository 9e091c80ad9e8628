package dev.crease.formats;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Elements taken, put or chosen by constant indices and conditions. */
final class Gathering {

  private Gathering() {}

  static Tensor elements(OnnxNode node) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    int axis = node.axis(node.integer("axis", 0), rank);
    Tensor.Constant where = node.constant(1);
    long[] indices = node.integers(1);
    int[] dims = where.shape().dims();
    boolean fits = dims.length == rank;
    for (int k = 0; fits && k < rank; k++) {
      fits = k == axis || dims[k] <= x.shape().dims()[k];
    }
    if (!fits) {
      throw doNotFit(node, x, where);
    }
    Shape shape = node.shape(x, where.shape());
    int[] source = new int[shape.count()];
    for (int i = 0; i < source.length; i++) {
      int rest = i;
      for (int k = rank - 1; k >= 0; k--) {
        int at = rest % dims[k];
        rest /= dims[k];
        int taken = k == axis ? index(node, indices[i], x.shape(), axis) : at;
        source[i] += taken * x.shape().count(k + 1, rank);
      }
    }
    return x.select(shape, i -> source[i]);
  }

  static Tensor byTuples(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    if (node.integer("batch_dims", 0) != 0) {
      throw node.unsupported("its batch_dims are read only where they are 0; simplify the model");
    }
    int tuple = tupleLength(node, x, where);
    int slice = x.shape().count(tuple, x.shape().rank());
    int outer = where.shape().rank() - 1;
    int[] dims = Arrays.copyOf(where.shape().dims(), outer + x.shape().rank() - tuple);
    System.arraycopy(x.shape().dims(), tuple, dims, outer, x.shape().rank() - tuple);
    Shape shape = node.shape(x, new Shape(dims));
    int[] starts = starts(node, x, tuple, shape.count() / Math.max(1, slice));
    return x.select(shape, i -> starts[i / slice] + i % slice);
  }

  /** A copy with the slices at constant indices replaced. */
  static Tensor scatter(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    Tensor updates = node.operand(2);
    if (!node.string("reduction", "none").equals("none")) {
      throw node.unsupported("it is read only without a reduction; simplify the model");
    }
    int tuple = tupleLength(node, x, where);
    int slice = x.shape().count(tuple, x.shape().rank());
    int places = where.shape().count(0, where.shape().rank() - 1);
    if (updates.shape().count() != (long) places * slice) {
      throw doNotFit(node, x, where);
    }
    int[] update = new int[x.shape().count()];
    Arrays.fill(update, -1);
    int[] starts = starts(node, x, tuple, places);
    for (int k = 0; k < places; k++) {
      for (int j = 0; j < slice; j++) {
        if (update[starts[k] + j] >= 0) {
          throw node.unsupported("it puts two values in one place; export the model again");
        }
        update[starts[k] + j] = k * slice + j;
      }
    }
    return chosen(node, x.shape(), i -> update[i] >= 0, updates, i -> update[i], x, i -> i);
  }

  private static int tupleLength(OnnxNode node, Tensor x, Tensor.Constant where) {
    int rank = where.shape().rank();
    int tuple = rank == 0 ? 0 : where.shape().dims()[rank - 1];
    if (tuple < 1 || tuple > x.shape().rank()) {
      throw doNotFit(node, x, where);
    }
    return tuple;
  }

  /** Where the slices begin that the tuples of the second input name. */
  private static int[] starts(OnnxNode node, Tensor x, int tuple, int count) {
    long[] indices = node.integers(1);
    int[] starts = new int[count];
    for (int k = 0; k < count; k++) {
      for (int axis = 0; axis < tuple; axis++) {
        starts[k] +=
            index(node, indices[k * tuple + axis], x.shape(), axis)
                * x.shape().count(axis + 1, x.shape().rank());
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

  private static RuntimeException doNotFit(OnnxNode node, Tensor x, Tensor.Constant where) {
    return node.bad(
        "its inputs of shapes "
            + x.shape()
            + " and "
            + where.shape()
            + " do not fit; export the model again");
  }
}
