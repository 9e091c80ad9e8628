package dev.crease.cli.question;

import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
      "Prints [certified, refuted]: the first by proof, the second by a collision. "
          + "What a solver says beyond that is claimed, apart; --trust solver takes its "
          + "word for certified."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease radius pseudo --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --center 0.666,1.992 --norm inf --solver ortools-highs --time-limit 60s",
      "  crease radius local --network f.onnx --center 0,0 --json out.json",
      "  crease radius transformation --network f1.onnx --other f2.onnx --center 0,0",
      "  crease radius local --network f.onnx --center 0,0 --certificate f.json.gz",
      "  crease radius local --network f.onnx --center 0,0 --plot regions.svg",
      "  crease radius local --network f.onnx --center 0,0 --scale 1,0.1",
      "  crease radius local --network f.onnx --center 0,0 --max-radius inf",
      "",
      "Exit codes: 0 the answer is complete, 2 stopped before, or closed by a claim alone."
    })
public final class RadiusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private AnswerOptions flags;

  @Mixin private CertificateOption certificate;
  @Mixin private PlotOptions plots;

  @Override
  public Integer call() {
    Answering answering = flags.begin(spec);
    Session session = answering.session();
    Optional<OutputFile> proof = certificate.file();
    Asked asked = answering.ask();
    asked.refuseBareNoise();
    Optional<Plot> plot = plots.plot(spec, session, asked, flags.network());
    CertifyOptions options = session.options().toBuilder().cover(proof.isPresent()).build();
    RadiusResult result =
        answering.certify(
            asked, options, (c, progress) -> c.radius(asked.query(), options, progress));
    proof.ifPresent(file -> certificate.write(asked, result, file));
    AnswerOutput output = answering.output();
    output.say(out -> new Report(out).radius(asked, result));
    output.write(() -> AnswerJson.write(asked, result, Optional.empty(), session.configuredBy()));
    if (plot.isPresent()) {
      String drawn = plot.get().draw(result, options.limits().cancellation());
      output.say(out -> out.println("  " + drawn));
    }
    return Answering.exitCode(result.stop());
  }
}
