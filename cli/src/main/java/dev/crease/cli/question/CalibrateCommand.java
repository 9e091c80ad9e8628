package dev.crease.cli.question;

import dev.crease.map.Calibration;
import dev.crease.question.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Gives the function from one network's outputs to another's, on a ball.",
    description =
        "The function h with f2 = h o f1, of --network f1 and --other f2: as values, "
            + "and for two outputs as affine pieces on polygons. That there is one is proved "
            + "first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease calibrate --network examples/vanderpol-pruned-60.onnx \\",
      "      --other examples/vanderpol.onnx --center 0.5,0.5 --radius 0.5 \\",
      "      --samples 10000",
      "  crease calibrate --network f1.onnx --other f2.onnx --center 0,0 --radius 1 \\",
      "      --of outputs.csv --csv calibrated.csv --pieces h.json --plot h.svg",
      "",
      "Exit codes: 0 done, 1 refused with a collision: there is no such function on "
          + "the ball, 2 whether there is, was not decided."
    })
public final class CalibrateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private MapOptions flags;

  @Option(
      names = "--other",
      required = true,
      paramLabel = "FILE",
      description = "The second network, whose outputs the function gives.")
  private Path other;

  @Option(names = "--of", paramLabel = "FILE", description = MapOptions.OF)
  private Optional<Path> outputs = Optional.empty();

  @Override
  public Integer call() {
    return flags
        .begin(spec, Problem.TRANSFORMATION, Optional.of(other), outputs)
        .run(Calibration::of);
  }
}
