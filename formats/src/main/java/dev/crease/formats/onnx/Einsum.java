package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.lowering.WeightedSums;
import dev.crease.formats.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Einsum with one operand that depends on the input, or none: every element of the result is a sum
 * of elements of that operand, each with a product of constants as its weight.
 */
final class Einsum {

  // Far more than is read, and far from the largest long.
  private static final long MANY = 1L << 31;

  private final NeuronGraph graph;

  Einsum(NeuronGraph graph) {
    this.graph = graph;
  }

  Tensor apply(OnnxNode node) {
    List<Tensor> operands = node.operands();
    List<Tensor> dependent = operands.stream().filter(Tensor.Activation.class::isInstance).toList();
    if (dependent.size() > 1) {
      throw node.unsupported(
          "it multiplies values that depend on the network's input, which is not piecewise linear;"
              + " all of its operands but one must be constants");
    }
    Equation equation = Equation.of(node, operands);
    long[] dims = equation.output().stream().mapToLong(equation.sizes()::get).toArray();
    Shape shape =
        dependent.isEmpty() ? node.shape(operands.get(0), dims) : node.activationShape(dims);
    List<String> summed =
        equation.sizes().keySet().stream()
            .filter(label -> !equation.output().contains(label))
            .toList();
    long terms =
        summed.stream().mapToLong(equation.sizes()::get).reduce(1, (a, b) -> Math.min(MANY, a * b));
    node.charge(terms * Math.max(1, shape.count()));
    graph.refuseMoreThan(terms * shape.count());

    int[][] cells = new int[shape.count()][];
    double[][] weights = new double[shape.count()][];
    int[] rounded = {0};
    for (int i = 0; i < cells.length; i++) {
      row(equation, operands, summed, (int) terms, i, cells, weights, rounded);
    }
    if (dependent.isEmpty()) {
      double[] values = new double[shape.count()];
      Arrays.setAll(values, i -> Arrays.stream(weights[i]).sum());
      Tensor.Constant first = (Tensor.Constant) operands.get(0);
      return node.result(first.type(), shape, values, rounded[0]);
    }
    if (rounded[0] > 0) {
      node.note(
          rounded[0] + " products or sums of its constants are rounded to the nearest double");
    }
    return new Tensor.Activation(
        shape, graph.sums(node.forms(dependent.get(0)), new WeightedSums(cells, weights)));
  }

  /** One element of the result: which cells it reads, and with which weights. */
  private static void row(
      Equation equation,
      List<Tensor> operands,
      List<String> summed,
      int terms,
      int index,
      int[][] cells,
      double[][] weights,
      int[] rounded) {
    Map<String, Integer> at = new HashMap<>();
    equation.place(equation.output(), index, at);
    Map<Integer, Double> row = new TreeMap<>();
    for (int t = 0; t < terms; t++) {
      equation.place(summed, t, at);
      int cell = 0;
      double weight = 1;
      for (int k = 0; k < operands.size(); k++) {
        int element = equation.element(operands.get(k).shape(), k, at);
        if (operands.get(k) instanceof Tensor.Constant constant) {
          double factor = constant.values()[element];
          rounded[0] += Exact.product(weight, factor) ? 0 : 1;
          weight *= factor;
        } else {
          cell = element;
        }
      }
      double before = row.getOrDefault(cell, 0.0);
      rounded[0] += Exact.sum(before, weight) ? 0 : 1;
      row.put(cell, before + weight);
    }
    cells[index] = row.keySet().stream().mapToInt(Integer::intValue).toArray();
    weights[index] = row.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * An equation such as {@code ij,jk->ik}.
   *
   * @param inputs by operand the labels of its axes; axes of an ellipsis are labelled by how far
   *     from the last of them they are
   * @param output the labels of the result
   * @param sizes by label
   */
  private record Equation(
      List<List<String>> inputs, List<String> output, Map<String, Integer> sizes) {

    private static final String ELLIPSIS = "...";

    static Equation of(OnnxNode node, List<Tensor> operands) {
      String text = node.string("equation", "").replace(" ", "");
      String[] sides = text.split("->", -1);
      String[] terms = sides[0].split(",", -1);
      if (sides.length > 2 || terms.length != operands.size()) {
        throw wrong(node, text);
      }
      List<List<String>> inputs = new ArrayList<>();
      Map<String, Integer> sizes = new TreeMap<>();
      for (int k = 0; k < terms.length; k++) {
        int[] dims = operands.get(k).shape().dims();
        List<String> labels = labels(node, text, terms[k], dims.length);
        for (int axis = 0; axis < dims.length; axis++) {
          int size = sizes.merge(labels.get(axis), dims[axis], Math::max);
          boolean isEllipsis = labels.get(axis).length() > 1;
          if (size != dims[axis] && !(isEllipsis && (dims[axis] == 1))) {
            throw wrong(node, text);
          }
        }
        inputs.add(labels);
      }
      checkSizes(node, text, operands, inputs, sizes);
      List<String> output =
          sides.length == 2
              ? labels(
                  node,
                  text,
                  sides[1],
                  ellipsisRank(sizes) + sides[1].replace(ELLIPSIS, "").length())
              : implicit(sides[0], sizes);
      if (!sizes.keySet().containsAll(output)
          || output.stream().distinct().count() != output.size()) {
        throw wrong(node, text);
      }
      return new Equation(inputs, output, sizes);
    }

    private static void checkSizes(
        OnnxNode node,
        String text,
        List<Tensor> operands,
        List<List<String>> inputs,
        Map<String, Integer> sizes) {
      for (int k = 0; k < inputs.size(); k++) {
        for (int axis = 0; axis < inputs.get(k).size(); axis++) {
          String label = inputs.get(k).get(axis);
          int size = operands.get(k).shape().dims()[axis];
          if (size != sizes.get(label) && !(label.length() > 1 && size == 1)) {
            throw wrong(node, text);
          }
        }
      }
    }

    /** Without a right side: the ellipsis, then the labels that stand once, in their order. */
    private static List<String> implicit(String left, Map<String, Integer> sizes) {
      List<String> all = new ArrayList<>();
      for (int k = ellipsisRank(sizes) - 1; k >= 0; k--) {
        all.add(ELLIPSIS + k);
      }
      sizes.keySet().stream()
          .filter(label -> label.length() == 1)
          .filter(label -> left.indexOf(label) == left.lastIndexOf(label))
          .forEach(all::add);
      return all;
    }

    private static int ellipsisRank(Map<String, Integer> sizes) {
      return (int) sizes.keySet().stream().filter(label -> label.length() > 1).count();
    }

    /** The labels of a term for a tensor of some rank. */
    private static List<String> labels(OnnxNode node, String text, String term, int rank) {
      int split = term.indexOf(ELLIPSIS);
      String letters = term.replace(ELLIPSIS, "");
      int more = rank - letters.length();
      if (!letters.chars().allMatch(Character::isLetter)
          || letters.length() + (split < 0 ? 0 : ELLIPSIS.length()) != term.length()
          || (split < 0 ? more != 0 : more < 0)) {
        throw wrong(node, text);
      }
      List<String> labels =
          letters.chars().mapToObj(Character::toString).collect(Collectors.toList());
      for (int k = 0; split >= 0 && k < more; k++) {
        labels.add(split, ELLIPSIS + k);
      }
      return labels;
    }

    private static RuntimeException wrong(OnnxNode node, String text) {
      return node.bad(
          "its equation "
              + SourceFile.quoted(text)
              + " does not fit its inputs; export the model again");
    }

    /** Sets the places along some labels to those of an element, counted in row-major order. */
    void place(List<String> labels, int index, Map<String, Integer> at) {
      int rest = index;
      for (int k = labels.size() - 1; k >= 0; k--) {
        int size = sizes.get(labels.get(k));
        at.put(labels.get(k), rest % size);
        rest /= size;
      }
    }

    int element(Shape shape, int operand, Map<String, Integer> at) {
      List<String> labels = inputs.get(operand);
      return IntStream.range(0, labels.size())
          .map(
              axis ->
                  shape.dims()[axis] == 1
                      ? 0
                      : at.get(labels.get(axis)) * shape.count(axis + 1, shape.rank()))
          .sum();
    }
  }
}
