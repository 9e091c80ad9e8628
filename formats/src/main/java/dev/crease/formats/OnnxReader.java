package dev.crease.formats;

import ai.onnx.proto.OnnxMl.AttributeProto;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final int MANY = Integer.MAX_VALUE;
  private static final Set<String> PASSING =
      Set.of("Cast", "Dropout", "Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze");

  /** What nodes of the operators that are read may have. */
  private static final Map<String, Signature> SIGNATURES =
      Map.ofEntries(
          Map.entry("Add", Signature.of(2, 1)),
          Map.entry(
              "BatchNormalization",
              Signature.of(5, 5)
                  .with("epsilon", "momentum")
                  .until(8, "spatial")
                  .since(14, "training_mode")),
          Map.entry(
              "Cast", Signature.of(1, 1).with("to").since(19, "saturate").since(24, "round_mode")),
          Map.entry("Clip", Signature.of(3, 1).until(10, "min").until(10, "max")),
          Map.entry("Concat", Signature.of(MANY, 1).with("axis")),
          Map.entry(
              "Constant",
              Signature.of(0, 1)
                  .with("value")
                  .since(11, "sparse_value")
                  .since(12, "value_float")
                  .since(12, "value_floats")
                  .since(12, "value_int")
                  .since(12, "value_ints")
                  .since(12, "value_string")
                  .since(12, "value_strings")),
          Map.entry("Div", Signature.of(2, 1)),
          Map.entry("Dropout", Signature.of(3, 2).until(11, "ratio").since(12, "seed")),
          Map.entry("Flatten", Signature.of(1, 1).with("axis")),
          Map.entry("Gather", Signature.of(2, 1).with("axis")),
          Map.entry("Gemm", Signature.of(3, 1).with("alpha", "beta", "transA", "transB")),
          Map.entry("Identity", Signature.of(1, 1)),
          Map.entry("MatMul", Signature.of(2, 1)),
          Map.entry("Max", Signature.of(MANY, 1)),
          Map.entry("Mul", Signature.of(2, 1)),
          Map.entry("Neg", Signature.of(1, 1)),
          Map.entry("Relu", Signature.of(1, 1)),
          Map.entry("Reshape", Signature.of(2, 1).since(14, "allowzero")),
          Map.entry("Shape", Signature.of(1, 1).since(15, "start").since(15, "end")),
          Map.entry(
              "Slice", Signature.of(5, 1).until(9, "axes").until(9, "starts").until(9, "ends")),
          Map.entry(
              "Split",
              Signature.of(2, MANY).with("axis").until(12, "split").since(18, "num_outputs")),
          Map.entry("Squeeze", Signature.of(2, 1).until(12, "axes")),
          Map.entry("Sub", Signature.of(2, 1)),
          Map.entry("Sum", Signature.of(MANY, 1)),
          Map.entry("Transpose", Signature.of(1, 1).with("perm")),
          Map.entry("Unsqueeze", Signature.of(2, 1).until(12, "axes")));

  private final SourceFile file;
  private final GraphProto proto;
  private final long opset;

  /** Domain and name of the functions that the model itself defines. */
  private final Set<String> functions;

  private final Map<String, Tensor> known = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  private OnnxReader(SourceFile file, ModelProto model) {
    this.file = file;
    this.proto = model.getGraph();
    this.opset = operatorSet(file, model);
    this.functions =
        model.getFunctionsList().stream()
            .map(function -> function.getDomain() + " " + function.getName())
            .collect(Collectors.toSet());
  }

  /** Whether the content begins as serialised models do, with the version of the format. */
  static boolean looksLikeModel(byte[] content) {
    return content.length > 1 && content[0] == IR_VERSION_TAG;
  }

  static ReadNetwork read(SourceFile file, byte[] content) {
    ModelProto model = parse(file, content);
    return new OnnxReader(file, model).read();
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

  private static long operatorSet(SourceFile file, ModelProto model) {
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
                  + " are read; export it with opset_version=17"
                  + (version > NEWEST_OPSET ? "" : ", or convert it with onnx.version_converter"));
        }
        return version;
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
    List<Integer> order = order();
    Set<String> needed = needed(order);
    refuseOperators(order);
    readInitializers(needed);
    ValueInfoProto input = input(needed);
    Shape shape = inputShape(input);
    NeuronGraph graph = new NeuronGraph(file, shape.count());
    if (known.put(input.getName(), new Tensor.Activation(shape, graph.inputForms())) != null) {
      throw file.bad(
          "initialiser "
              + SourceFile.quoted(input.getName())
              + " has the name of the input; export the model again");
    }
    noteHalfPrecision(input, needed, order);
    OnnxNode.Context context =
        new OnnxNode.Context(
            file, opset, elementType(input) == DataType.DOUBLE, known, new Room(), notes);
    Map<String, Operator> operators = operators(graph);
    for (int i : order) {
      NodeProto node = proto.getNode(i);
      evaluate(new OnnxNode(context, i, node), node, operators.get(node.getOpType()), context);
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
    int rows = shape.dims()[0];
    boolean severalRows = shape.rank() > 1 && rows > 1;
    if (severalRows && graph.keepsRowsApart(result.forms(), shape.count() / rows)) {
      throw file.unsupported(
          "input "
              + SourceFile.quoted(input.getName())
              + " has the fixed batch size "
              + rows
              + "; export the model with batch size 1 or a dynamic one");
    }
    if (severalRows) {
      notes.add(
          "the input of shape "
              + shape
              + " is read as "
              + shape.count()
              + " inputs, not as a batch: what the model makes of a row depends on the others");
    }
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

  private void evaluate(
      OnnxNode node, NodeProto proto, Operator operator, OnnxNode.Context context) {
    node.check(SIGNATURES.get(proto.getOpType()));
    List<Tensor> results = operator.apply(node);
    for (int k = 0; k < Math.min(results.size(), proto.getOutputCount()); k++) {
      String name = proto.getOutput(k);
      context.room().take(results.get(k).shape().count());
      if (!name.isEmpty() && known.put(name, results.get(k)) != null) {
        throw node.bad(
            "its output " + SourceFile.quoted(name) + " exists already; export the model again");
      }
    }
  }

  /** The nodes that the output depends on, each after those that it depends on itself. */
  private List<Integer> order() {
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
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < proto.getNodeCount(); i++) {
      for (String name : proto.getNode(i).getOutputList()) {
        if (!name.isEmpty() && makers.putIfAbsent(name, i) != null) {
          throw file.bad(
              OnnxNode.describe(i, proto.getNode(i))
                  + ": its output "
                  + SourceFile.quoted(name)
                  + " exists already; export the model again");
        }
      }
    }
    Set<Integer> begun = new HashSet<>();
    Set<Integer> done = new LinkedHashSet<>();
    Deque<Integer> stack = new ArrayDeque<>();
    Optional.ofNullable(makers.get(proto.getOutput(0).getName())).ifPresent(stack::push);
    while (!stack.isEmpty()) {
      int node = stack.peek();
      if (begun.add(node)) {
        for (String name : proto.getNode(node).getInputList()) {
          int maker = makers.getOrDefault(name, node);
          if (maker != node && begun.contains(maker) && !done.contains(maker)) {
            throw file.bad(
                OnnxNode.describe(node, proto.getNode(node))
                    + ": it depends on its own result; export the model again");
          }
          if (maker != node && !done.contains(maker)) {
            stack.push(maker);
          }
        }
      } else {
        stack.pop();
        done.add(node);
      }
    }
    // As in the file where that is possible: it decides how the neurons of a layer are numbered.
    List<Integer> sorted = done.stream().sorted().toList();
    return isOrdered(sorted, makers) ? sorted : List.copyOf(done);
  }

  private boolean isOrdered(List<Integer> nodes, Map<String, Integer> makers) {
    return nodes.stream()
        .allMatch(
            i ->
                proto.getNode(i).getInputList().stream()
                    .allMatch(name -> makers.getOrDefault(name, -1) < i));
  }

  /** The names that the output depends on, its own included. */
  private Set<String> needed(List<Integer> order) {
    Set<String> needed = new HashSet<>();
    needed.add(proto.getOutput(0).getName());
    order.forEach(i -> needed.addAll(proto.getNode(i).getInputList()));
    needed.remove("");
    return needed;
  }

  /** First of all, as the tensors of a model with other operators may be of other types too. */
  private void refuseOperators(List<Integer> order) {
    for (int i : order) {
      NodeProto node = proto.getNode(i);
      if (!SIGNATURES.containsKey(node.getOpType()) || !isStandard(node.getDomain())) {
        throw refusal(i, node, order);
      }
    }
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
  private ValueInfoProto input(Set<String> needed) {
    Set<String> initializers =
        proto.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        proto.getInputList().stream()
            .filter(input -> !initializers.contains(input.getName()))
            .toList();
    if (inputs.isEmpty()) {
      throw file.bad("the graph has no input; export the model again");
    }
    List<ValueInfoProto> used =
        inputs.stream().filter(input -> needed.contains(input.getName())).toList();
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

  private static DataType elementType(ValueInfoProto input) {
    DataType type = DataType.forNumber(input.getType().getTensorType().getElemType());
    return type == null ? DataType.UNDEFINED : type;
  }

  private void noteHalfPrecision(ValueInfoProto input, Set<String> needed, List<Integer> order) {
    Stream<Integer> types =
        Stream.of(
                Stream.of(input.getType().getTensorType().getElemType()),
                proto.getInitializerList().stream()
                    .filter(tensor -> needed.contains(tensor.getName()))
                    .map(TensorProto::getDataType),
                order.stream()
                    .flatMap(i -> proto.getNode(i).getAttributeList().stream())
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

  private Shape inputShape(ValueInfoProto input) {
    String what = "input " + SourceFile.quoted(input.getName());
    if (!input.getType().hasTensorType()) {
      throw file.unsupported(what + " is not a tensor; export the model with a tensor as input");
    }
    TypeProto.Tensor type = input.getType().getTensorType();
    DataType element = elementType(input);
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

  private CreaseException refusal(int index, NodeProto node, List<Integer> order) {
    return file.unsupported(
        OnnxNode.describe(index, node)
            + ": "
            + (isStandard(node.getDomain())
                ? Refused.operator(node.getOpType(), isLast(node, order), SIGNATURES.keySet())
                : Refused.domain(node.getDomain(), isFunction(node))));
  }

  private boolean isFunction(NodeProto node) {
    return functions.contains(node.getDomain() + " " + node.getOpType());
  }

  /** Whether all that comes after a node only passes on what it makes. */
  private boolean isLast(NodeProto node, List<Integer> order) {
    Set<String> passed = new HashSet<>(node.getOutputList());
    for (int i : order) {
      NodeProto other = proto.getNode(i);
      if (other.getInputList().stream().anyMatch(passed::contains)) {
        if (!PASSING.contains(other.getOpType())) {
          return false;
        }
        passed.addAll(other.getOutputList());
      }
    }
    return true;
  }
}
