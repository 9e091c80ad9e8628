package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags that say what is asked, and where. */
final class QueryOptions {

  @Mixin private QuestionOptions question;

  @Option(
      names = "--center",
      required = true,
      split = ",",
      paramLabel = "X",
      description =
          "The operating point: one number for each input that is neither fixed nor shared.")
  private double[] center;

  /** The flags about the network. */
  NetworkOptions network() {
    return question.network();
  }

  /**
   * Reads the files and puts the question together.
   *
   * @throws ParameterException if {@code --other} is missing, or there for nothing
   * @throws BadInput if a file or a value does not fit
   */
  Asked read(Norm norm, double maxRadius) {
    return question.read(norm, maxRadius).at(center.clone());
  }
}
