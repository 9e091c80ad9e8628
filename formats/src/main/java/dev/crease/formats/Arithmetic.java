package dev.crease.formats;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.crease.BadInput;
import dev.crease.network.Matrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The affine operators: sums, products with constants, matrix products, batch normalisation. */
final class Arithmetic {

  private final NeuronGraph graph;

  Arithmetic(NeuronGraph graph) {
    this.graph = graph;
  }

  // Element by element.

  private interface OnNumbers {
    double apply(double a, double b);
  }

  private interface IsExact {
    boolean test(double a, double b);
  }

  private interface OnForms {
    Affine apply(Affine a, Affine b);
  }

  Tensor add(OnnxNode node) {
    return sum(node, node.operand(0), second(node));
  }

  /** The second of a pair; before operator set 7 it says itself where it stands. */
  private static Tensor second(OnnxNode node) {
    Tensor a = node.operand(0);
    Tensor b = node.operand(1);
    if (node.opset() >= 7 || a.shape().equals(b.shape())) {
      return b;
    }
    int rank = b.shape().rank();
    long axis = node.integer("axis", a.shape().rank() - rank);
    long trailing = a.shape().rank() - rank - (axis < 0 ? axis + a.shape().rank() : axis);
    if (!node.flag("broadcast", false) || trailing < 0 || trailing > a.shape().rank() - rank) {
      throw node.bad(
          "the shapes "
              + a.shape()
              + " and "
              + b.shape()
              + " of its inputs do not fit in operator set 6; export the model again");
    }
    int[] dims = Arrays.copyOf(b.shape().dims(), rank + (int) trailing);
    Arrays.fill(dims, rank, dims.length, 1);
    return b.reshaped(new Shape(dims));
  }

  Tensor sumOfAll(OnnxNode node) {
    Tensor sum = node.operand(0);
    for (int i = 1; i < node.inputs(); i++) {
      sum = sum(node, sum, node.operand(i));
    }
    return sum;
  }

  private Tensor sum(OnnxNode node, Tensor a, Tensor b) {
    return elementwise(node, a, b, Double::sum, Exact::sum, graph::sum);
  }

  Tensor subtract(OnnxNode node) {
    return elementwise(
        node,
        node.operand(0),
        second(node),
        (a, b) -> a - b,
        (a, b) -> Exact.sum(a, -b),
        graph::difference);
  }

  Tensor multiply(OnnxNode node) {
    Tensor a = node.operand(0);
    Tensor b = second(node);
    if (a instanceof Tensor.Activation && b instanceof Tensor.Activation) {
      throw node.unsupported(
          "it multiplies two values that depend on the network's input, which is not piecewise"
              + " linear; one of them must be a constant");
    }
    return product(node, a, b);
  }

  private Tensor product(OnnxNode node, Tensor a, Tensor b) {
    boolean constantFirst = a instanceof Tensor.Constant;
    return elementwise(
        node,
        a,
        b,
        (x, y) -> x * y,
        Exact::product,
        // The form of a constant is its bias.
        (x, y) -> constantFirst ? graph.scaled(y, x.bias()) : graph.scaled(x, y.bias()));
  }

  Tensor divide(OnnxNode node) {
    Tensor a = node.operand(0);
    if (!(second(node) instanceof Tensor.Constant divisors)) {
      throw node.unsupported(
          "it divides by "
              + node.inputName(1)
              + ", which depends on the network's input; only division by a constant is piecewise"
              + " linear");
    }
    for (double divisor : divisors.values()) {
      if (divisor == 0 || !Double.isFinite(1 / divisor)) {
        throw node.bad("it divides by " + divisor + "; correct " + divisors.origin());
      }
    }
    if (a instanceof Tensor.Constant numerators && numerators.isInteger()) {
      return elementwise(node, a, divisors, Arithmetic::wholeQuotient, (x, y) -> true, graph::sum);
    }
    int[] rounded = {0};
    Tensor quotient =
        elementwise(
            node,
            a,
            divisors,
            (x, y) -> x / y,
            Exact::quotient,
            (x, y) ->
                x.dividedBy(y.bias())
                    .orElseGet(
                        () -> {
                          rounded[0]++;
                          return graph.scaled(x, 1 / y.bias());
                        }));
    if (rounded[0] > 0) {
      node.note(
          "1/c is rounded to the nearest double for "
              + rounded[0]
              + " of "
              + quotient.shape().count()
              + " entries");
    }
    return quotient;
  }

  private static double wholeQuotient(double a, double b) {
    long quotient = (long) a / (long) b;
    return (double) quotient;
  }

  Tensor negate(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x instanceof Tensor.Constant constant) {
      return node.result(
          constant.type(),
          constant.shape(),
          Arrays.stream(constant.values()).map(value -> -value).toArray());
    }
    return new Tensor.Activation(
        x.shape(),
        Arrays.stream(x.forms()).map(form -> graph.scaled(form, -1)).toArray(Affine[]::new));
  }

  private static Tensor elementwise(
      OnnxNode node, Tensor a, Tensor b, OnNumbers numbers, IsExact exact, OnForms onForms) {
    Shape shape = node.broadcast(a, b);
    IntUnaryOperator inA = a.shape().broadcastFrom(shape);
    IntUnaryOperator inB = b.shape().broadcastFrom(shape);
    if (a instanceof Tensor.Constant x && b instanceof Tensor.Constant y) {
      double[] values = new double[shape.count()];
      int rounded = 0;
      for (int i = 0; i < values.length; i++) {
        double left = x.values()[inA.applyAsInt(i)];
        double right = y.values()[inB.applyAsInt(i)];
        values[i] = numbers.apply(left, right);
        rounded += exact.test(left, right) ? 0 : 1;
      }
      return node.result(x.type(), shape, values, rounded);
    }
    Affine[] left = a.forms();
    Affine[] right = b.forms();
    Affine[] forms = new Affine[shape.count()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = onForms.apply(left[inA.applyAsInt(i)], right[inB.applyAsInt(i)]);
    }
    return new Tensor.Activation(shape, forms);
  }

  // Matrix products.

  Tensor matMul(OnnxNode node) {
    return matMul(node, node.operand(0), node.operand(1));
  }

  Tensor gemm(OnnxNode node) {
    Tensor a = matrixOperand(node, 0, node.integer("transA", 0) != 0);
    Tensor b = matrixOperand(node, 1, node.integer("transB", 0) != 0);
    float alpha = node.number("alpha", 1);
    float beta = node.number("beta", 1);
    Tensor product = matMul(node, a, b);
    Optional<Tensor> c = node.has(2) ? Optional.of(node.operand(2)) : Optional.empty();
    Shape shape = product.shape();
    if (c.isPresent() && !c.get().shape().broadcast(shape).equals(Optional.of(shape))) {
      throw node.bad(
          "its input C of shape "
              + c.get().shape()
              + " does not fit its result of shape "
              + shape
              + "; export the model again");
    }
    if (product instanceof Tensor.Constant
        && c.map(Tensor.Constant.class::isInstance).orElse(true)) {
      Tensor scaled = scaled(node, product, alpha);
      return c.isEmpty() ? scaled : sum(node, scaled, scaled(node, c.get(), beta));
    }
    Affine[] forms = node.forms(product).clone();
    if (alpha != 1) {
      Arrays.setAll(forms, i -> graph.scaled(forms[i], alpha));
    }
    if (c.isPresent()) {
      Affine[] addends = c.get().forms();
      IntUnaryOperator inC = c.get().shape().broadcastFrom(shape);
      for (int i = 0; i < forms.length; i++) {
        Affine addend = addends[inC.applyAsInt(i)];
        forms[i] = graph.sum(forms[i], beta == 1 ? addend : graph.scaled(addend, beta));
      }
    }
    return new Tensor.Activation(shape, forms);
  }

  /** A tensor times a number. */
  Tensor scaled(OnnxNode node, Tensor x, double factor) {
    if (factor == 1) {
      return x;
    }
    Tensor.Constant scalar =
        new Tensor.Constant(
            "a factor of " + node.describe(), DataType.FLOAT, new Shape(), new double[] {factor});
    return product(node, x, scalar);
  }

  private static Tensor matrixOperand(OnnxNode node, int input, boolean transposed) {
    Tensor tensor = node.operand(input);
    if (tensor.shape().rank() != 2) {
      throw node.bad(
          "its input "
              + node.inputName(input)
              + " has shape "
              + tensor.shape()
              + " and must be a matrix; export the model again");
    }
    if (!transposed) {
      return tensor;
    }
    int rows = tensor.shape().dims()[0];
    int columns = tensor.shape().dims()[1];
    return tensor.select(new Shape(columns, rows), i -> i % rows * columns + i / rows);
  }

  /** The product by the rules of NumPy: leading axes are batches, which broadcast. */
  private Tensor matMul(OnnxNode node, Tensor a, Tensor b) {
    if (a instanceof Tensor.Activation && b instanceof Tensor.Activation) {
      throw node.unsupported(
          "it multiplies two matrices that depend on the network's input, which is not piecewise"
              + " linear; one of them must be a constant");
    }
    int aRank = a.shape().rank();
    int bRank = b.shape().rank();
    if (aRank == 0 || bRank == 0) {
      throw doNotFit(node, a, b);
    }
    // A vector is a row on the left and a column on the right.
    int[] aDims = a.shape().dims();
    int[] bDims = b.shape().dims();
    int m = aRank == 1 ? 1 : aDims[aRank - 2];
    int k = aDims[aRank - 1];
    int n = bRank == 1 ? 1 : bDims[bRank - 1];
    if (k != (bRank == 1 ? bDims[0] : bDims[bRank - 2])) {
      throw doNotFit(node, a, b);
    }
    Shape aBatch = a.shape().first(aRank - 2);
    Shape bBatch = b.shape().first(bRank - 2);
    Shape batch = aBatch.broadcast(bBatch).orElseThrow(() -> doNotFit(node, a, b));
    LongStream dims =
        Stream.of(
                Arrays.stream(batch.dims()),
                aRank == 1 ? IntStream.empty() : IntStream.of(m),
                bRank == 1 ? IntStream.empty() : IntStream.of(n))
            .flatMapToLong(IntStream::asLongStream);
    IntUnaryOperator inA = aBatch.broadcastFrom(batch);
    IntUnaryOperator inB = bBatch.broadcastFrom(batch);
    if (a instanceof Tensor.Constant left && b instanceof Tensor.Constant right) {
      Shape shape = node.shape(a, dims.toArray());
      node.charge((long) shape.count() * Math.max(1, k));
      double[] values = new double[shape.count()];
      int rounded = 0;
      for (int i = 0; i < values.length; i++) {
        int slice = i / (m * n);
        int first = inA.applyAsInt(slice) * m * k + i / n % m * k;
        int second = inB.applyAsInt(slice) * k * n + i % n;
        DotProduct dot = DotProduct.of(left.values(), first, right.values(), second, n, k);
        values[i] = dot.value();
        rounded += dot.isExact() ? 0 : 1;
      }
      return node.result(left.type(), shape, values, rounded);
    }

    Shape shape = node.activationShape(dims.toArray());
    Affine[] forms = node.forms(b instanceof Tensor.Constant ? a : b);
    Affine[] result = new Affine[shape.count()];
    for (int slice = 0; slice < batch.count(); slice++) {
      int aStart = inA.applyAsInt(slice) * m * k;
      int bStart = inB.applyAsInt(slice) * k * n;
      int start = slice * m * n;
      if (b instanceof Tensor.Constant right) {
        double[] w = right.values();
        Matrix transposed = matrix(n, k, i -> w[bStart + i % k * n + i / k]);
        for (int row = 0; row < m; row++) {
          Affine[] x = Arrays.copyOfRange(forms, aStart + row * k, aStart + (row + 1) * k);
          System.arraycopy(graph.product(transposed, x), 0, result, start + row * n, n);
        }
      } else if (a instanceof Tensor.Constant left) {
        Matrix matrix = matrix(m, k, i -> left.values()[aStart + i]);
        for (int column = 0; column < n; column++) {
          Affine[] x = new Affine[k];
          for (int j = 0; j < k; j++) {
            x[j] = forms[bStart + j * n + column];
          }
          Affine[] y = graph.product(matrix, x);
          for (int row = 0; row < m; row++) {
            result[start + row * n + column] = y[row];
          }
        }
      }
    }
    return new Tensor.Activation(shape, result);
  }

  private static Matrix matrix(int rows, int columns, IntToDoubleFunction entry) {
    double[] data = new double[rows * columns];
    Arrays.setAll(data, entry);
    return Matrix.ofRowMajor(rows, columns, data);
  }

  private static BadInput doNotFit(OnnxNode node, Tensor a, Tensor b) {
    return node.bad(
        "the shapes "
            + a.shape()
            + " and "
            + b.shape()
            + " of its inputs do not fit; export the model again");
  }

  // Batch normalisation.

  /** In inference: {@code scale * (x - mean) / sqrt(variance + epsilon) + bias} by channel. */
  Tensor batchNormalization(OnnxNode node) {
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
      throw node.bad(
          "its input has shape "
              + x.shape()
              + " and needs a channel axis 1; export the model again");
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
   * channel's own elements: affine only where a channel has one element, which is its mean.
   */
  Tensor instanceNormalization(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x.shape().rank() < 3 || x.shape().count(2, x.shape().rank()) != 1) {
      throw node.unsupported(
          "it divides by the variance of its input, which is not piecewise linear; train the network"
              + " with BatchNormalization, or without");
    }
    int channels = x.shape().dims()[1];
    channelValues(node, 1, channels);
    double[] bias = channelValues(node, 2, channels);
    node.note(
        "every channel has one element, which is its mean: it gives its bias whatever comes in");
    Affine[] forms = new Affine[x.shape().count()];
    Arrays.setAll(forms, i -> Affine.constant(bias[i % channels]));
    return new Tensor.Activation(x.shape(), forms);
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
