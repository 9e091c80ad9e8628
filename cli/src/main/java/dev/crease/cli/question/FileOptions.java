package dev.crease.cli.question;

import dev.crease.formats.source.ReadOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say what of a network's file is the network. */
final class FileOptions {

  @Option(
      names = "--input",
      split = ",",
      paramLabel = "NAME",
      description = "Read these inputs of an ONNX graph, one after the other, as the network's.")
  private List<String> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "Read an ONNX graph up to this output, or this value within it.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--cut-last-activation",
      description =
          "Read the network up to a Softmax, LogSoftmax, Sigmoid, Tanh, Softplus or Softsign that makes its output.")
  private boolean cutsLastActivation;

  /** How to read a file. */
  ReadOptions options() {
    return new ReadOptions(inputs, output, cutsLastActivation);
  }
}
