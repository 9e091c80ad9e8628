package dev.crease.formats.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.BadInput;
import dev.crease.Unsupported;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One node of an ONNX graph with the tensors that it reads: attributes, operands, errors. */
final class OnnxNode {

  private static final long LARGEST_EXACT_INTEGER = 1L << 53;

  private final SourceFile file;
  private final GraphNode node;
  private final NodeProto proto;
  private final Map<String, Tensor> known;
  private final Context context;

  /**
   * What all nodes of a graph have in common.
   *
   * @param inputs how many inputs the network has
   * @param isDouble whether the input is in double precision
   * @param known the tensors that exist before a node, by name
   * @param room what may still be computed
   * @param notes where notes on the reading go
   */
  record Context(
      SourceFile file,
      int inputs,
      boolean isDouble,
      Map<String, Tensor> known,
      Room room,
      List<String> notes) {}

  /** A node about to be evaluated. */
  OnnxNode(Context context, GraphNode node) {
    this.context = context;
    this.file = context.file();
    this.node = node;
    this.proto = node.proto();
    this.known = context.known();
  }

  /** Refuses inputs, outputs and attributes that the operator does not have. */
  void check(Signature signature) {
    if (!signature.isIn(opset())) {
      throw bad(
          "operator set "
              + opset()
              + " has no such operator ("
              + (opset() < signature.first()
                  ? "it came with " + signature.first()
                  : "its last is " + signature.last())
              + "); export the model again");
    }
    int mostInputs = signature.mostInputs(opset());
    if (inputs() > mostInputs || outputs() > signature.mostOutputs()) {
      throw bad(
          "it has "
              + inputs()
              + " inputs and "
              + outputs()
              + " outputs, and at most "
              + mostInputs
              + " and "
              + signature.mostOutputs()
              + " there can be in operator set "
              + opset()
              + "; export the model again");
    }
    for (AttributeProto attribute : proto.getAttributeList()) {
      signature
          .objection(attribute.getName(), opset())
          .ifPresent(
              objection -> {
                throw bad(
                    "its attribute "
                        + SourceFile.quoted(attribute.getName())
                        + " "
                        + objection
                        + " ("
                        + signature.names(opset())
                        + "); correct its name, or export the model again");
              });
    }
    for (int i = 0; i < inputs(); i++) {
      // Most operators make no more than they are given.
      if (has(i) && known.get(proto.getInput(i)) instanceof Tensor.Constant constant) {
        refuseBeyondRoom(constant.shape().count());
      }
    }
  }

  private void refuseBeyondRoom(long count) {
    if (!context.room().holds(count)) {
      throw unsupported(
          "it makes a tensor of "
              + count
              + " elements, and with those before it that is more than is read; simplify the model"
              + " (onnxsim folds constants), or give Java more memory (-Xmx)");
    }
  }

  /** Refuses so many products of constants, if with those before them they are too many. */
  void charge(long products) {
    if (!context.room().multiplies(products)) {
      throw unsupported(
          "it and the nodes before it multiply too many constants; simplify the model (onnxsim folds"
              + " constants)");
    }
  }

  long opset() {
    return node.opset();
  }

  /** Whether the network's input is in double precision. */
  boolean isDouble() {
    return context.isDouble();
  }

  /** Whether a tensor holds inputs of the network as they are. */
  boolean isInput(Tensor x) {
    return Arrays.stream(x.forms())
        .allMatch(form -> form.isNeuron() && form.id(0) < context.inputs());
  }

  /** How many attributes it has. */
  int attributes() {
    return proto.getAttributeCount();
  }

  int outputs() {
    return proto.getOutputCount();
  }

  /** Whether an output has a name. */
  boolean hasOutput(int output) {
    return output < proto.getOutputCount() && !proto.getOutput(output).isEmpty();
  }

  int inputs() {
    return proto.getInputCount();
  }

  /** The node as a message names it, such as {@code node 3 'fc1' (Gemm)}. */
  String describe() {
    return node.place();
  }

  BadInput bad(String message) {
    return file.bad(describe() + ": " + message);
  }

  Unsupported unsupported(String message) {
    return file.unsupported(describe() + ": " + message);
  }

  void note(String message) {
    context.notes().add(describe() + ": " + message);
  }

  // Operands.

  boolean has(int input) {
    return input < proto.getInputCount() && !proto.getInput(input).isEmpty();
  }

  /** An operand that is needed; its numbers are finite. */
  Tensor operand(int input) {
    if (!has(input)) {
      throw bad("its input " + input + " is missing; export the model again");
    }
    Tensor tensor = lookUp(input);
    if (tensor instanceof Tensor.Constant constant) {
      for (int i = 0; i < constant.values().length; i++) {
        if (!Double.isFinite(constant.values()[i])) {
          throw bad(
              "entry "
                  + i
                  + " of "
                  + constant.origin()
                  + " is "
                  + constant.values()[i]
                  + "; all weights must be finite, train or export the model again");
        }
      }
    }
    return tensor;
  }

  /** All operands, one or more; their numbers are finite. */
  List<Tensor> operands() {
    if (inputs() == 0) {
      throw bad("it has no inputs; export the model again");
    }
    return IntStream.range(0, inputs()).mapToObj(this::operand).toList();
  }

  /** A constant operand that is needed; its numbers are finite. */
  Tensor.Constant finiteConstant(int input) {
    constant(input);
    return (Tensor.Constant) operand(input);
  }

  /** An operand that is needed and only passed on: its numbers may be infinite. */
  Tensor constantOrOperand(int input) {
    return has(input) ? lookUp(input) : operand(input);
  }

  /** An operand that must be known when the file is read; its numbers may be infinite. */
  Tensor.Constant constant(int input) {
    if (has(input) && lookUp(input) instanceof Tensor.Constant constant) {
      return constant;
    }
    throw has(input)
        ? unsupported(
            "its input "
                + SourceFile.quoted(proto.getInput(input))
                + " is computed from the network's input; it must be a constant")
        : bad("its input " + input + " is missing; export the model again");
  }

  /** Whether an operand that is there is known when the file is read. */
  boolean isConstant(int input) {
    return lookUp(input) instanceof Tensor.Constant;
  }

  /** What has a name before this node, if it is a constant. */
  Optional<Tensor.Constant> known(String name) {
    return known.get(name) instanceof Tensor.Constant constant
        ? Optional.of(constant)
        : Optional.empty();
  }

  /** A constant operand as whole numbers; bounds beyond the range of a double are cut to it. */
  long[] integers(int input) {
    Tensor.Constant constant = constant(input);
    if (!constant.isInteger()) {
      throw bad(
          constant.origin()
              + " has elements of type "
              + constant.type()
              + " where whole numbers are expected; export the model again");
    }
    return Arrays.stream(constant.values()).mapToLong(value -> (long) value).toArray();
  }

  /** The name of an input, in quotes. */
  String inputName(int input) {
    return SourceFile.quoted(proto.getInput(input));
  }

  private Tensor lookUp(int input) {
    Tensor tensor = known.get(proto.getInput(input));
    if (tensor == null) {
      throw bad(
          "its input "
              + SourceFile.quoted(proto.getInput(input))
              + " is made by no earlier node; export the model again");
    }
    return tensor;
  }

  // Attributes.

  boolean hasAttribute(String name) {
    return proto.getAttributeList().stream().anyMatch(a -> a.getName().equals(name));
  }

  Optional<AttributeProto> attribute(String name, AttributeType type) {
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        // Files of the first years leave the type out.
        if (attribute.getType() != type && attribute.getType() != AttributeType.UNDEFINED) {
          throw bad(
              "its attribute "
                  + name
                  + " is of type "
                  + attribute.getType()
                  + ", not "
                  + type
                  + "; export the model again");
        }
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  long integer(String name, long otherwise) {
    return attribute(name, AttributeType.INT).map(AttributeProto::getI).orElse(otherwise);
  }

  /** A number that may be infinite. */
  float rawNumber(String name, float otherwise) {
    return attribute(name, AttributeType.FLOAT).map(AttributeProto::getF).orElse(otherwise);
  }

  float number(String name, float otherwise) {
    float value = rawNumber(name, otherwise);
    if (!Float.isFinite(value)) {
      throw bad("its attribute " + name + " is " + value + "; it must be finite");
    }
    return value;
  }

  Optional<long[]> integerList(String name) {
    return attribute(name, AttributeType.INTS)
        .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** Numbers that must be finite. */
  Optional<double[]> numberList(String name) {
    Optional<double[]> numbers =
        attribute(name, AttributeType.FLOATS)
            .map(a -> a.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
    numbers
        .filter(values -> !Arrays.stream(values).allMatch(Double::isFinite))
        .ifPresent(
            values -> {
              throw bad("its attribute " + name + " has a number that is not finite; correct it");
            });
    return numbers;
  }

  String string(String name, String otherwise) {
    return attribute(name, AttributeType.STRING)
        .map(a -> a.getS().toStringUtf8())
        .orElse(otherwise);
  }

  /** An attribute of 0 or 1. */
  boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  /** Whole numbers that older operator sets have as an attribute and newer ones as an input. */
  Optional<long[]> integers(String attribute, int input) {
    return has(input) ? Optional.of(integers(input)) : integerList(attribute);
  }

  // Shapes.

  /** An axis counted from 0; negative ones count from the end. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw bad(
          "axis "
              + axis
              + " does not exist in a tensor of rank "
              + rank
              + "; export the model again");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Distinct axes as flags. */
  boolean[] axes(long[] axes, int rank) {
    boolean[] flags = new boolean[rank];
    for (long axis : axes) {
      int at = axis(axis, rank);
      if (flags[at]) {
        throw bad("axis " + at + " is named twice; export the model again");
      }
      flags[at] = true;
    }
    return flags;
  }

  /** The shape of a result computed from {@code source}, if its size can be worked with. */
  Shape shape(Tensor source, long... dims) {
    return source instanceof Tensor.Activation
        ? activationShape(dims)
        : shape(OnnxReader.LARGEST_CONSTANT, dims);
  }

  /** The shapes of two operands broadcast to that of their result. */
  Shape broadcast(Tensor a, Tensor b) {
    return shape(
        a instanceof Tensor.Activation ? a : b,
        a.shape()
            .broadcast(b.shape())
            .orElseThrow(
                () ->
                    bad(
                        "the shapes "
                            + a.shape()
                            + " and "
                            + b.shape()
                            + " of its inputs do not fit; export the model again")));
  }

  /** The shape of a result that depends on the input. */
  Shape activationShape(long... dims) {
    return shape(OnnxReader.LARGEST_ACTIVATION, dims);
  }

  private Shape shape(long limit, long... dims) {
    int[] sizes = new int[dims.length];
    long count = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      long dim = dims[axis];
      if (dim < 0) {
        throw bad("its result would have a dimension " + dim + "; export the model again");
      }
      if (dim > limit || count * Math.max(dim, 1) > limit) {
        throw unsupported(
            "its result would have more than " + limit + " elements; use a smaller network");
      }
      count *= Math.max(dim, 1);
      sizes[axis] = (int) dim;
    }
    refuseBeyondRoom(count);
    return new Shape(sizes);
  }

  /** The elements of an operand as forms; a constant as large as that is refused. */
  Affine[] forms(Tensor operand) {
    activationShape(Arrays.stream(operand.shape().dims()).asLongStream().toArray());
    return operand.forms();
  }

  /** The shape of a result computed from {@code source}. */
  Shape shape(Tensor source, Shape shape) {
    return shape(source, Arrays.stream(shape.dims()).asLongStream().toArray());
  }

  /** A constant that this node computes, of which some entries are rounded. */
  Tensor.Constant result(DataType type, Shape shape, double[] values, int rounded) {
    if (rounded > 0) {
      note(
          rounded
              + " of "
              + values.length
              + " entries of its constant result are rounded to the nearest double");
    }
    return result(type, shape, values);
  }

  /** A constant that this node computes; whole numbers must be held exactly. */
  Tensor.Constant result(DataType type, Shape shape, double[] values) {
    Tensor.Constant constant =
        new Tensor.Constant("the result of " + describe(), type, shape, values);
    for (double value : values) {
      if (constant.isInteger() && !(Math.abs(value) <= LARGEST_EXACT_INTEGER)) {
        throw unsupported("it computes whole numbers beyond 2^53; simplify the model");
      }
    }
    return constant;
  }
}
