package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.lowering.WeightedSums;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Convolutions with constant kernels: weighted sums of the cells of a window, and a bias. */
final class Convolutions {

  private final NeuronGraph graph;

  Convolutions(NeuronGraph graph) {
    this.graph = graph;
  }

  Tensor convolution(OnnxNode node) {
    Tensor.Activation x = image(node);
    Tensor.Constant kernel = kernel(node, x);
    int[] dims = kernel.shape().dims();
    int groups = groups(node);
    int channels = x.shape().dims()[1];
    int features = dims[0];
    if ((long) dims[1] * groups != channels || features % groups != 0) {
      throw doNotFit(node, x, kernel, groups);
    }
    int[] taps = Arrays.copyOfRange(dims, 2, dims.length);
    WindowAttributes attributes = new WindowAttributes(node, taps.length);
    attributes.check(taps);
    Windows windows = attributes.sliding(spatial(x.shape()), taps);
    node.activationShape(Arrays.stream(windows.positions()).asLongStream().toArray());
    graph.refuseMoreThan(windows.reads());
    Plan plan =
        new Plan(windows.sliding(), windows.positions(), windows.cellCount(), windows.tapCount());
    int each = features / groups;
    return result(
        node,
        x,
        plan,
        features,
        feature -> feature / each * dims[1],
        dims[1],
        (feature, c) -> (feature * dims[1] + c) * plan.taps(),
        kernel);
  }

  Tensor transposed(OnnxNode node) {
    Tensor.Activation x = image(node);
    Tensor.Constant kernel = kernel(node, x);
    int[] dims = kernel.shape().dims();
    int groups = groups(node);
    int channels = x.shape().dims()[1];
    if (dims[0] != channels || channels % groups != 0) {
      throw doNotFit(node, x, kernel, groups);
    }
    int[] taps = Arrays.copyOfRange(dims, 2, dims.length);
    WindowAttributes attributes = new WindowAttributes(node, taps.length);
    attributes.check(taps);
    Windows windows = attributes.transposed(spatial(x.shape()), taps);
    int positions = Arrays.stream(windows.positions()).reduce(1, (a, b) -> a * b);
    int[] cells = Arrays.stream(windows.axes()).mapToInt(Windows.Axis::cells).toArray();
    node.activationShape(Arrays.stream(cells).asLongStream().toArray());
    graph.refuseMoreThan((long) windows.tapCount() * windows.cellCount());
    Plan plan = new Plan(windows.transposed(), cells, positions, windows.tapCount());
    int each = channels / groups;
    return result(
        node,
        x,
        plan,
        dims[1] * groups,
        feature -> feature / dims[1] * each,
        each,
        (feature, c) ->
            ((feature / dims[1] * each + c) * dims[1] + feature % dims[1]) * plan.taps(),
        kernel);
  }

  /**
   * What all features of a convolution have in common.
   *
   * @param windows one for each place of the result
   * @param sizes the spatial sizes of the result
   * @param cells the number of cells of a channel
   * @param taps the number of taps of a kernel
   */
  @SuppressWarnings("ArrayRecordComponent") // internal to the class, never compared
  private record Plan(Windows.Window[] windows, int[] sizes, int cells, int taps) {}

  private interface KernelStart {
    /** Where the taps begin that lead from a channel of a feature's group to the feature. */
    int of(int feature, int channel);
  }

  private Tensor result(
      OnnxNode node,
      Tensor.Activation x,
      Plan plan,
      int features,
      IntUnaryOperator firstChannel,
      int channels,
      KernelStart start,
      Tensor.Constant kernel) {
    int batch = x.shape().dims()[0];
    Shape shape =
        node.activationShape(
            LongStream.concat(
                    LongStream.of(batch, features), Arrays.stream(plan.sizes()).asLongStream())
                .toArray());
    double[] bias = bias(node, features);
    long terms = Arrays.stream(plan.windows()).mapToLong(window -> window.cells().length).sum();
    graph.expect(terms * batch * features * channels);
    int perFeature = plan.windows().length;
    int[][] operands = new int[shape.count()][];
    double[][] weights = new double[shape.count()][];
    for (int i = 0; i < operands.length; i++) {
      Windows.Window window = plan.windows()[i % perFeature];
      int feature = i / perFeature % features;
      int image = i / perFeature / features * x.shape().dims()[1];
      int n = window.cells().length;
      operands[i] = new int[n * channels];
      weights[i] = new double[n * channels];
      for (int c = 0; c < channels; c++) {
        int from = (image + firstChannel.applyAsInt(feature) + c) * plan.cells();
        int taps = start.of(feature, c);
        for (int j = 0; j < n; j++) {
          operands[i][c * n + j] = from + window.cells()[j];
          weights[i][c * n + j] = kernel.values()[taps + window.taps()[j]];
        }
      }
    }
    Affine[] forms = graph.sums(x.forms(), new WeightedSums(operands, weights));
    for (int i = 0; node.has(2) && i < forms.length; i++) {
      forms[i] = graph.sum(forms[i], Affine.constant(bias[i / perFeature % features]));
    }
    return new Tensor.Activation(shape, forms);
  }

  private static Tensor.Activation image(OnnxNode node) {
    if (!(node.operand(0) instanceof Tensor.Activation x)) {
      throw node.unsupported(
          "it is a convolution of constants; simplify the model (onnxsim folds constants)");
    }
    if (x.shape().rank() < 3) {
      throw node.bad(
          "its input has shape "
              + x.shape()
              + " and needs a batch, channels and an axis to slide over; export the model again");
    }
    return x;
  }

  private static Tensor.Constant kernel(OnnxNode node, Tensor x) {
    if (!(node.operand(1) instanceof Tensor.Constant kernel)) {
      throw node.unsupported(
          "its weights "
              + node.inputName(1)
              + " depend on the network's input, so that it is not piecewise linear; they must be a"
              + " constant");
    }
    if (kernel.shape().rank() != x.shape().rank()) {
      throw doNotFit(node, x, kernel, 1);
    }
    return kernel;
  }

  private static int groups(OnnxNode node) {
    long groups = node.integer("group", 1);
    if (groups < 1 || groups > OnnxReader.LARGEST_ACTIVATION) {
      throw node.bad("its attribute group is " + groups + "; export the model again");
    }
    return (int) groups;
  }

  private static double[] bias(OnnxNode node, int features) {
    if (!node.has(2)) {
      return new double[features];
    }
    Tensor.Constant bias = node.finiteConstant(2);
    if (bias.values().length != features) {
      throw node.bad(
          bias.origin()
              + " has "
              + bias.values().length
              + " entries for "
              + features
              + " channels; export the model again");
    }
    return bias.values();
  }

  private static RuntimeException doNotFit(OnnxNode node, Tensor x, Tensor kernel, int groups) {
    return node.bad(
        "its input of shape "
            + x.shape()
            + " and its weights of shape "
            + kernel.shape()
            + (groups == 1 ? "" : " in " + groups + " groups")
            + " do not fit; export the model again");
  }

  /** The sizes of the axes after the batch and the channels. */
  static int[] spatial(Shape shape) {
    return IntStream.range(2, shape.rank()).map(axis -> shape.dims()[axis]).toArray();
  }
}
