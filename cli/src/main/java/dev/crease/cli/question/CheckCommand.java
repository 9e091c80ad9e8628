package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Verdict;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.JsonFile;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.output.ProgressLine;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.question.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
      "",
      "Exit codes: 0 it holds, 1 it is refuted, 2 undecided, 70 the solver failed."
    })
public final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROBLEM", description = "local, pseudo or transformation.")
  private Problem problem;

  @Option(names = "--radius", required = true, paramLabel = "R", description = "The radius.")
  private double radius;

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
    if (!(radius > 0) || Double.isInfinite(radius)) {
      throw new BadInput("--radius " + radius + " is not a positive number");
    }
    Asked asked = query.read(problem, SolverOptions.norm(session.config()), radius);
    CertifyOptions options = session.options(flags.wantsLog());
    CertifierRegistry.Choice choice = session.choose(asked.query(), options);
    choice.why().ifPresent(asked.notes()::add);
    RadiusResult result;
    try (ProgressLine progress = session.progress(flags.wantsLog())) {
      result = choice.certifier().check(asked.query(), radius, options, progress);
    }
    SolverOptions.unusedStrategy(options, result).ifPresent(asked.notes()::add);
    Verdict verdict = Certifier.verdict(result);
    if (!file.map(JsonFile::isStandardOutput).orElse(false)) {
      String within = verdict == Verdict.HOLDS ? Report.leftOut(result) : "";
      session
          .out()
          .println(
              verdict
                  + (verdict == Verdict.HOLDS ? " up to " : " at ")
                  + Numbers.plain(radius)
                  + within);
      new Report(session.out()).radius(asked, result);
    }
    file.ifPresent(
        f ->
            f.write(
                AnswerJson.write(asked, result, Optional.of(verdict), session.configuredBy()),
                session.out()));
    if (result.stop() == StopReason.FAILED) {
      return ExitCode.SOFTWARE;
    }
    return switch (verdict) {
      case HOLDS -> ExitCode.OK;
      case REFUTED -> ExitCode.REFUTED;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }
}
