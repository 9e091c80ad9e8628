package dev.crease.formats.onnx;

import dev.crease.formats.lowering.NeuronGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operators that are read, by name: what a node of each may have in which operator set, by the
 * schemas of ONNX 1.23, and what it computes.
 */
final class Operators {

  private static final int MANY = Integer.MAX_VALUE;

  /** What an element-by-element operator of operator set 6 says of broadcasting. */
  private static final Signature PAIR = Signature.of(2, 1).until(6, "axis", "broadcast");

  private static final Signature ONE = Signature.of(1, 1);
  private static final Signature SEVERAL = Signature.of(MANY, 1);
  private static final Signature REDUCTION =
      Signature.of(1, 1)
          .with("keepdims")
          .until(17, "axes")
          .inputsSince(18, 2)
          .since(18, "noop_with_empty_axes");
  private static final Signature CONVOLUTION =
      Signature.of(3, 1).with("auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");

  /**
   * An operator that is read.
   *
   * @param signature what its nodes may have
   * @param operator what they compute
   */
  record Entry(Signature signature, Operator operator) {}

  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * The operators for one graph.
   *
   * @param decoder of the tensors that nodes hold
   */
  Operators(NeuronGraph graph, TensorDecoder decoder) {
    Arithmetic arithmetic = new Arithmetic(graph);
    Extremes extremes = new Extremes(graph);
    arithmetic(arithmetic, new MatrixProducts(graph, arithmetic), new Normalizations(graph));
    activations(new Activations(graph, extremes), extremes);
    images(new Convolutions(graph), new Pooling(graph, extremes));
    reductions(new Reductions(graph, arithmetic, extremes));
    layout();
    selections(new Scattering(graph));
    values(new Values(decoder));
    numbers(new Numbers(decoder));
    add("Einsum", SEVERAL.from(12).with("equation"), new Einsum(graph)::apply);
    machineLearning(new MachineLearning(graph));
  }

  /** The operator of a name, with its domain unless it is the standard one. */
  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The names of those in the standard domain. */
  Set<String> names() {
    return entries.keySet().stream()
        .filter(name -> name.indexOf('.') < 0)
        .collect(Collectors.toSet());
  }

  private void add(String name, Signature signature, Operator.Single operator) {
    entries.put(name, new Entry(signature, Operator.of(operator)));
  }

  private void arithmetic(
      Arithmetic arithmetic, MatrixProducts products, Normalizations normalizations) {
    add("Add", PAIR, arithmetic::add);
    add("Sub", PAIR, arithmetic::subtract);
    add("Mul", PAIR, arithmetic::multiply);
    add("Div", PAIR, arithmetic::divide);
    add("Neg", ONE, arithmetic::negate);
    add("Sum", SEVERAL, arithmetic::sumOfAll);
    add("MatMul", Signature.of(2, 1), products::matMul);
    add(
        "Gemm",
        Signature.of(3, 1).with("alpha", "beta", "transA", "transB").until(6, "broadcast"),
        products::gemm);
    add(
        "BatchNormalization",
        Signature.of(5, 5)
            .with("epsilon", "momentum")
            .until(6, "is_test")
            .until(8, "spatial")
            .since(14, "training_mode"),
        normalizations::batch);
    add("InstanceNormalization", Signature.of(3, 1).with("epsilon"), normalizations::instance);
  }

  private void activations(Activations activations, Extremes extremes) {
    add("Relu", ONE, activations::relu);
    add("LeakyRelu", ONE.with("alpha"), activations::leakyRelu);
    add("PRelu", Signature.of(2, 1), activations::parametricRelu);
    add("Abs", ONE, activations::abs);
    add("Clip", ONE.inputsSince(11, 3).until(10, "min", "max"), activations::clip);
    add("HardSigmoid", ONE.with("alpha", "beta"), activations::hardSigmoid);
    add("Shrink", ONE.from(9).with("bias", "lambd"), activations::shrink);
    add("Max", SEVERAL, extremes::max);
    add("Min", SEVERAL, extremes::min);
  }

  private void images(Convolutions convolutions, Pooling pooling) {
    add("Conv", CONVOLUTION, convolutions::convolution);
    add(
        "ConvTranspose",
        CONVOLUTION.with("output_padding", "output_shape"),
        convolutions::transposed);
    Signature pool = ONE.with("auto_pad", "kernel_shape", "pads", "strides").since(10, "ceil_mode");
    add("AveragePool", pool.since(7, "count_include_pad").since(19, "dilations"), pooling::average);
    Signature maxPool = pool.since(8, "storage_order").since(10, "dilations");
    add("MaxPool", maxPool.withOutputs(2), pooling::max);
    add("GlobalAveragePool", ONE, pooling::globalAverage);
    add("GlobalMaxPool", ONE, pooling::globalMax);
    add(
        "Upsample",
        ONE.from(7).upTo(9).inputsSince(9, 2).with("mode").until(8, "scales"),
        Resampling::upsample);
    add(
        "Resize",
        Signature.of(2, 1)
            .from(10)
            .inputsSince(11, 4)
            .with("mode")
            .since(
                11,
                "coordinate_transformation_mode",
                "cubic_coeff_a",
                "exclude_outside",
                "extrapolation_value",
                "nearest_mode")
            .since(18, "antialias", "axes", "keep_aspect_ratio_policy"),
        Resampling::resize);
    add("DepthToSpace", ONE.with("blocksize").since(11, "mode"), Repetition::depthToSpace);
    add("SpaceToDepth", ONE.with("blocksize").since(28, "mode"), Repetition::spaceToDepth);
  }

  private void reductions(Reductions reductions) {
    add(
        "ReduceSum",
        Signature.of(1, 1)
            .with("keepdims")
            .until(12, "axes")
            .inputsSince(13, 2)
            .since(13, "noop_with_empty_axes"),
        reductions::sum);
    add("ReduceMean", REDUCTION, reductions::mean);
    add("ReduceMax", REDUCTION, reductions::max);
    add("ReduceMin", REDUCTION, reductions::min);
    add("ReduceProd", REDUCTION, reductions::product);
    add("ReduceL2", REDUCTION, reductions::norm);
    add("Mean", SEVERAL, reductions::meanOfAll);
    add("CumSum", Signature.of(2, 1).from(11).with("exclusive", "reverse"), reductions::cumulative);
  }

  private void layout() {
    add("Flatten", ONE.with("axis"), Layout::flatten);
    add("Reshape", Signature.of(2, 1).since(14, "allowzero"), Layout::reshape);
    add("Squeeze", ONE.inputsSince(13, 2).until(12, "axes"), Layout::squeeze);
    add("Unsqueeze", ONE.inputsSince(13, 2).until(12, "axes"), Layout::unsqueeze);
    add("Transpose", ONE.with("perm"), Layout::transpose);
    add("Concat", SEVERAL.with("axis"), Layout::concat);
    add("Shape", ONE.since(15, "start", "end"), Layout::shape);
    add(
        "Pad",
        ONE.until(10, "pads", "value").with("mode").inputsSince(11, 3).inputsSince(18, 4),
        Repetition::pad);
    add("Expand", Signature.of(2, 1).from(8), Repetition::expand);
    add("Tile", Signature.of(2, 1), Repetition::tile);
  }

  private void selections(Scattering scattering) {
    add("Slice", ONE.inputsSince(10, 5).until(9, "axes", "starts", "ends"), Layout::slice);
    entries.put(
        "Split",
        new Entry(
            Signature.of(1, MANY)
                .inputsSince(13, 2)
                .with("axis")
                .until(12, "split")
                .since(18, "num_outputs"),
            Layout::split));
    add("Gather", Signature.of(2, 1).with("axis"), Layout::gather);
    add("GatherElements", Signature.of(2, 1).from(11).with("axis"), Gathering::elements);
    add("GatherND", Signature.of(2, 1).from(11).since(12, "batch_dims"), Gathering::byTuples);
    Signature scatter = Signature.of(3, 1).with("axis");
    add("Scatter", scatter.from(9).upTo(10), scattering::elements);
    add("ScatterElements", scatter.from(11).since(16, "reduction"), scattering::elements);
    add("ScatterND", Signature.of(3, 1).from(11).since(16, "reduction"), scattering::byTuples);
    add("Where", Signature.of(3, 1).from(9), Gathering::where);
  }

  private void values(Values values) {
    add("Identity", ONE, values::identity);
    add("Cast", ONE.with("to").since(19, "saturate").since(24, "round_mode"), values::cast);
    add(
        "CastLike",
        Signature.of(2, 1).from(15).since(19, "saturate").since(24, "round_mode"),
        values::castLike);
    add(
        "Constant",
        Signature.of(0, 1)
            .with("value")
            .since(11, "sparse_value")
            .since(
                12,
                "value_float",
                "value_floats",
                "value_int",
                "value_ints",
                "value_string",
                "value_strings"),
        values::constant);
    entries.put(
        "Dropout",
        new Entry(
            Signature.of(1, 2)
                .inputsSince(12, 3)
                .until(6, "is_test")
                .until(11, "ratio")
                .since(12, "seed"),
            Operator.of(values::dropout)));
  }

  private void numbers(Numbers numbers) {
    compare("Equal", 1, Numbers.Comparer.EQUAL);
    compare("Less", 1, Numbers.Comparer.LESS);
    compare("LessOrEqual", 12, Numbers.Comparer.LESS_OR_EQUAL);
    compare("Greater", 1, Numbers.Comparer.GREATER);
    compare("GreaterOrEqual", 12, Numbers.Comparer.GREATER_OR_EQUAL);
    compare("And", 1, Numbers.Comparer.AND);
    compare("Or", 1, Numbers.Comparer.OR);
    add("Not", ONE, numbers::not);
    add("Sign", ONE.from(9), numbers::sign);
    add("Floor", ONE, numbers::floor);
    add("Ceil", ONE, numbers::ceil);
    add("Sqrt", ONE, numbers::sqrt);
    add("Reciprocal", ONE, numbers::reciprocal);
    add("Pow", Signature.of(2, 1), numbers::pow);
    add("Size", ONE, numbers::size);
    add("Range", Signature.of(3, 1).from(11).since(27, "stash_type"), numbers::range);
    add("ConstantOfShape", ONE.from(9).with("value"), numbers::constantOfShape);
    add(
        "DequantizeLinear",
        Signature.of(3, 1)
            .from(10)
            .since(13, "axis")
            .since(21, "block_size")
            .since(23, "output_dtype"),
        numbers::dequantize);
  }

  private void compare(String name, int since, Numbers.Comparer comparer) {
    entries.put(name, new Entry(Signature.of(2, 1).from(since), Numbers.comparing(comparer)));
  }

  private void machineLearning(MachineLearning learning) {
    String domain = GraphNode.MACHINE_LEARNING + ".";
    add(domain + "Scaler", ONE.with("offset", "scale"), learning::scaler);
    add(
        domain + "LinearRegressor",
        ONE.with("coefficients", "intercepts", "post_transform", "targets"),
        learning::linearRegressor);
  }
}
