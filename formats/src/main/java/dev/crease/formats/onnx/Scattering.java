package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Copies of a tensor in which elements at constant indices are replaced, or have others added to
 * them: linear in both, or compared with others. Indices are read as {@link Gathering} reads them.
 */
final class Scattering {

  private final NeuronGraph graph;

  Scattering(NeuronGraph graph) {
    this.graph = graph;
  }

  private interface OfNumbers {
    double of(double a, double b);
  }

  private interface OfForms {
    Affine of(Affine a, Affine b);
  }

  private interface IsExact {
    boolean test(double a, double b);
  }

  /**
   * What becomes of an element and what is put there.
   *
   * @param replaces whether only one value may be put in a place
   */
  private record Reduction(boolean replaces, OfNumbers numbers, IsExact isExact, OfForms forms) {}

  private Reduction reduction(OnnxNode node) {
    String name = node.string("reduction", "none");
    return switch (name) {
      case "none" -> new Reduction(true, (a, b) -> b, (a, b) -> true, (a, b) -> b);
      case "add" -> new Reduction(false, Double::sum, Exact::sum, graph::sum);
      case "max" -> new Reduction(false, Math::max, (a, b) -> true, graph::max);
      case "min" -> new Reduction(false, Math::min, (a, b) -> true, graph::min);
      case "mul" ->
          throw node.unsupported(
              "it multiplies in place, which is read with the reductions none, add, max and min"
                  + " alone; write it with Mul");
      default ->
          throw node.bad(
              "its reduction "
                  + SourceFile.quoted(name)
                  + " is not one of none, add, mul, max, min; correct it");
    };
  }

  /** Slices put where tuples of indices say. */
  Tensor byTuples(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    Tensor updates = node.operand(2);
    int tuple = Gathering.tupleLength(node, x, where, 0);
    int rank = x.shape().rank();
    int outer = where.shape().rank() - 1;
    int[] dims = Arrays.copyOf(where.shape().dims(), outer + rank - tuple);
    System.arraycopy(x.shape().dims(), tuple, dims, outer, rank - tuple);
    if (!updates.shape().equals(new Shape(dims))) {
      throw Gathering.doNotFit(node, x, updates);
    }
    int slice = x.shape().count(tuple, rank);
    int[] starts = Gathering.starts(node, x, tuple, where.shape().count(0, outer), 0);
    return put(
        node,
        x,
        updates,
        IntStream.range(0, updates.shape().count())
            .map(k -> starts[k / slice] + k % slice)
            .toArray());
  }

  /** Elements put along one axis. */
  Tensor elements(OnnxNode node) {
    Tensor x = node.operand(0);
    Tensor.Constant where = node.constant(1);
    Tensor updates = node.operand(2);
    if (!updates.shape().equals(where.shape())) {
      throw Gathering.doNotFit(node, updates, where);
    }
    return put(node, x, updates, Gathering.alongAxis(node, x, where));
  }

  /**
   * The copy.
   *
   * @param places by update, where it goes
   */
  private Tensor put(OnnxNode node, Tensor x, Tensor updates, int[] places) {
    Reduction reduction = reduction(node);
    if (reduction.replaces() && Arrays.stream(places).distinct().count() < places.length) {
      throw node.unsupported("it puts two values in one place; export the model again");
    }
    if (x instanceof Tensor.Constant data && updates instanceof Tensor.Constant numbers) {
      double[] values = data.values().clone();
      int rounded = 0;
      for (int k = 0; k < places.length; k++) {
        double before = values[places[k]];
        double update = numbers.values()[k];
        rounded += reduction.isExact().test(before, update) ? 0 : 1;
        values[places[k]] = reduction.numbers().of(before, update);
      }
      return node.result(data.type(), x.shape(), values, rounded);
    }
    Affine[] forms = node.forms(x).clone();
    Affine[] added = node.forms(updates);
    for (int k = 0; k < places.length; k++) {
      forms[places[k]] = reduction.forms().of(forms[places[k]], added[k]);
    }
    return new Tensor.Activation(x.shape(), forms);
  }
}
