package dev.crease.cli;

import dev.crease.certify.CertifierRegistry;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Problem;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.ResultJson;
import dev.crease.certify.StopReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crease radius}. */
@Command(
    name = "radius",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Brackets the radius up to which a property holds.",
    description = {
      "The properties:",
      "  local           the network is one-to-one on the ball",
      "  pseudo          no other point of the ball has the centre's output",
      "  transformation  the output of --network determines that of --other",
      "Prints [certified, refuted]: the first by proof, the second by a collision."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease radius pseudo --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --center 0.666,1.992 --norm inf --solver ortools-highs --time-limit 60s",
      "  crease radius local --network f.onnx --center 0,0 --json out.json",
      "  crease radius transformation --network f1.onnx --other f2.onnx --center 0,0",
      "",
      "Exit codes: 0 the answer is complete, 2 stopped before."
    })
final class RadiusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROBLEM", description = "local, pseudo or transformation.")
  private Problem problem;

  @Mixin private QueryOptions query;
  @Mixin private SolverOptions flags;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result as JSON; - is standard output.")
  private Optional<Path> json = Optional.empty();

  @Override
  public Integer call() {
    Session session = Session.of(spec, flags);
    Optional<JsonFile> file = json.map(JsonFile::at);
    QueryOptions.Read read =
        query.read(
            problem,
            SolverOptions.norm(session.config()),
            SolverOptions.maxRadius(session.config()));
    CertifyOptions options = session.options(flags.wantsLog());
    CertifierRegistry.Choice choice = session.choose(read.query(), options);
    choice.why().ifPresent(read.notes()::add);
    RadiusResult result;
    try (ProgressLine progress = session.progress(flags.wantsLog())) {
      result = choice.certifier().radius(read.query(), options, progress);
    }
    if (!file.map(JsonFile::isStandardOutput).orElse(false)) {
      new Report(session.out()).radius(result, read.notes());
    }
    file.ifPresent(f -> f.write(ResultJson.write(result), session.out()));
    if (result.stop() == StopReason.FAILED) {
      return ExitCode.SOFTWARE;
    }
    return result.stop() == StopReason.COMPLETE ? ExitCode.OK : ExitCode.UNDECIDED;
  }
}
