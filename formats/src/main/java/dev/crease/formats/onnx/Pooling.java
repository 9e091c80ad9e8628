package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.lowering.WeightedSums;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Pooling: the average or the maximum of the cells of each window. Cells of the padding do not
 * count, unless an average says so.
 */
final class Pooling {

  private final NeuronGraph graph;
  private final Extremes extremes;

  Pooling(NeuronGraph graph, Extremes extremes) {
    this.graph = graph;
    this.extremes = extremes;
  }

  Tensor average(OnnxNode node) {
    return average(node, windows(node), node.flag("count_include_pad", false));
  }

  Tensor globalAverage(OnnxNode node) {
    return average(node, whole(node), false);
  }

  Tensor max(OnnxNode node) {
    return max(node, windows(node));
  }

  Tensor globalMax(OnnxNode node) {
    return max(node, whole(node));
  }

  private static Tensor image(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x.shape().rank() < 3) {
      throw node.bad(
          "its input has shape "
              + x.shape()
              + " and needs a batch, channels and an axis to pool over; export the model again");
    }
    return x;
  }

  private static Windows windows(OnnxNode node) {
    int[] sizes = Convolutions.spatial(image(node).shape());
    WindowAttributes attributes = new WindowAttributes(node, sizes.length);
    return attributes.sliding(sizes, attributes.kernel());
  }

  private static Windows whole(OnnxNode node) {
    return Windows.whole(Convolutions.spatial(image(node).shape()));
  }

  private static Shape result(OnnxNode node, Windows windows) {
    int[] dims = image(node).shape().dims();
    return node.activationShape(
        LongStream.concat(
                LongStream.of(dims[0], dims[1]), Arrays.stream(windows.positions()).asLongStream())
            .toArray());
  }

  private Tensor average(OnnxNode node, Windows windows, boolean withPadding) {
    Shape shape = result(node, windows);
    Windows.Window[] each = sliding(node, windows);
    int[][] operands = new int[shape.count()][];
    double[][] weights = new double[shape.count()][];
    int rounded = 0;
    for (int i = 0; i < operands.length; i++) {
      Windows.Window window = each[i % each.length];
      int from = i / each.length * windows.cellCount();
      operands[i] = Arrays.stream(window.cells()).map(cell -> from + cell).toArray();
      int divisor = withPadding ? window.size() : window.cells().length;
      weights[i] = new double[operands[i].length];
      Arrays.fill(weights[i], 1.0 / divisor);
      rounded += Exact.quotient(1, divisor) ? 0 : 1;
    }
    if (rounded > 0) {
      node.note(
          "the factor of an average, 1 by the number of its cells, is rounded to the nearest double"
              + " for "
              + rounded
              + " of "
              + shape.count()
              + " entries");
    }
    return new Tensor.Activation(
        shape, graph.sums(node.forms(image(node)), new WeightedSums(operands, weights)));
  }

  private Tensor max(OnnxNode node, Windows windows) {
    Shape shape = result(node, windows);
    Windows.Window[] each = sliding(node, windows);
    Affine[] forms = node.forms(image(node));
    Affine[] maxima = new Affine[shape.count()];
    for (int i = 0; i < maxima.length; i++) {
      int from = i / each.length * windows.cellCount();
      maxima[i] =
          extremes.max(
              Arrays.stream(each[i % each.length].cells()).mapToObj(cell -> forms[from + cell]));
    }
    return new Tensor.Activation(shape, maxima);
  }

  private Windows.Window[] sliding(OnnxNode node, Windows windows) {
    graph.refuseMoreThan(windows.reads());
    Windows.Window[] each = windows.sliding();
    if (Arrays.stream(each).anyMatch(window -> window.cells().length == 0)) {
      throw node.bad("one of its windows lies in the padding alone; export the model again");
    }
    return each;
  }
}
