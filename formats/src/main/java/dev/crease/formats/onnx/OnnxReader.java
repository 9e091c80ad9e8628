package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.formats.lowering.Layering;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads an ONNX model by evaluating its graph at batch size 1, with affine forms in place of
 * numbers. Nodes that the output does not depend on are not looked at.
 */
public final class OnnxReader {

  /** Most elements of a tensor that depends on the input. */
  static final int LARGEST_ACTIVATION = 1 << 18;

  /** Most elements of a constant computed from others. */
  static final int LARGEST_CONSTANT = 1 << 27;

  private final SourceFile file;
  private final GraphProto proto;
  private final ReadOptions options;
  private final TensorDecoder decoder;
  private final List<String> notes = new ArrayList<>();
  private final Functions functions;
  private final List<GraphNode> all;
  private final String output;

  private OnnxReader(
      SourceFile file, ModelProto model, ExternalData external, ReadOptions options) {
    this.file = file;
    this.proto = model.getGraph();
    this.options = options;
    this.decoder = new TensorDecoder(file, external);
    OperatorSets sets = OperatorSets.ofModel(file, model.getOpsetImportList(), notes);
    this.functions = new Functions(file, model);
    this.all = functions.inlined(proto, sets);
    this.output = output();
  }

  /** The network of a model that holds all of its data. */
  static ReadNetwork read(SourceFile file, byte[] content) {
    return read(file, content, ExternalData.none(file), ReadOptions.standard());
  }

  /**
   * The network of a model.
   *
   * @param external where tensors may lie that the model does not hold itself
   * @throws dev.crease.BadInput if the content is wrong
   * @throws dev.crease.Unsupported if it holds something that is refused on purpose
   */
  public static ReadNetwork read(
      SourceFile file, byte[] content, ExternalData external, ReadOptions options) {
    return new OnnxReader(file, OnnxFile.parse(file, content), external, options).read();
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
    // Which branch is taken is not known yet, nor which inputs that leaves without a use.
    GraphOrder reachable = GraphOrder.withBranches(file, all, output);
    List<GraphInput> inputs = GraphInput.of(file, proto, reachable, options.inputs(), notes);
    NeuronGraph graph = new NeuronGraph(file, count(inputs));
    boolean isDouble = inputs.stream().anyMatch(input -> input.type() == DataType.DOUBLE);
    OnnxNode.Context context =
        new OnnxNode.Context(file, count(inputs), isDouble, new HashMap<>(), new Room(), notes);
    Evaluation evaluation =
        new Evaluation(
            proto,
            all,
            output,
            options,
            decoder,
            graph,
            new ControlFlow(functions, decoder),
            context);
    evaluation.run(inputs);
    noteHalfPrecision(inputs, evaluation.order());
    if (options.cutsLastActivation() && evaluation.cut().isEmpty()) {
      notes.add("the output is not made by an activation that could be cut off; none is");
    }
    Tensor result = result(context.known());
    Layering layering = Rows.layering(file, inputs, graph, result, notes);
    LayerNodes nodes =
        LayerNodes.of(evaluation.evaluated(), evaluation.cut(), context.known(), graph, layering);
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

  private void noteHalfPrecision(List<GraphInput> inputs, GraphOrder order) {
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

  private Tensor result(Map<String, Tensor> known) {
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
}
