package dev.crease.encoding;

import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes one copy of a network into a model. Neurons that are stable, or have no ReLU, take no
 * binary variable; those without a ReLU take no variable at all, unless their row is long and used
 * by several others.
 */
public final class NetworkEncoder {

  private static final int LONG_ROW = 4;

  /**
   * What is left beyond the bounds of an unstable neuron: within its tolerance a solver may take a
   * state that is only just possible for impossible.
   */
  private static final double ROOM = 1e-5;

  private final ReluEncoding encoding;

  /** An encoder that uses one ReLU encoding throughout. */
  public NetworkEncoder(ReluEncoding encoding) {
    this.encoding = encoding;
  }

  /**
   * Adds a copy of the network.
   *
   * @param model where to add
   * @param prefix of the names of its variables and constraints
   * @param bounds of the network over every input that the model allows
   * @param inputs one expression per input
   */
  public EncodedNetwork encode(
      Model.Builder model, String prefix, NetworkBounds bounds, List<LinearExpression> inputs) {
    List<Layer> layers = bounds.network().layers();
    if (inputs.size() != bounds.network().inputs()) {
      throw new IllegalArgumentException(
          inputs.size() + " expressions for " + bounds.network().inputs() + " inputs");
    }
    List<EncodedNetwork.Neuron> neurons = new ArrayList<>();
    List<LinearExpression> values = inputs;
    List<Interval> ranges = new ArrayList<>();
    for (int j = 0; j < inputs.size(); j++) {
      ranges.add(range(bounds.inputs().lower(j), bounds.inputs().upper(j)));
    }
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      boolean last = k == layers.size() - 1;
      List<LinearExpression> next = new ArrayList<>(layer.outputs());
      for (int i = 0; i < layer.outputs(); i++) {
        String name = prefix + "_" + k + "_" + i;
        if (layer.isRelu(i) && bounds.upper(k, i) <= 0) {
          next.add(LinearExpression.zero());
          continue;
        }
        LinearExpression z = preActivation(layer, i, values);
        if (bounds.isUnstable(k, i)) {
          Variable pre = equalTo(model, name, z, bounds, k, i, ROOM);
          PreActivation row = row(layer, i, values, ranges, pre);
          EncodedNetwork.Neuron neuron = unstable(model, name, k, i, row);
          neurons.add(neuron);
          next.add(LinearExpression.of(neuron.y()));
        } else if (last || z.size() < LONG_ROW) {
          next.add(z);
        } else {
          next.add(LinearExpression.of(equalTo(model, name, z, bounds, k, i, 0)));
        }
      }
      values = next;
      ranges = new ArrayList<>();
      for (int i = 0; i < layer.outputs(); i++) {
        ranges.add(range(bounds.postLower(k, i), bounds.postUpper(k, i)));
      }
    }
    return new EncodedNetwork(inputs, values, neurons);
  }

  private static LinearExpression preActivation(Layer layer, int i, List<LinearExpression> values) {
    LinearExpression.Builder z = LinearExpression.builder().addConstant(layer.bias(i));
    Matrix weights = layer.weights();
    for (int k = weights.start(i); k < weights.end(i); k++) {
      double w = weights.stored(k);
      if (w != 0) {
        z.add(w, values.get(weights.column(i, k)));
      }
    }
    return z.build();
  }

  private static Interval range(double lower, double upper) {
    // Infinite where a neuron has no bounds, which is refused where it matters.
    return new Interval(Math.max(lower, -Double.MAX_VALUE), Math.min(upper, Double.MAX_VALUE));
  }

  private static PreActivation row(
      Layer layer, int i, List<LinearExpression> values, List<Interval> ranges, Variable z) {
    List<LinearExpression> inputs = new ArrayList<>();
    List<Interval> of = new ArrayList<>();
    Matrix matrix = layer.weights();
    double[] weights = new double[matrix.end(i) - matrix.start(i)];
    int n = 0;
    for (int k = matrix.start(i); k < matrix.end(i); k++) {
      double w = matrix.stored(k);
      int j = matrix.column(i, k);
      if (w != 0) {
        weights[n++] = w;
        inputs.add(values.get(j));
        of.add(ranges.get(j));
      }
    }
    return new PreActivation(z, Arrays.copyOf(weights, n), inputs, of, layer.bias(i));
  }

  private EncodedNetwork.Neuron unstable(
      Model.Builder model, String name, int k, int i, PreActivation row) {
    Variable y = model.continuous("y" + name, 0, row.z().upper());
    Optional<Variable> t = encoding.encode(model, name, row, y);
    return new EncodedNetwork.Neuron(k, i, row.z(), y, t, row);
  }

  private static Variable equalTo(
      Model.Builder model,
      String name,
      LinearExpression expression,
      NetworkBounds bounds,
      int k,
      int i,
      double room) {
    if (Double.isInfinite(bounds.lower(k, i)) || Double.isInfinite(bounds.upper(k, i))) {
      throw new Unsupported(
          "neuron "
              + i
              + " of layer "
              + k
              + " of network "
              + bounds.network().name()
              + " has no finite bounds: its weights are too large for a solver");
    }
    Variable z = model.continuous("z" + name, bounds.lower(k, i) - room, bounds.upper(k, i) + room);
    model.equal(name + ".z", expression.minus(LinearExpression.of(z)), 0);
    return z;
  }
}
