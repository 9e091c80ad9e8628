package dev.crease.cli.question;

import dev.crease.map.Inverse;
import dev.crease.question.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease inverse}. */
@Command(
    name = "inverse",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Turns outputs back into states, on a ball that is proved one-to-one.",
    description = {
      "Each coordinate of a state is the double nearest to that of the point of the "
          + "ball that has exactly the output. An output that no point of the ball has is "
          + "said to have none.",
      "Numbers are taken as the doubles that they parse to."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease inverse --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --center 1.801,1.230 --radius 0.75 --of outputs.csv",
      "  crease inverse --network f.onnx --center 0,0 --radius 0.5 --of outputs.csv " + "\\",
      "      --noise 1e-3 --csv states.csv",
      "",
      "Exit codes: 0 done, 1 refused with a collision: the network is not one-to-one "
          + "on the ball, 2 whether it is, was not decided."
    })
public final class InverseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private MapOptions flags;

  @Option(names = "--of", required = true, paramLabel = "FILE", description = MapOptions.OF)
  private Path outputs;

  @Override
  public Integer call() {
    return flags
        .begin(spec, Problem.LOCAL, Optional.empty(), Optional.of(outputs))
        .run(Inverse::of);
  }
}
