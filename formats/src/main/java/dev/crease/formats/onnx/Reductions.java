package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.lowering.WeightedSums;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Sums, means, maxima and minima over axes, and of several tensors. */
final class Reductions {

  private final NeuronGraph graph;
  private final Arithmetic arithmetic;
  private final Extremes extremes;

  Reductions(NeuronGraph graph, Arithmetic arithmetic, Extremes extremes) {
    this.graph = graph;
    this.arithmetic = arithmetic;
    this.extremes = extremes;
  }

  /**
   * Which elements each element of a result is made of.
   *
   * @param x the operand
   * @param shape the result's
   * @param groups by element of the result, elements of the operand
   */
  @SuppressWarnings("ArrayRecordComponent") // internal to the class, never compared
  private record Plan(Tensor x, Shape shape, int[][] groups) {

    int size() {
      return groups.length == 0 ? 0 : groups[0].length;
    }
  }

  /**
   * A reduction's plan.
   *
   * @param newer the operator set from which the axes are an input
   */
  private static Plan plan(OnnxNode node, int newer) {
    Tensor x = node.operand(0);
    int rank = x.shape().rank();
    Optional<long[]> axes =
        node.opset() >= newer && !node.has(1)
            ? Optional.empty()
            : node.integers("axes", 1).filter(list -> list.length > 0);
    boolean[] reduced = new boolean[rank];
    if (axes.isPresent()) {
      reduced = node.axes(axes.get(), rank);
    } else if (!node.flag("noop_with_empty_axes", false)) {
      Arrays.fill(reduced, true);
    }
    boolean keep = node.flag("keepdims", true);
    int[] dims = x.shape().dims();
    int[] kept = dims.clone();
    int size = 1;
    for (int axis = 0; axis < rank; axis++) {
      size *= reduced[axis] ? dims[axis] : 1;
      kept[axis] = reduced[axis] ? 1 : dims[axis];
    }
    Shape full = new Shape(kept);
    int[][] groups = new int[full.count()][size];
    int[] filled = new int[groups.length];
    IntUnaryOperator groupOf = full.broadcastFrom(x.shape());
    for (int i = 0; i < x.shape().count(); i++) {
      int group = groupOf.applyAsInt(i);
      groups[group][filled[group]++] = i;
    }
    boolean[] dropped = reduced;
    Shape shape =
        keep
            ? full
            : new Shape(
                IntStream.range(0, rank)
                    .filter(axis -> !dropped[axis])
                    .map(axis -> dims[axis])
                    .toArray());
    return new Plan(x, shape, groups);
  }

  Tensor sum(OnnxNode node) {
    return weighted(node, plan(node, 13), 1);
  }

  Tensor mean(OnnxNode node) {
    Plan plan = plan(node, 18);
    if (plan.size() == 0) {
      throw node.bad("it is the mean of nothing; export the model again");
    }
    return weighted(node, plan, plan.size());
  }

  private Tensor weighted(OnnxNode node, Plan plan, int divisor) {
    if (plan.x() instanceof Tensor.Constant constant) {
      if (constant.isInteger() && divisor != 1) {
        throw node.unsupported("it is a mean of whole numbers; simplify the model");
      }
      return ofNumbers(node, plan, constant, divisor);
    }
    double factor = 1.0 / divisor;
    noteFactor(node, divisor);
    double[] weights = new double[plan.size()];
    Arrays.fill(weights, factor);
    double[][] rows = new double[plan.groups().length][];
    Arrays.fill(rows, weights);
    return new Tensor.Activation(
        plan.shape(), graph.sums(node.forms(plan.x()), new WeightedSums(plan.groups(), rows)));
  }

  private static void noteFactor(OnnxNode node, int divisor) {
    if (!Exact.quotient(1, divisor)) {
      node.note("the factor of its mean, 1/" + divisor + ", is rounded to the nearest double");
    }
  }

  private static Tensor ofNumbers(OnnxNode node, Plan plan, Tensor.Constant x, double divisor) {
    double[] values = new double[plan.groups().length];
    int rounded = 0;
    for (int i = 0; i < values.length; i++) {
      double[] group = Arrays.stream(plan.groups()[i]).mapToDouble(k -> x.values()[k]).toArray();
      double[] ones = new double[group.length];
      Arrays.fill(ones, 1);
      DotProduct sum = DotProduct.of(group, 0, ones, 0, 1, group.length);
      values[i] = sum.value() / divisor;
      rounded += sum.isExact() && Exact.quotient(sum.value(), divisor) ? 0 : 1;
    }
    return node.result(x.type(), plan.shape(), values, rounded);
  }

  Tensor max(OnnxNode node) {
    return extreme(node, true);
  }

  Tensor min(OnnxNode node) {
    return extreme(node, false);
  }

  private Tensor extreme(OnnxNode node, boolean largest) {
    Plan plan = plan(node, 18);
    if (plan.size() == 0) {
      throw node.bad("it is the extreme of nothing; export the model again");
    }
    if (plan.x() instanceof Tensor.Constant x) {
      double[] values = new double[plan.groups().length];
      Arrays.setAll(
          values,
          i -> {
            var group = Arrays.stream(plan.groups()[i]).mapToDouble(k -> x.values()[k]);
            return (largest ? group.max() : group.min()).orElseThrow();
          });
      return node.result(x.type(), plan.shape(), values);
    }
    Affine[] x = node.forms(plan.x());
    Affine[] forms = new Affine[plan.groups().length];
    Arrays.setAll(
        forms,
        i -> {
          var group = Arrays.stream(plan.groups()[i]).mapToObj(k -> x[k]);
          return largest ? extremes.max(group) : extremes.min(group);
        });
    return new Tensor.Activation(plan.shape(), forms);
  }

  /** The product of constants, such as the sizes of a shape. */
  Tensor product(OnnxNode node) {
    Plan plan = plan(node, 18);
    Tensor.Constant x = node.finiteConstant(0);
    double[] values = new double[plan.groups().length];
    int rounded = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = 1;
      boolean exact = true;
      for (int k : plan.groups()[i]) {
        exact &= Exact.product(values[i], x.values()[k]);
        values[i] *= x.values()[k];
      }
      rounded += exact ? 0 : 1;
    }
    return node.result(x.type(), plan.shape(), values, rounded);
  }

  /** The Euclidean norm of constants, of weights that are normalised when the model runs. */
  Tensor norm(OnnxNode node) {
    Plan plan = plan(node, 18);
    Tensor.Constant x = node.finiteConstant(0);
    double[] values = new double[plan.groups().length];
    for (int i = 0; i < values.length; i++) {
      double[] group = Arrays.stream(plan.groups()[i]).mapToDouble(k -> x.values()[k]).toArray();
      values[i] = Math.sqrt(DotProduct.of(group, 0, group, 0, 1, group.length).value());
    }
    return node.result(x.type(), plan.shape(), values, values.length);
  }

  /** The mean of several tensors. */
  Tensor meanOfAll(OnnxNode node) {
    int count = node.operands().size();
    Tensor sum = arithmetic.sumOfAll(node);
    if (count > 1) {
      noteFactor(node, count);
    }
    return count == 1 ? sum : arithmetic.scaled(node, sum, 1.0 / count);
  }

  /** Sums of all up to each element of an axis. */
  Tensor cumulative(OnnxNode node) {
    Tensor x = node.operand(0);
    long[] asked = node.integers(1);
    if (asked.length != 1 || x instanceof Tensor.Constant) {
      throw node.unsupported(
          "it is read with one axis, and not of constants; simplify the model (onnxsim folds"
              + " constants)");
    }
    int axis = node.axis(asked[0], x.shape().rank());
    boolean without = node.flag("exclusive", false);
    boolean backwards = node.flag("reverse", false);
    int size = x.shape().dims()[axis];
    int inner = x.shape().count(axis + 1, x.shape().rank());
    int[][] operands = new int[x.shape().count()][];
    double[][] weights = new double[operands.length][];
    graph.expect((long) operands.length * size);
    for (int i = 0; i < operands.length; i++) {
      int at = i / inner % size;
      int first = i - at * inner;
      int from = backwards ? at + (without ? 1 : 0) : 0;
      int to = backwards ? size : at + (without ? 0 : 1);
      operands[i] = IntStream.range(from, to).map(k -> first + k * inner).toArray();
      weights[i] = new double[operands[i].length];
      Arrays.fill(weights[i], 1);
    }
    return new Tensor.Activation(
        x.shape(), graph.sums(node.forms(x), new WeightedSums(operands, weights)));
  }
}
