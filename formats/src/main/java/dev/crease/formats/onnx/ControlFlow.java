package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Nodes that hold others and decide which of them are done, and how often: If and Loop, replaced by
 * those nodes where the decision is known when the file is read.
 */
final class ControlFlow {

  private static final int MANY = Integer.MAX_VALUE;
  private static final Signature IF = Signature.of(1, MANY).with("else_branch", "then_branch");
  private static final Signature LOOP = Signature.of(MANY, MANY).with("body");

  /** Where a loop begins among its inputs, and its body's: after the trip count and condition. */
  private static final int CARRIED = 2;

  /** The operator set of nodes that are added here; others are of the set that they stand in. */
  private static final OperatorSets ADDED = OperatorSets.standard(11);

  private final Functions functions;
  private final TensorDecoder decoder;

  /**
   * The control flow of a model.
   *
   * @param functions of the model, that a branch may call
   * @param decoder of the tensors that a body holds
   */
  ControlFlow(Functions functions, TensorDecoder decoder) {
    this.functions = functions;
    this.decoder = decoder;
  }

  /** Whether a node is one that decides. */
  static boolean decides(GraphNode node) {
    return node.operator().equals("If") || node.operator().equals("Loop");
  }

  /**
   * The nodes in place of one that decides, when all that it depends on is known.
   *
   * @throws dev.crease.Unsupported if the decision depends on the network's input
   */
  List<GraphNode> unfolded(GraphNode node, OnnxNode.Context context) {
    OnnxNode reading = new OnnxNode(context, node);
    if (node.operator().equals("If")) {
      reading.check(IF);
      return new Unfolding(node, reading).branch();
    }
    reading.check(LOOP);
    return new Unfolding(node, reading).loop();
  }

  /** One node on its way to be others. */
  private final class Unfolding {

    private final GraphNode node;
    private final OnnxNode reading;
    private final List<GraphNode> nodes = new ArrayList<>();

    Unfolding(GraphNode node, OnnxNode reading) {
      this.node = node;
      this.reading = reading;
    }

    List<GraphNode> branch() {
      boolean holds = number("condition", 0) != 0;
      GraphProto branch = graph(holds ? "then_branch" : "else_branch");
      if (branch.getInputCount() > 0 || branch.getOutputCount() != node.proto().getOutputCount()) {
        throw reading.bad(
            "its branch has "
                + branch.getInputCount()
                + " inputs and "
                + branch.getOutputCount()
                + " outputs, and should have none and "
                + node.proto().getOutputCount()
                + "; export the model again");
      }
      List<String> results = inline(node.place(), branch, List.of());
      for (int k = 0; k < results.size(); k++) {
        pass(results.get(k), k);
      }
      return nodes;
    }

    List<GraphNode> loop() {
      GraphProto body = graph("body");
      int carried = Math.max(0, reading.inputs() - CARRIED);
      int scans = body.getOutputCount() - 1 - carried;
      if (body.getInputCount() != CARRIED + carried
          || scans < 0
          || reading.outputs() > carried + scans) {
        throw reading.bad(
            "its body of "
                + body.getInputCount()
                + " inputs and "
                + body.getOutputCount()
                + " outputs does not fit its "
                + reading.inputs()
                + " inputs and "
                + reading.outputs()
                + " outputs; export the model again");
      }
      double count = trips(body);
      List<String> values = new ArrayList<>();
      for (int k = 0; k < carried; k++) {
        values.add(node.proto().getInput(CARRIED + k));
      }
      List<List<String>> rows = new ArrayList<>();
      for (int trip = 0; trip < count; trip++) {
        List<String> inputs = new ArrayList<>();
        String place = node.place() + ", trip " + trip;
        inputs.add(constant(place + ": its number", DataType.INT64, trip));
        inputs.add(constant(place + ": its condition", DataType.BOOL, 1));
        inputs.addAll(values);
        List<String> results = inline(place, body, inputs);
        values = results.subList(1, 1 + carried);
        rows.add(results.subList(1 + carried, results.size()));
      }
      for (int k = 0; k < reading.outputs(); k++) {
        if (k < carried) {
          pass(values.get(k), k);
        } else if (reading.hasOutput(k)) {
          stack(rows, k - carried, k);
        }
      }
      return nodes;
    }

    /** How often the body is done, where no trip can end the loop before its time. */
    private double trips(GraphProto body) {
      boolean begins = !reading.has(1) || number("condition", 1) != 0;
      if (!begins) {
        return 0;
      }
      boolean goesOn = goesOn(body);
      if (!reading.has(0)) {
        if (goesOn) {
          throw reading.unsupported("it never ends; export the model again");
        }
        return 1;
      }
      double count = Math.max(0, number("trip count", 0));
      return goesOn ? count : Math.min(1, count);
    }

    /** What a trip makes of the condition, which it must pass on or hold as a constant. */
    private boolean goesOn(GraphProto body) {
      String name = body.getOutput(0).getName();
      Map<String, NodeProto> makers = new HashMap<>();
      body.getNodeList().forEach(made -> made.getOutputList().forEach(n -> makers.put(n, made)));
      int steps = 0;
      while (makers.containsKey(name)
          && is(makers.get(name), "Identity")
          && makers.get(name).getInputCount() == 1
          && steps++ < body.getNodeCount()) {
        name = makers.get(name).getInput(0);
      }
      if (name.equals(body.getInput(1).getName())) {
        return true;
      }
      for (TensorProto tensor : body.getInitializerList()) {
        if (tensor.getName().equals(name)) {
          return holds(decoder.decode("the condition of " + node.place(), tensor));
        }
      }
      NodeProto maker = makers.get(name);
      if (maker != null && is(maker, "Constant")) {
        for (AttributeProto attribute : maker.getAttributeList()) {
          if (attribute.getName().equals("value") && attribute.hasT()) {
            return holds(decoder.decode("the condition of " + node.place(), attribute.getT()));
          }
        }
      }
      Optional<Tensor.Constant> outside =
          Renaming.made(body).contains(name) ? Optional.empty() : reading.known(name);
      if (outside.isPresent()) {
        return holds(outside.get());
      }
      throw reading.unsupported(
          "the model decides what it does when it runs: the loop's condition is computed in its body;"
              + " export the model with a fixed number of trips");
    }

    private static boolean is(NodeProto made, String operator) {
      return made.getOpType().equals(operator)
          && GraphNode.domain(made.getDomain()).equals(GraphNode.STANDARD);
    }

    private boolean holds(Tensor.Constant constant) {
      if (constant.values().length != 1) {
        throw reading.bad("its condition is not one value; export the model again");
      }
      return constant.values()[0] != 0;
    }

    /** One number that must be known when the file is read. */
    private double number(String what, int input) {
      if (reading.has(input) && !reading.isConstant(input)) {
        throw reading.unsupported(
            "the model decides what it does when it runs: its "
                + what
                + " "
                + reading.inputName(input)
                + " depends on the network's input; simplify it (onnxsim), or export it with fixed"
                + " shapes");
      }
      Tensor.Constant constant = reading.constant(input);
      if (constant.values().length != 1) {
        throw reading.bad(
            "its "
                + what
                + " has shape "
                + constant.shape()
                + ", and must be one value; export the"
                + " model again");
      }
      return constant.values()[0];
    }

    private GraphProto graph(String name) {
      return reading
          .attribute(name, AttributeType.GRAPH)
          .map(AttributeProto::getG)
          .orElseThrow(() -> reading.bad("its " + name + " is missing; export the model again"));
    }

    /** Adds the nodes of a branch; the names of what it makes of some inputs. */
    private List<String> inline(String place, GraphProto branch, List<String> inputs) {
      Set<String> made = Renaming.made(branch);
      Map<String, String> renamed = new HashMap<>(Map.of("", ""));
      for (int k = 0; k < inputs.size(); k++) {
        renamed.put(branch.getInput(k).getName(), inputs.get(k));
      }
      Renaming renaming =
          Renaming.of(
              name ->
                  made.contains(name)
                      ? renamed.computeIfAbsent(
                          name, inner -> functions.fresh(place + ": " + inner))
                      : name);
      for (TensorProto tensor : branch.getInitializerList()) {
        AttributeProto.Builder value =
            AttributeProto.newBuilder().setName("value").setType(AttributeType.TENSOR).setT(tensor);
        add(place, "Constant", List.of(), renaming.names().apply(tensor.getName()), value.build());
      }
      for (SparseTensorProto tensor : branch.getSparseInitializerList()) {
        AttributeProto.Builder value =
            AttributeProto.newBuilder()
                .setName("sparse_value")
                .setType(AttributeType.SPARSE_TENSOR)
                .setSparseTensor(tensor);
        String name = tensor.getValues().getName();
        add(place, "Constant", List.of(), renaming.names().apply(name), value.build());
      }
      for (int i = 0; i < branch.getNodeCount(); i++) {
        NodeProto inner = branch.getNode(i);
        nodes.addAll(
            functions.inlined(
                place + ", " + GraphNode.place(i, inner), renaming.of(inner), node.sets()));
      }
      return branch.getOutputList().stream()
          .map(output -> renaming.names().apply(output.getName()))
          .toList();
    }

    /** Gives a value the name of one of the node's outputs. */
    private void pass(String name, int output) {
      if (reading.hasOutput(output)) {
        add(node.place(), "Identity", List.of(name), node.proto().getOutput(output));
      }
    }

    /** Makes one of the node's outputs of what each trip has given for it. */
    private void stack(List<List<String>> rows, int scan, int output) {
      if (rows.isEmpty()) {
        throw reading.unsupported(
            "it is done no times, and what it should have collected has no shape; simplify the"
                + " model");
      }
      List<String> parts = new ArrayList<>();
      for (List<String> row : rows) {
        String part = functions.fresh(row.get(scan) + " as a row");
        AttributeProto axes =
            AttributeProto.newBuilder()
                .setName("axes")
                .setType(AttributeType.INTS)
                .addInts(0)
                .build();
        add(node.place(), "Unsqueeze", List.of(row.get(scan)), part, axes);
        parts.add(part);
      }
      AttributeProto axis =
          AttributeProto.newBuilder().setName("axis").setType(AttributeType.INT).setI(0).build();
      add(node.place(), "Concat", parts, node.proto().getOutput(output), axis);
    }

    private String constant(String wanted, DataType type, int value) {
      String name = functions.fresh(wanted);
      TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
      if (type == DataType.BOOL) {
        tensor.addInt32Data(value);
      } else {
        tensor.addInt64Data(value);
      }
      AttributeProto attribute =
          AttributeProto.newBuilder()
              .setName("value")
              .setType(AttributeType.TENSOR)
              .setT(tensor)
              .build();
      add(node.place(), "Constant", List.of(), name, attribute);
      return name;
    }

    private void add(
        String place, String operator, List<String> inputs, String output, AttributeProto... of) {
      NodeProto added =
          NodeProto.newBuilder()
              .setOpType(operator)
              .addAllInput(inputs)
              .addOutput(output)
              .addAllAttribute(List.of(of))
              .build();
      nodes.addAll(functions.inlined(place, added, ADDED));
    }
  }
}
