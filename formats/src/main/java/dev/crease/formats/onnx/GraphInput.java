package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An input of a graph that the network is read from.
 *
 * @param type of its elements: a floating-point type
 * @param shape with 1 for a batch of open size
 */
record GraphInput(String name, DataType type, Shape shape) {

  /** Whether its first axis may be a batch of several rows. */
  boolean hasSeveralRows() {
    return shape.rank() > 1 && shape.dims()[0] > 1;
  }

  /**
   * The inputs that become the network's: those asked for, or else the one that is no initialiser;
   * old files list those among the inputs.
   *
   * @throws dev.crease.BadInput if there is none of a name, or its shape is open
   * @throws dev.crease.Unsupported if there are several and none is asked for, or one is no tensor
   *     of real numbers
   */
  static List<GraphInput> of(
      SourceFile file, GraphProto graph, GraphOrder order, List<String> asked, List<String> notes) {
    Set<String> initializers =
        Stream.concat(
                graph.getInitializerList().stream().map(TensorProto::getName),
                graph.getSparseInitializerList().stream().map(t -> t.getValues().getName()))
            .collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(input -> !initializers.contains(input.getName()))
            .toList();
    if (inputs.isEmpty()) {
      throw file.bad("the graph has no input; export the model again");
    }
    List<ValueInfoProto> used =
        inputs.stream().filter(input -> order.needs(input.getName())).toList();
    List<ValueInfoProto> chosen =
        asked.isEmpty()
            ? List.of(single(file, inputs, used, notes))
            : named(file, inputs, used, asked, notes);
    return chosen.stream().map(input -> of(file, input)).toList();
  }

  private static ValueInfoProto single(
      SourceFile file, List<ValueInfoProto> inputs, List<ValueInfoProto> used, List<String> notes) {
    if (inputs.size() > 1 && used.size() == 1) {
      notes.add(
          "the output depends on input "
              + SourceFile.quoted(used.get(0).getName())
              + " alone; the graph's other inputs are left out");
      return used.get(0);
    }
    if (inputs.size() > 1) {
      throw file.unsupported(
          "the graph has "
              + inputs.size()
              + " inputs ("
              + names(inputs)
              + "), and networks with one input are read; --input with their names, such as --input "
              + inputs.get(0).getName()
              + ","
              + inputs.get(1).getName()
              + ", reads them one after the other as one");
    }
    return inputs.get(0);
  }

  private static List<ValueInfoProto> named(
      SourceFile file,
      List<ValueInfoProto> inputs,
      List<ValueInfoProto> used,
      List<String> asked,
      List<String> notes) {
    List<ValueInfoProto> chosen =
        asked.stream()
            .map(
                name ->
                    inputs.stream()
                        .filter(input -> input.getName().equals(name))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                file.bad(
                                    "there is no input "
                                        + SourceFile.quoted(name)
                                        + "; the graph has "
                                        + names(inputs))))
            .toList();
    if (chosen.stream().distinct().count() < chosen.size()) {
      throw file.bad("an input is named twice; name each once");
    }
    Optional<ValueInfoProto> missing =
        used.stream().filter(input -> !chosen.contains(input)).findFirst();
    if (missing.isPresent()) {
      throw file.bad(
          "the output depends on input "
              + SourceFile.quoted(missing.get().getName())
              + " too; name it with the others");
    }
    if (chosen.size() > 1) {
      notes.add(
          "the network's inputs are those of the graph's " + names(chosen) + ", in this order");
    }
    return chosen;
  }

  /** Names of a graph's values, for a message. */
  static String names(List<ValueInfoProto> values) {
    String names =
        values.stream()
            .limit(4)
            .map(value -> SourceFile.quoted(value.getName()))
            .collect(Collectors.joining(", "));
    return values.size() > 4 ? names + ", ..." : names;
  }

  private static GraphInput of(SourceFile file, ValueInfoProto input) {
    String what = "input " + SourceFile.quoted(input.getName());
    if (!input.getType().hasTensorType()) {
      throw file.unsupported(what + " is not a tensor; export the model with a tensor as input");
    }
    TypeProto.Tensor type = input.getType().getTensorType();
    DataType element = DataType.forNumber(type.getElemType());
    if (element != DataType.FLOAT
        && element != DataType.DOUBLE
        && element != DataType.FLOAT16
        && element != DataType.BFLOAT16) {
      throw file.unsupported(
          what
              + " has elements of type "
              + (element == null ? DataType.UNDEFINED : element)
              + "; export the model with a float32 or float64 input");
    }
    if (!type.hasShape() || type.getShape().getDimCount() == 0) {
      throw file.bad(
          what
              + " states no shape; export the model with a fixed number of features, such as"
              + " [batch, 3]");
    }
    return new GraphInput(
        input.getName(), element, shape(file, what, type.getShape().getDimList()));
  }

  private static Shape shape(SourceFile file, String what, List<Dimension> dims) {
    long[] sizes = new long[dims.size()];
    long count = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      Dimension dim = dims.get(axis);
      boolean free = !dim.hasDimValue() || dim.getDimValue() < 0;
      boolean batch = axis == 0 && sizes.length > 1;
      if (free && !batch) {
        throw file.bad(
            what
                + " leaves dimension "
                + axis
                + " open; export the model with a fixed number of features, such as [batch, 3]");
      }
      // Whether a fixed size is that of a batch, its use will tell.
      sizes[axis] = free ? 1 : dim.getDimValue();
      if (sizes[axis] == 0) {
        throw file.bad(what + " has no elements; export the model again");
      }
      if (sizes[axis] > OnnxReader.LARGEST_ACTIVATION
          || count * sizes[axis] > OnnxReader.LARGEST_ACTIVATION) {
        throw file.unsupported(
            what
                + " has more than "
                + OnnxReader.LARGEST_ACTIVATION
                + " elements, the most that is read; use a smaller network");
      }
      count *= sizes[axis];
    }
    return new Shape(Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
  }
}
