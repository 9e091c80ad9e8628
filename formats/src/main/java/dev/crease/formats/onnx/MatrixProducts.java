package dev.crease.formats.onnx;

import dev.crease.BadInput;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.network.Matrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** MatMul and Gemm, of which one factor is a constant, or both. */
final class MatrixProducts {

  private final NeuronGraph graph;
  private final Arithmetic arithmetic;

  MatrixProducts(NeuronGraph graph, Arithmetic arithmetic) {
    this.graph = graph;
    this.arithmetic = arithmetic;
  }

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
      Tensor scaled = arithmetic.scaled(node, product, alpha);
      return c.isEmpty()
          ? scaled
          : arithmetic.sum(node, scaled, arithmetic.scaled(node, c.get(), beta));
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
}
