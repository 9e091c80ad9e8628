package dev.crease.formats;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an ONNX model with one input and one output by evaluating its graph at batch size 1, with
 * affine forms in place of numbers. Nodes that the output does not depend on are not looked at.
 */
final class OnnxReader {

  /** Most elements of a tensor that depends on the input. */
  static final int LARGEST_ACTIVATION = 1 << 18;

  /** Most elements of a constant computed from others. */
  static final int LARGEST_CONSTANT = 1 << 27;

  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 25;
  private static final int IR_VERSION_TAG = 0x08;

  private final SourceFile file;
  private final GraphProto proto;
  private final Map<String, Tensor> known = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private OnnxReader(SourceFile file, GraphProto proto) {
    this.file = file;
    this.proto = proto;
  }

  /** Whether the content begins as serialised models do, with the version of the format. */
  static boolean looksLikeModel(byte[] content) {
    return content.length > 1 && content[0] == IR_VERSION_TAG;
  }

  static ReadNetwork read(SourceFile file, byte[] content) {
    ModelProto model = parse(file, content);
    checkOperatorSet(file, model);
    return new OnnxReader(file, model.getGraph()).read();
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

  private static void checkOperatorSet(SourceFile file, ModelProto model) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (isStandard(set.getDomain())) {
        long version = set.getVersion();
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
          throw file.unsupported(
              "the model uses operator set "
                  + version
                  + ", and "
                  + OLDEST_OPSET
                  + " to "
                  + NEWEST_OPSET
                  + " are read; export it with opset_version=17");
        }
        return;
      }
    }
    throw file.bad(
        "the model names no ONNX operator set; it is cut short or damaged, copy or export it"
            + " again");
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private ReadNetwork read() {
    Set<String> needed = needed();
    readInitializers(needed);
    ValueInfoProto input = input();
    Shape shape = inputShape(input);
    NeuronGraph graph = new NeuronGraph(file, shape.count());
    if (known.put(input.getName(), new Tensor.Activation(shape, graph.inputForms())) != null) {
      throw file.bad(
          "initialiser "
              + SourceFile.quoted(input.getName())
              + " has the name of the input; export the model again");
    }
    Map<String, Operator> operators = operators(graph);
    for (int i = 0; i < proto.getNodeCount(); i++) {
      NodeProto node = proto.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        evaluate(i, node, operators);
      }
    }
    String output = proto.getOutput(0).getName();
    Tensor result = known.get(output);
    if (result == null) {
      throw file.bad(
          "the output "
              + SourceFile.quoted(output)
              + " is made by no node; export the model again");
    }
    if (result.shape().count() == 0) {
      throw file.bad(
          "the output " + SourceFile.quoted(output) + " has no elements; export the model again");
    }
    if (result.shape().count() > LARGEST_ACTIVATION) {
      throw file.unsupported(
          "the output "
              + SourceFile.quoted(output)
              + " has "
              + result.shape().count()
              + " elements, and "
              + LARGEST_ACTIVATION
              + " is the most that is read");
    }
    refuseNonFinite(result);
    return new ReadNetwork(graph.toNetwork(result.forms()), notes);
  }

  private void refuseNonFinite(Tensor result) {
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
  }

  private void evaluate(int index, NodeProto proto, Map<String, Operator> operators) {
    OnnxNode node = new OnnxNode(file, index, proto, known, notes);
    Operator operator = operators.get(proto.getOpType());
    if (operator == null || !isStandard(proto.getDomain())) {
      throw refused(node, proto, operators.keySet());
    }
    List<Tensor> results = operator.apply(node);
    for (int k = 0; k < Math.min(results.size(), proto.getOutputCount()); k++) {
      String name = proto.getOutput(k);
      if (!name.isEmpty() && known.put(name, results.get(k)) != null) {
        throw node.bad(
            "its output " + SourceFile.quoted(name) + " exists already; export the model again");
      }
    }
  }

  /** The names that the output depends on, its own included. */
  private Set<String> needed() {
    if (proto.getOutputCount() == 0) {
      throw file.bad("the graph has no output; export the model again");
    }
    if (proto.getOutputCount() > 1) {
      throw file.unsupported(
          "the graph has "
              + proto.getOutputCount()
              + " outputs ("
              + names(proto.getOutputList())
              + "), and networks with one output are read; cut the model to one with"
              + " onnx.utils.extract_model");
    }
    Set<String> needed = new HashSet<>();
    needed.add(proto.getOutput(0).getName());
    for (int i = proto.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = proto.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
      }
    }
    needed.remove("");
    return needed;
  }

  private void readInitializers(Set<String> needed) {
    TensorDecoder decoder = new TensorDecoder(file);
    for (TensorProto tensor : proto.getInitializerList()) {
      String origin = "initialiser " + SourceFile.quoted(tensor.getName());
      if (needed.contains(tensor.getName())
          && known.put(tensor.getName(), decoder.decode(origin, tensor)) != null) {
        throw file.bad(origin + " is there twice; export the model again");
      }
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      String name = tensor.getValues().getName();
      if (needed.contains(name)) {
        throw file.unsupported(
            "initialiser "
                + SourceFile.quoted(name)
                + ": sparse tensors are not read; export the model with dense weights");
      }
    }
  }

  /** The one input that is not an initialiser; old files list those among the inputs. */
  private ValueInfoProto input() {
    Set<String> initializers =
        proto.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        proto.getInputList().stream()
            .filter(input -> !initializers.contains(input.getName()))
            .toList();
    if (inputs.isEmpty()) {
      throw file.bad("the graph has no input; export the model again");
    }
    if (inputs.size() > 1) {
      throw file.unsupported(
          "the graph has "
              + inputs.size()
              + " inputs ("
              + names(inputs)
              + "), and networks with one input are read; concatenate them into one before"
              + " export");
    }
    return inputs.get(0);
  }

  private static String names(List<ValueInfoProto> values) {
    String names =
        values.stream()
            .limit(4)
            .map(value -> SourceFile.quoted(value.getName()))
            .collect(Collectors.joining(", "));
    return values.size() > 4 ? names + ", ..." : names;
  }

  private Shape inputShape(ValueInfoProto input) {
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
              + element
              + "; export the model with a float32 or float64 input");
    }
    if (!type.hasShape() || type.getShape().getDimCount() == 0) {
      throw file.bad(
          what
              + " states no shape; export the model with a fixed number of features, such as"
              + " [batch, 3]");
    }
    List<Dimension> dims = type.getShape().getDimList();
    long[] sizes = new long[dims.size()];
    long count = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      Dimension dim = dims.get(axis);
      boolean free = !dim.hasDimValue() || dim.getDimValue() < 0;
      boolean batch = axis == 0 && sizes.length > 1;
      if (batch && !free && dim.getDimValue() != 1) {
        throw file.unsupported(
            what
                + " has the fixed batch size "
                + dim.getDimValue()
                + "; export the model with batch size 1 or a dynamic one");
      }
      if (free && !batch) {
        throw file.bad(
            what
                + " leaves dimension "
                + axis
                + " open; export the model with a fixed number of features, such as [batch, 3]");
      }
      sizes[axis] = batch ? 1 : dim.getDimValue();
      if (sizes[axis] == 0) {
        throw file.bad(what + " has no elements; export the model again");
      }
      if (sizes[axis] > LARGEST_ACTIVATION || count * sizes[axis] > LARGEST_ACTIVATION) {
        throw file.unsupported(
            what
                + " has more than "
                + LARGEST_ACTIVATION
                + " elements, the most that is read; use a smaller network");
      }
      count *= sizes[axis];
    }
    return new Shape(Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
  }

  private Map<String, Operator> operators(NeuronGraph graph) {
    Arithmetic arithmetic = new Arithmetic(graph);
    Activations activations = new Activations(graph);
    Values values = new Values(new TensorDecoder(file));
    return Map.ofEntries(
        Map.entry("Add", Operator.of(arithmetic::add)),
        Map.entry("BatchNormalization", Operator.of(arithmetic::batchNormalization)),
        Map.entry("Cast", Operator.of(values::cast)),
        Map.entry("Clip", Operator.of(activations::clip)),
        Map.entry("Concat", Operator.of(Layout::concat)),
        Map.entry("Constant", Operator.of(values::constant)),
        Map.entry("Div", Operator.of(arithmetic::divide)),
        Map.entry("Dropout", Operator.of(values::dropout)),
        Map.entry("Flatten", Operator.of(Layout::flatten)),
        Map.entry("Gather", Operator.of(Layout::gather)),
        Map.entry("Gemm", Operator.of(arithmetic::gemm)),
        Map.entry("Identity", Operator.of(values::identity)),
        Map.entry("MatMul", Operator.of(arithmetic::matMul)),
        Map.entry("Max", Operator.of(activations::max)),
        Map.entry("Mul", Operator.of(arithmetic::multiply)),
        Map.entry("Neg", Operator.of(arithmetic::negate)),
        Map.entry("Relu", Operator.of(activations::relu)),
        Map.entry("Reshape", Operator.of(Layout::reshape)),
        Map.entry("Shape", Operator.of(Layout::shape)),
        Map.entry("Slice", Operator.of(Layout::slice)),
        Map.entry("Split", Layout::split),
        Map.entry("Squeeze", Operator.of(Layout::squeeze)),
        Map.entry("Sub", Operator.of(arithmetic::subtract)),
        Map.entry("Sum", Operator.of(arithmetic::sumOfAll)),
        Map.entry("Transpose", Operator.of(Layout::transpose)),
        Map.entry("Unsqueeze", Operator.of(Layout::unsqueeze)));
  }

  private static CreaseException refused(OnnxNode node, NodeProto proto, Set<String> known) {
    if (!isStandard(proto.getDomain())) {
      return node.unsupported(
          "the operator domain "
              + SourceFile.quoted(proto.getDomain())
              + " is not read; export the model with standard ONNX operators");
    }
    return switch (proto.getOpType()) {
      case "LeakyRelu" ->
          node.unsupported(
              "only ReLU is certified, and LeakyRelu is another function; train with Relu, or"
                  + " write it as Relu(x) - alpha * Relu(-x)");
      case "Celu",
              "Elu",
              "Erf",
              "Exp",
              "Gelu",
              "HardSigmoid",
              "HardSwish",
              "LogSoftmax",
              "Mish",
              "PRelu",
              "Selu",
              "Sigmoid",
              "Softmax",
              "Softplus",
              "Softsign",
              "Swish",
              "Tanh",
              "ThresholdedRelu" ->
          node.unsupported("only ReLU is certified; train the network with ReLU activations");
      case "AveragePool",
              "Conv",
              "ConvTranspose",
              "GlobalAveragePool",
              "GlobalMaxPool",
              "MaxPool" ->
          node.unsupported(
              "convolutions and pooling are not read; use a fully connected network (Gemm, Relu)");
      default ->
          node.unsupported(
              "this operator is not read; write the network with "
                  + known.stream().sorted().collect(Collectors.joining(", ")));
    };
  }
}
