package dev.crease.formats.onnx;

import dev.crease.formats.source.SourceFile;
import java.util.Set;
import java.util.stream.Collectors;

/** What to say of operators that are not read: why, and what to do instead. */
final class Refused {

  private Refused() {}

  /** An operator of another domain than ONNX's own. */
  static String domain(String domain, String name) {
    if (domain.equals(GraphNode.MACHINE_LEARNING) && name.equals("Normalizer")) {
      return "it divides by the norm of its input, which is not piecewise linear; normalise the data"
          + " before the model, and export it without";
    }
    if (name.startsWith("QLinear") || name.contains("Quantize")) {
      return QUANTISED;
    }
    return "the operator domain "
        + SourceFile.quoted(domain)
        + " is not read; export the model with standard ONNX operators";
  }

  private static final String QUANTISED =
      "the model is quantised, and to round between layers is not piecewise linear; give the model"
          + " that it was made from, in float32 or float64";

  /** Why an output beyond the first is not made, and what to do. */
  static String output(String name) {
    return switch (name) {
      case "MaxPool" ->
          "the places of the maxima jump, which is not piecewise linear; only the maxima themselves"
              + " are read, so do without MaxUnpool and its like";
      case "Dropout" ->
          "the mask is of no use in inference; export the model with Dropout in evaluation mode";
      default -> "only its first output is read; export the model for inference";
    };
  }

  /**
   * A standard operator.
   *
   * @param isLast whether it is an activation that makes the output and can be cut off
   * @param known the operators that are read
   */
  static String operator(String name, boolean isLast, Set<String> known) {
    if (isLast) {
      return "all before this last node can be certified, but "
          + name
          + " is not piecewise linear; cut it off with --cut-last-activation. "
          + LastActivation.effect(name);
    }
    return switch (name) {
      case "ThresholdedRelu" ->
          "it jumps from 0 to alpha, so that it is not a continuous function and no ReLU network is;"
              + " train the network with Relu";
      case "Celu",
              "Elu",
              "Erf",
              "Exp",
              "Gelu",
              "HardSwish",
              "LogSoftmax",
              "Mish",
              "Selu",
              "Sigmoid",
              "Softmax",
              "Softplus",
              "Softsign",
              "Swish",
              "Tanh" ->
          "only piecewise linear functions are certified, and "
              + name
              + " is not one; train the network with ReLU activations";
      case "GroupNormalization",
              "LayerNormalization",
              "LpNormalization",
              "MeanVarianceNormalization",
              "RMSNormalization" ->
          "it divides by what it computes of its input, which is not piecewise linear; train the"
              + " network with BatchNormalization, or without";
      case "GRU", "LSTM", "RNN" ->
          "recurrent layers are not piecewise linear; write a step of it with Gemm and Relu";
      case "Scan" ->
          "the model decides what it does when it runs; simplify it (onnxsim), or export it with"
              + " fixed shapes";
      case "ArgMax", "ArgMin", "TopK", "NonZero", "Round", "OneHot" ->
          "it jumps, so that it is not a continuous function; choose the values before it with"
              + " --output NAME, or cut the model there";
      case "ConvInteger",
              "DynamicQuantizeLinear",
              "MatMulInteger",
              "QLinearConv",
              "QLinearMatMul",
              "QuantizeLinear" ->
          QUANTISED;
      default ->
          "this operator is not read; write the network with "
              + known.stream().sorted().collect(Collectors.joining(", "));
    };
  }
}
