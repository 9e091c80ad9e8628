package dev.crease.encoding;

import dev.crease.model.LinearExpression;
import dev.crease.model.Variable;
import java.util.List;
import java.util.Optional;

/**
 * A network inside a model.
 *
 * @param inputs one expression per input
 * @param outputs one expression per output
 * @param neurons the unstable neurons, each with its variables
 */
public record EncodedNetwork(
    List<LinearExpression> inputs, List<LinearExpression> outputs, List<Neuron> neurons) {

  /**
   * An unstable neuron.
   *
   * @param layer its layer, counted from 0
   * @param index its place in the layer, counted from 0
   * @param z pre-activation
   * @param y post-activation
   * @param t 1 when active, where the encoding has such a variable
   * @param row what it sums up
   */
  public record Neuron(
      int layer, int index, Variable z, Variable y, Optional<Variable> t, PreActivation row) {}

  /** Copies the lists. */
  public EncodedNetwork {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    neurons = List.copyOf(neurons);
  }
}
