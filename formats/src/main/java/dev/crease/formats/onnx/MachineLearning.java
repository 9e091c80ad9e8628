package dev.crease.formats.onnx;

import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Matrix;
import java.util.Arrays;

/**
 * The affine operators of the domain {@code ai.onnx.ml}, as converters of scikit-learn write them.
 */
final class MachineLearning {

  private final NeuronGraph graph;

  MachineLearning(NeuronGraph graph) {
    this.graph = graph;
  }

  /** {@code (x - offset) * scale}, by feature, which the last axis counts. */
  Tensor scaler(OnnxNode node) {
    Tensor x = dependent(node);
    int features = x.shape().dims()[x.shape().rank() - 1];
    double[] offset = perFeature(node, "offset", features);
    double[] scale = perFeature(node, "scale", features);
    Affine[] forms = node.forms(x).clone();
    for (int i = 0; i < forms.length; i++) {
      Affine shifted = graph.sum(forms[i], Affine.constant(-offset[i % features]));
      forms[i] = graph.scaled(shifted, scale[i % features]);
    }
    return new Tensor.Activation(x.shape(), forms);
  }

  private static double[] perFeature(OnnxNode node, String name, int features) {
    double[] values =
        node.numberList(name)
            .orElseThrow(() -> node.bad("its " + name + " is missing; export the model again"));
    if (values.length == 1) {
      double[] all = new double[features];
      Arrays.fill(all, values[0]);
      return all;
    }
    if (values.length != features) {
      throw node.bad(
          "its "
              + name
              + " has "
              + values.length
              + " entries for "
              + features
              + " features; export the model again");
    }
    return values;
  }

  /** {@code coefficients x + intercepts}: a row for each target. */
  Tensor linearRegressor(OnnxNode node) {
    Tensor x = dependent(node);
    int rank = x.shape().rank();
    int features = x.shape().dims()[rank - 1];
    int batch = rank == 1 ? 1 : x.shape().dims()[0];
    double[] coefficients = node.numberList("coefficients").orElse(new double[0]);
    double[] intercepts = node.numberList("intercepts").orElse(new double[0]);
    long targets = node.integer("targets", 1);
    String transform = node.string("post_transform", "NONE");
    if (!transform.equals("NONE")) {
      throw node.unsupported(
          "its post_transform "
              + SourceFile.quoted(transform)
              + " is not piecewise linear; export the model without it");
    }
    if (rank > 2
        || targets < 1
        || coefficients.length != targets * features
        || (intercepts.length > 0 && intercepts.length != targets)) {
      throw node.bad(
          "its "
              + coefficients.length
              + " coefficients and "
              + intercepts.length
              + " intercepts do not make "
              + targets
              + " targets of "
              + features
              + " features; export the model again");
    }
    int rows = (int) targets;
    Matrix matrix = Matrix.ofRowMajor(rows, features, coefficients);
    Shape shape = node.activationShape(batch, targets);
    Affine[] forms = node.forms(x);
    Affine[] result = new Affine[shape.count()];
    for (int n = 0; n < batch; n++) {
      Affine[] column = Arrays.copyOfRange(forms, n * features, (n + 1) * features);
      Affine[] y = graph.product(matrix, column);
      for (int i = 0; i < rows; i++) {
        result[n * rows + i] =
            intercepts.length == 0 ? y[i] : graph.sum(y[i], Affine.constant(intercepts[i]));
      }
    }
    return new Tensor.Activation(shape, result);
  }

  private static Tensor dependent(OnnxNode node) {
    Tensor x = node.operand(0);
    if (x instanceof Tensor.Constant || x.shape().rank() == 0) {
      throw node.unsupported("its operand is no vector of features; simplify the model");
    }
    return x;
  }
}
