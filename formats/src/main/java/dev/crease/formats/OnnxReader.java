package dev.crease.formats;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads an ONNX model by evaluating its graph at batch size 1, with affine forms in place of
 * numbers. Nodes that the output does not depend on are not looked at.
 */
final class OnnxReader {

  /** Most elements of a tensor that depends on the input. */
  static final int LARGEST_ACTIVATION = 1 << 18;

  /** Most elements of a constant computed from others. */
  static final int LARGEST_CONSTANT = 1 << 27;

  private static final int IR_VERSION_TAG = 0x08;

  private final SourceFile file;
  private final GraphProto proto;
  private final ReadOptions options;
  private final TensorDecoder decoder;
  private final List<String> notes = new ArrayList<>();
  private final List<GraphNode> all;
  private final String output;
  private final GraphOrder order;
  private final Map<String, Tensor> known = new HashMap<>();

  private OnnxReader(
      SourceFile file, ModelProto model, ExternalData external, ReadOptions options) {
    this.file = file;
    this.proto = model.getGraph();
    this.options = options;
    this.decoder = new TensorDecoder(file, external);
    OperatorSets sets = OperatorSets.ofModel(file, model.getOpsetImportList(), notes);
    this.all = Functions.inlined(file, model, sets);
    this.output = output();
    this.order = GraphOrder.of(file, all, output);
  }

  /** Whether the content begins as serialised models do, with the version of the format. */
  static boolean looksLikeModel(byte[] content) {
    return content.length > 1 && content[0] == IR_VERSION_TAG;
  }

  /** The network of a model that holds all of its data. */
  static ReadNetwork read(SourceFile file, byte[] content) {
    return read(file, content, ExternalData.none(file), ReadOptions.standard());
  }

  /** The network of a model. */
  static ReadNetwork read(
      SourceFile file, byte[] content, ExternalData external, ReadOptions options) {
    ModelProto model = parse(file, content);
    return new OnnxReader(file, model, external, options).read();
  }

  private static ModelProto parse(SourceFile file, byte[] content) {
    ModelProto model;
    try {
      // The tensors' bytes stay where they are instead of being copied.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(content).newCodedInput();
      in.enableAliasing(true);
      model = ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new BadInput(notModel(file, content).getMessage(), e);
    }
    if (!model.hasGraph()) {
      throw notModel(file, content);
    }
    return model;
  }

  private static BadInput notModel(SourceFile file, byte[] content) {
    if (looksLikeModel(content)) {
      return file.bad("the ONNX model is cut short or damaged; copy or export it again");
    }
    boolean zip = content.length > 1 && content[0] == 'P' && content[1] == 'K';
    return file.bad(
        "this is not an ONNX model"
            + (zip ? " but a zip archive, such as a PyTorch checkpoint" : "")
            + "; export the network as ONNX, for instance with torch.onnx.export");
  }

  /** The name of the value that is the network's output. */
  private String output() {
    if (options.output().isPresent()) {
      String asked = options.output().get();
      boolean isMade =
          Stream.concat(
                  all.stream().flatMap(node -> node.proto().getOutputList().stream()),
                  proto.getOutputList().stream().map(value -> value.getName()))
              .anyMatch(asked::equals);
      if (!isMade || asked.isEmpty()) {
        throw file.bad(
            "there is no value "
                + SourceFile.quoted(asked)
                + " in the graph; its outputs are "
                + GraphInput.names(proto.getOutputList()));
      }
      return asked;
    }
    if (proto.getOutputCount() == 0) {
      throw file.bad("the graph has no output; export the model again");
    }
    if (proto.getOutputCount() > 1) {
      throw file.unsupported(
          "the graph has "
              + proto.getOutputCount()
              + " outputs ("
              + GraphInput.names(proto.getOutputList())
              + "), and networks with one output are read; choose one with --output NAME");
    }
    return proto.getOutput(0).getName();
  }

  private ReadNetwork read() {
    List<GraphInput> inputs = GraphInput.of(file, proto, order, options.inputs(), notes);
    NeuronGraph graph = new NeuronGraph(file, count(inputs));
    Operators operators = new Operators(graph, decoder);
    Optional<GraphNode> cut =
        options.cutsLastActivation() ? LastActivation.of(order) : Optional.empty();
    // First of all, as the tensors of a model with other operators may be of other types too.
    refuseOperators(operators, cut);
    readInitializers();
    readInputs(inputs, graph);
    noteHalfPrecision(inputs);
    boolean isDouble = inputs.stream().anyMatch(input -> input.type() == DataType.DOUBLE);
    OnnxNode.Context context =
        new OnnxNode.Context(file, count(inputs), isDouble, known, new Room(), notes);
    for (int i = 0; i < order.nodes().size(); i++) {
      GraphNode node = order.nodes().get(i);
      graph.origins().begin(i);
      if (cut.equals(Optional.of(node))) {
        cutOff(node, context);
      } else {
        evaluate(node, operators.find(node.operator()).orElseThrow(), context);
      }
    }
    graph.origins().end();
    if (options.cutsLastActivation() && cut.isEmpty()) {
      notes.add("the output is not made by an activation that could be cut off; none is");
    }
    Tensor result = result();
    Layering layering = layering(inputs, graph, result);
    LayerNodes nodes = LayerNodes.of(order.nodes(), cut, known, graph, layering);
    return new ReadNetwork(
        ReluNetwork.of(file.networkName(), layering.layers()),
        notes,
        nodes.operators(),
        nodes.byLayer());
  }

  private int count(List<GraphInput> inputs) {
    long count = inputs.stream().mapToLong(input -> input.shape().count()).sum();
    if (count > LARGEST_ACTIVATION) {
      throw file.unsupported(
          "the inputs have "
              + count
              + " elements, and "
              + LARGEST_ACTIVATION
              + " is the most that is read; use a smaller network");
    }
    return (int) count;
  }

  private void refuseOperators(Operators operators, Optional<GraphNode> cut) {
    for (GraphNode node : order.nodes()) {
      if (operators.find(node.operator()).isEmpty() && !cut.equals(Optional.of(node))) {
        throw refusal(node, operators);
      }
    }
  }

  private CreaseException refusal(GraphNode node, Operators operators) {
    String why =
        node.domain().equals(GraphNode.STANDARD)
            ? Refused.operator(node.operator(), LastActivation.is(node, order), operators.names())
            : Refused.domain(node.domain(), node.proto().getOpType());
    return file.unsupported(node.place() + ": " + why);
  }

  private void readInitializers() {
    for (TensorProto tensor : proto.getInitializerList()) {
      String origin = "initialiser " + SourceFile.quoted(tensor.getName());
      if (order.needs(tensor.getName())
          && known.put(tensor.getName(), decoder.decode(origin, tensor)) != null) {
        throw file.bad(origin + " is there twice; export the model again");
      }
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      String name = tensor.getValues().getName();
      String origin = "initialiser " + SourceFile.quoted(name);
      if (order.needs(name) && known.put(name, decoder.decode(origin, tensor)) != null) {
        throw file.bad(origin + " is there twice; export the model again");
      }
    }
  }

  private void readInputs(List<GraphInput> inputs, NeuronGraph graph) {
    Affine[] forms = graph.inputForms();
    int from = 0;
    for (GraphInput input : inputs) {
      int to = from + input.shape().count();
      Tensor tensor = new Tensor.Activation(input.shape(), Arrays.copyOfRange(forms, from, to));
      if (known.put(input.name(), tensor) != null) {
        throw file.bad(
            "initialiser "
                + SourceFile.quoted(input.name())
                + " has the name of the input; export the model again");
      }
      from = to;
    }
  }

  private void noteHalfPrecision(List<GraphInput> inputs) {
    Stream<Integer> types =
        Stream.of(
                inputs.stream().map(input -> input.type().getNumber()),
                proto.getInitializerList().stream()
                    .filter(tensor -> order.needs(tensor.getName()))
                    .map(TensorProto::getDataType),
                order.nodes().stream()
                    .flatMap(node -> node.proto().getAttributeList().stream())
                    .filter(AttributeProto::hasT)
                    .map(attribute -> attribute.getT().getDataType()))
            .flatMap(stream -> stream);
    if (types.anyMatch(
        type -> type == DataType.FLOAT16.getNumber() || type == DataType.BFLOAT16.getNumber())) {
      notes.add(
          "numbers in half precision are read as exact: a run time that computes in half precision"
              + " rounds every step to 11 bits or fewer, and differs from the network here");
    }
  }

  private void cutOff(GraphNode node, OnnxNode.Context context) {
    OnnxNode cut = new OnnxNode(context, node);
    known.put(node.proto().getOutput(0), cut.operand(0));
    cut.note("the network is read up to it, as asked; " + LastActivation.effect(node.operator()));
  }

  private void evaluate(GraphNode graphNode, Operators.Entry entry, OnnxNode.Context context) {
    OnnxNode node = new OnnxNode(context, graphNode);
    node.check(entry.signature());
    List<Tensor> results = entry.operator().apply(node);
    for (int k = 0; k < Math.min(results.size(), node.outputs()); k++) {
      String name = graphNode.proto().getOutput(k);
      context.room().take(results.get(k).shape().count());
      if (!name.isEmpty() && known.put(name, results.get(k)) != null) {
        throw node.bad(
            "its output " + SourceFile.quoted(name) + " exists already; export the model again");
      }
    }
    for (int k = results.size(); k < node.outputs(); k++) {
      String name = graphNode.proto().getOutput(k);
      if (!name.isEmpty() && order.needs(name)) {
        throw node.unsupported(
            "its output "
                + SourceFile.quoted(name)
                + " is used, and "
                + Refused.output(graphNode.operator()));
      }
    }
  }

  private Tensor result() {
    String what = "the output " + SourceFile.quoted(output);
    Tensor result = known.get(output);
    if (result == null) {
      throw file.bad(what + " is made by no node; export the model again");
    }
    if (result.shape().count() == 0) {
      throw file.bad(what + " has no elements; export the model again");
    }
    if (result.shape().count() > LARGEST_ACTIVATION) {
      throw file.unsupported(
          what
              + " has "
              + result.shape().count()
              + " elements, and "
              + LARGEST_ACTIVATION
              + " is the most that is read");
    }
    if (result instanceof Tensor.Constant constant) {
      for (double value : constant.values()) {
        if (!Double.isFinite(value)) {
          throw file.bad(
              "the output is constant, and "
                  + constant.origin()
                  + " holds "
                  + value
                  + "; export the model again");
        }
      }
    }
    return result;
  }

  /** The layers, of one row where the input is a batch of rows that are all treated alike. */
  private Layering layering(List<GraphInput> inputs, NeuronGraph graph, Tensor result) {
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
