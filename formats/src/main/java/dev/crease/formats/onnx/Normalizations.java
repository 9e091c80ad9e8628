package dev.crease.formats.onnx;

import dev.crease.BadInput;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Normalisation by channel, where it is affine. */
final class Normalizations {

  private final NeuronGraph graph;

  Normalizations(NeuronGraph graph) {
    this.graph = graph;
  }

  /** In inference: {@code scale * (x - mean) / sqrt(variance + epsilon) + bias} by channel. */
  Tensor batch(OnnxNode node) {
    // Before operator set 14, more outputs than one are what says so; before 7, an attribute.
    if (node.flag("training_mode", false)
        || (node.opset() < 7 && !node.flag("is_test", false))
        || IntStream.range(1, node.outputs()).anyMatch(node::hasOutput)) {
      throw node.unsupported(
          "it is in training mode, where it uses the statistics of the batch; export the model for"
              + " inference");
    }
    if (node.integer("spatial", 1) != 1) {
      throw node.unsupported(
          "it has statistics for each element, not for each channel; export the model with operator"
              + " set 9 or newer");
    }
    Tensor x = node.operand(0);
    if (x.shape().rank() < 2) {
      throw needsChannels(node, x);
    }
    int channels = x.shape().dims()[1];
    double[] scale = channelValues(node, 1, channels);
    double[] bias = channelValues(node, 2, channels);
    double[] mean = channelValues(node, 3, channels);
    double[] variance = channelValues(node, 4, channels);
    float epsilon = node.number("epsilon", 1e-5f);
    double[] factor = new double[channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = scale[c] / Math.sqrt(variance[c] + epsilon);
      if (!Double.isFinite(factor[c])) {
        throw node.bad(
            "the variance of channel "
                + c
                + " is "
                + variance[c]
                + ", and with epsilon it must be positive; train or export the model again");
      }
    }
    int inner = x.shape().count(2, x.shape().rank());
    node.note("scale / sqrt(variance + epsilon) is rounded to doubles");
    if (x instanceof Tensor.Constant constant) {
      double[] values = constant.values().clone();
      Arrays.setAll(
          values,
          i -> {
            int c = i / inner % channels;
            return (values[i] - mean[c]) * factor[c] + bias[c];
          });
      return node.result(constant.type(), x.shape(), values, values.length);
    }
    Affine[] forms = node.forms(x).clone();
    for (int i = 0; i < forms.length; i++) {
      int c = i / inner % channels;
      Affine centred = graph.sum(forms[i], Affine.constant(-mean[c]));
      forms[i] = graph.sum(graph.scaled(centred, factor[c]), Affine.constant(bias[c]));
    }
    return new Tensor.Activation(x.shape(), forms);
  }

  /**
   * {@code scale * (x - mean) / sqrt(variance + epsilon) + bias}, with the statistics of each
   * channel's own elements: affine only where a channel has one element, which is its mean, or the
   * scale is 0. Then it is the bias.
   */
  Tensor instance(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x.shape().rank() < 2) {
      throw needsChannels(node, x);
    }
    int channels = x.shape().dims()[1];
    int inner = x.shape().count(2, x.shape().rank());
    double[] scale = channelValues(node, 1, channels);
    double[] bias = channelValues(node, 2, channels);
    if (inner != 1 && Arrays.stream(scale).anyMatch(factor -> factor != 0)) {
      throw node.unsupported(
          "it divides by the variance of its input, which is not piecewise linear; train the network"
              + " with BatchNormalization, or without");
    }
    node.note(
        (inner == 1 ? "every channel has one element, which is its mean" : "its scale is 0")
            + ": it gives its bias whatever comes in");
    Affine[] forms = new Affine[x.shape().count()];
    Arrays.setAll(forms, i -> Affine.constant(bias[i / inner % channels]));
    return new Tensor.Activation(x.shape(), forms);
  }

  private static BadInput needsChannels(OnnxNode node, Tensor x) {
    return node.bad(
        "its input has shape " + x.shape() + " and needs a channel axis 1; export the model again");
  }

  private static double[] channelValues(OnnxNode node, int input, int channels) {
    if (!(node.operand(input) instanceof Tensor.Constant constant)) {
      throw node.unsupported(
          "its input "
              + node.inputName(input)
              + " depends on the network's input; it must be a constant");
    }
    if (constant.values().length != channels) {
      throw node.bad(
          constant.origin()
              + " has "
              + constant.values().length
              + " entries for "
              + channels
              + " channels; export the model again");
    }
    return constant.values();
  }
}
