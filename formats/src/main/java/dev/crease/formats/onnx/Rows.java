package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Layering;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Inputs whose first axis has a fixed size: a batch of rows that are all treated alike, or not. */
final class Rows {

  private Rows() {}

  /** The layers, of one row where the input is a batch of rows that are all treated alike. */
  static Layering layering(
      SourceFile file,
      List<GraphInput> inputs,
      NeuronGraph graph,
      Tensor result,
      List<String> notes) {
    GraphInput input = inputs.get(0);
    if (inputs.stream().noneMatch(GraphInput::hasSeveralRows)) {
      return graph.layering(result.forms());
    }
    if (inputs.size() > 1) {
      throw file.unsupported(
          "inputs of a fixed batch size are read only alone; export the model with batch size 1 or a"
              + " dynamic one");
    }
    int rows = input.shape().dims()[0];
    Optional<Layering> one = ofOneRow(rows, graph, result, input.shape().count() / rows);
    notes.add(
        one.isPresent()
            ? "the fixed batch size "
                + rows
                + " of input "
                + SourceFile.quoted(input.name())
                + " is read as 1: the model does the same with every row"
            : "the input of shape "
                + input.shape()
                + " is read as "
                + input.shape().count()
                + " inputs, not as a batch: the model does not do the same with every row alone");
    return one.orElseGet(() -> graph.layering(result.forms()));
  }

  /**
   * The layers of the first row, if the result is a row for each row of the input, and all are made
   * in the same way.
   *
   * @param columns how many inputs a row has
   */
  private static Optional<Layering> ofOneRow(
      int rows, NeuronGraph graph, Tensor result, int columns) {
    int[] of = graph.rows(result.forms(), columns);
    int width = of.length / rows;
    boolean byRow =
        result.shape().rank() > 0
            && result.shape().dims()[0] == rows
            && IntStream.range(0, of.length)
                .allMatch(i -> of[i] == NeuronGraph.NONE || of[i] == i / width);
    Optional<Layering> first = Optional.empty();
    List<Layer> layers = List.of();
    for (int row = 0; byRow && row < rows; row++) {
      Affine[] forms = Arrays.copyOfRange(result.forms(), row * width, (row + 1) * width);
      Layering one = graph.layering(forms, row * columns, (row + 1) * columns);
      layers = row == 0 ? one.layers() : layers;
      first = row == 0 ? Optional.of(one) : first;
      if (!one.layers().equals(layers)) {
        return Optional.empty();
      }
    }
    return first;
  }
}
