package dev.crease.formats.source;

import java.util.List;
import java.util.Optional;

/**
 * What to make of a network file that holds more than one network, or more than a network: which
 * inputs and which output of an ONNX graph, and whether a last activation that is not piecewise
 * linear is left out. The {@link #standard} options read what can be read in one way only.
 *
 * @param inputs names of the graph's inputs that become the network's, one after the other; empty
 *     for the one input that there is
 * @param output the name of the value that is the network's output; empty for the one output that
 *     there is
 * @param cutsLastActivation whether a Softmax, LogSoftmax, Sigmoid, Tanh, Softplus or Softsign that
 *     makes the output is left out
 */
public record ReadOptions(
    List<String> inputs, Optional<String> output, boolean cutsLastActivation) {

  private static final ReadOptions STANDARD = new ReadOptions(List.of(), Optional.empty(), false);

  /** Copies the list. */
  public ReadOptions {
    inputs = List.copyOf(inputs);
  }

  /** One input, one output, nothing left out. */
  public static ReadOptions standard() {
    return STANDARD;
  }

  /** These, with the named inputs of the graph. */
  public ReadOptions withInputs(List<String> names) {
    return new ReadOptions(names, output, cutsLastActivation);
  }

  /** These, with the named value of the graph as output. */
  public ReadOptions withOutput(String name) {
    return new ReadOptions(inputs, Optional.of(name), cutsLastActivation);
  }

  /** These, up to a last activation. */
  public ReadOptions withoutLastActivation() {
    return new ReadOptions(inputs, output, true);
  }
}
