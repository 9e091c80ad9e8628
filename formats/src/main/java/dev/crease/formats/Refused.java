package dev.crease.formats;

import java.util.Set;
import java.util.stream.Collectors;

/** What to say of operators that are not read: why, and what to do instead. */
final class Refused {

  private Refused() {}

  /** An operator of another domain than ONNX's own. */
  static String domain(String domain, boolean isFunction) {
    return isFunction
        ? "it is a function that the model defines itself, and these are not read; inline it with"
            + " onnx.inliner.inline_local_functions"
        : "the operator domain "
            + SourceFile.quoted(domain)
            + " is not read; export the model with standard ONNX operators";
  }

  /**
   * A standard operator.
   *
   * @param isLast whether it makes the output
   * @param known the operators that are read
   */
  static String operator(String name, boolean isLast, Set<String> known) {
    return switch (name) {
      case "HardSigmoid", "LogSoftmax", "Sigmoid", "Softmax", "Softplus", "Softsign", "Tanh" ->
          isLast ? last(name) : inside(name);
      case "LeakyRelu" ->
          "only ReLU is certified, and LeakyRelu is another function; train with Relu, or write it"
              + " as Relu(x) - alpha * Relu(-x)";
      case "PRelu" ->
          "only ReLU is certified, and PRelu is another function; train with Relu, or write it as"
              + " Relu(x) - slope * Relu(-x)";
      case "Celu",
              "Elu",
              "Erf",
              "Exp",
              "Gelu",
              "HardSwish",
              "Mish",
              "Selu",
              "Swish",
              "ThresholdedRelu" ->
          inside(name);
      case "AveragePool",
              "Conv",
              "ConvTranspose",
              "GlobalAveragePool",
              "GlobalMaxPool",
              "MaxPool" ->
          "convolutions and pooling are not read; use a fully connected network (Gemm, Relu)";
      case "ConvInteger",
              "DequantizeLinear",
              "DynamicQuantizeLinear",
              "MatMulInteger",
              "QLinearConv",
              "QLinearMatMul",
              "QuantizeLinear" ->
          "the model is quantised, and to round between layers is not piecewise linear; give the"
              + " model that it was made from, in float32 or float64";
      default ->
          "this operator is not read; write the network with "
              + known.stream().sorted().collect(Collectors.joining(", "));
    };
  }

  private static String inside(String name) {
    return "only ReLU is certified, and "
        + name
        + " is another function; train the network with ReLU activations";
  }

  private static String last(String name) {
    String effect =
        switch (name) {
          case "Softmax", "LogSoftmax" ->
              name
                  + " does not see what is added to all its inputs alike, so the network without it"
                  + " tells more points apart: a collision of it is one of the model's, but what it"
                  + " is certified for, the model need not be";
          case "HardSigmoid" ->
              "HardSigmoid is constant outside an interval, so the network without it tells more"
                  + " points apart: a collision of it is one of the model's, but what it is certified"
                  + " for, the model need not be";
          default ->
              name
                  + " is one-to-one, so the network without it sends the same points to one output";
        };
    return "only ReLU is certified: all before this last node is affine or a ReLU and can be certified, but "
        + name
        + " is not piecewise linear; cut it off with onnx.utils.extract_model. "
        + effect;
  }
}
