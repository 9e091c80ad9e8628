package dev.crease.encoding;

import dev.crease.bounds.Interval;
import dev.crease.model.LinearExpression;
import dev.crease.model.Variable;
import java.util.List;

/**
 * What an unstable neuron sums up: {@code z = sum_j weights_j inputs_j + bias}.
 *
 * @param z the variable that has been set equal to it, with finite bounds {@code l < 0 < u}
 * @param weights the neuron's weights that are not 0; do not modify
 * @param inputs one expression for each of them
 * @param ranges one range for each of them, which holds wherever the model is feasible
 * @param bias the constant
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record PreActivation(
    Variable z,
    double[] weights,
    List<LinearExpression> inputs,
    List<Interval> ranges,
    double bias) {

  /** Copies the lists. */
  public PreActivation {
    inputs = List.copyOf(inputs);
    ranges = List.copyOf(ranges);
  }
}
