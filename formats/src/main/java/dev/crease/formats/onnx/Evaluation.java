package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.crease.CreaseException;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.ReadOptions;
import dev.crease.formats.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The evaluation of a graph's nodes, each after those that it depends on. A node that decides which
 * others are done is replaced by those when it is reached; then the order is found anew.
 */
final class Evaluation {

  /** Each costs a new order; so that a small file stays small, not more than these. */
  private static final int MOST_DECISIONS = 1 << 11;

  private final SourceFile file;
  private final GraphProto proto;
  private final ReadOptions options;
  private final TensorDecoder decoder;
  private final NeuronGraph graph;
  private final Operators operators;
  private final ControlFlow controlFlow;
  private final OnnxNode.Context context;
  private final String output;
  private final Map<String, Tensor> known;
  private final List<GraphNode> all;
  private final Set<String> initializers = new HashSet<>();
  private final Set<GraphNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<GraphNode> evaluated = new ArrayList<>();
  private GraphOrder order;
  private Optional<GraphNode> cut = Optional.empty();

  /**
   * An evaluation that is about to begin.
   *
   * @param nodes the graph's, without calls of functions
   * @param output the value that is wanted
   */
  Evaluation(
      GraphProto proto,
      List<GraphNode> nodes,
      String output,
      ReadOptions options,
      TensorDecoder decoder,
      NeuronGraph graph,
      ControlFlow controlFlow,
      OnnxNode.Context context) {
    this.file = context.file();
    this.proto = proto;
    this.options = options;
    this.decoder = decoder;
    this.graph = graph;
    this.operators = new Operators(graph, decoder);
    this.controlFlow = controlFlow;
    this.context = context;
    this.output = output;
    this.known = context.known();
    this.all = new ArrayList<>(nodes);
    this.order = GraphOrder.of(file, all, output);
  }

  /** Evaluates all nodes that the output depends on. */
  void run(List<GraphInput> inputs) {
    reorder();
    readInputs(inputs);
    Optional<GraphNode> decision = proceed();
    for (int k = 0; decision.isPresent(); k++) {
      if (k == MOST_DECISIONS) {
        throw file.unsupported(
            "more than "
                + MOST_DECISIONS
                + " of the model's nodes are If or Loop; simplify it (onnxsim)");
      }
      int at = all.indexOf(decision.get());
      all.addAll(at, controlFlow.unfolded(all.remove(at), context));
      order = GraphOrder.of(file, all, output);
      reorder();
      decision = proceed();
    }
    graph.origins().end();
  }

  /** The nodes in the order in which they were evaluated. */
  List<GraphNode> evaluated() {
    return List.copyOf(evaluated);
  }

  /** The order in which the nodes stand, decisions replaced as far as they are made. */
  GraphOrder order() {
    return order;
  }

  /** The last activation that was left out. */
  Optional<GraphNode> cut() {
    return cut;
  }

  private void reorder() {
    cut = options.cutsLastActivation() ? LastActivation.of(order) : Optional.empty();
    // First of all, as the tensors of a model with other operators may be of other types too.
    for (GraphNode node : order.nodes()) {
      boolean isKnown =
          operators.find(node.operator()).isPresent() || ControlFlow.decides(node) || isCut(node);
      if (!isKnown) {
        throw refusal(node);
      }
    }
    readInitializers();
  }

  private boolean isCut(GraphNode node) {
    return cut.isPresent() && cut.get() == node;
  }

  private CreaseException refusal(GraphNode node) {
    String why =
        node.domain().equals(GraphNode.STANDARD)
            ? Refused.operator(node.operator(), LastActivation.is(node, order), operators.names())
            : Refused.domain(node.domain(), node.proto().getOpType());
    return file.unsupported(node.place() + ": " + why);
  }

  /** Reads those that the order needs and that were not needed before. */
  private void readInitializers() {
    Set<String> before = Set.copyOf(initializers);
    for (TensorProto tensor : proto.getInitializerList()) {
      if (isNew(tensor.getName(), before)) {
        String origin = "initialiser " + SourceFile.quoted(tensor.getName());
        put(tensor.getName(), origin, decoder.decode(origin, tensor));
      }
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      String name = tensor.getValues().getName();
      if (isNew(name, before)) {
        String origin = "initialiser " + SourceFile.quoted(name);
        put(name, origin, decoder.decode(origin, tensor));
      }
    }
  }

  private boolean isNew(String name, Set<String> before) {
    return order.needs(name) && !before.contains(name);
  }

  private void put(String name, String origin, Tensor.Constant tensor) {
    initializers.add(name);
    if (known.put(name, tensor) != null) {
      throw file.bad(origin + " is there twice; export the model again");
    }
  }

  private void readInputs(List<GraphInput> inputs) {
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

  /** Evaluates nodes up to one that decides, which it returns. */
  private Optional<GraphNode> proceed() {
    for (GraphNode node : order.nodes()) {
      if (done.contains(node)) {
        continue;
      }
      if (ControlFlow.decides(node)) {
        return Optional.of(node);
      }
      graph.origins().begin(evaluated.size());
      done.add(node);
      evaluated.add(node);
      if (isCut(node)) {
        cutOff(node);
      } else {
        evaluate(node, operators.find(node.operator()).orElseThrow());
      }
    }
    return Optional.empty();
  }

  private void cutOff(GraphNode node) {
    OnnxNode last = new OnnxNode(context, node);
    known.put(node.proto().getOutput(0), last.operand(0));
    last.note("the network is read up to it, as asked; " + LastActivation.effect(node.operator()));
  }

  private void evaluate(GraphNode graphNode, Operators.Entry entry) {
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
}
