package dev.crease.cli.question;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Decides whether a property holds up to one radius.",
    description = "The properties are those of `crease radius`: local, pseudo, transformation.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease check local --radius 0.1 --network examples/brusselator-b.onnx \\",
      "      --fix 2=2.1 --center 0.666,1.992",
      "  crease check local --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --domain 0:4,0:4",
      "  crease check local --radius inf --network f.onnx --center 0,0",
      "",
      "Exit codes: 0 it holds, 1 it is refuted, 2 undecided, as where a solver only "
          + "claims that it holds, 70 the solver failed."
    })
public final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private RadiusOption wanted;
  @Mixin private AnswerOptions flags;
  @Mixin private CertificateOption certificate;
  @Mixin private PlotOptions plots;

  @Override
  public Integer call() {
    Answering answering = flags.begin(spec);
    double radius = wanted.reach(flags.isWhole());
    Optional<OutputFile> proof = certificate.file();
    Asked asked = answering.ask(radius);
    Session session = answering.session();
    asked.refuseBareNoise();
    Optional<Plot> plot = plots.plot(spec, session, asked, flags.network());
    CertifyOptions options = session.options().toBuilder().cover(proof.isPresent()).build();
    RadiusResult result =
        answering.certify(
            asked, options, (c, progress) -> c.check(asked.query(), radius, options, progress));
    proof.ifPresent(file -> certificate.write(asked, result, file));
    Verdict found = Certifier.verdict(result);
    boolean isBeside =
        found == Verdict.REFUTED && flags.isWhole() && radius == 1 && !flags.isInside(result);
    Verdict verdict = isBeside ? Verdict.UNDECIDED : found;
    if (isBeside) {
      asked.notes().add("the collision may lie in the last bit by which the ball is larger");
    }
    answering.output().say(out -> print(out, asked, result, verdict, radius, flags.isWhole()));
    answering
        .output()
        .write(() -> AnswerJson.write(asked, result, Optional.of(verdict), session.configuredBy()));
    if (plot.isPresent()) {
      String drawn = plot.get().draw(result, options.limits().cancellation());
      answering.output().say(out -> out.println("  " + drawn));
    }
    if (result.stop() == StopReason.FAILED) {
      return ExitCode.SOFTWARE;
    }
    return switch (verdict) {
      case HOLDS -> ExitCode.OK;
      case REFUTED -> ExitCode.REFUTED;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }

  private static void print(
      PrintWriter out,
      Asked asked,
      RadiusResult result,
      Verdict verdict,
      double radius,
      boolean isWhole) {
    String at = verdict == Verdict.HOLDS ? " up to " : " at ";
    String within = verdict == Verdict.HOLDS ? Report.leftOut(result) : "";
    String where =
        Double.isInfinite(radius)
            ? " on the whole space"
            : isWhole && radius == 1 ? " on the domain" : at + Numbers.plain(radius);
    out.println(verdict + where + within);
    result
        .claimed()
        .filter(claim -> verdict == Verdict.UNDECIDED && claim.radius() >= radius)
        .ifPresent(
            claim ->
                out.println(
                    claim.engine()
                        + " claims that it holds; --trust solver takes its word, --solver tree"
                        + " proves"));
    new Report(out).radius(asked, result);
  }
}
