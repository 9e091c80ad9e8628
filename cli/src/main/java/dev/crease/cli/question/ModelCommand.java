package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.mip.Formulations;
import dev.crease.model.LpFormat;
import dev.crease.model.Model;
import dev.crease.model.MpsFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Writes the integer program of a question for another solver.",
    description =
        "Minimises the radius over pairs of points with one output that are delta "
            + "apart; with --furthest maximises how far such a pair is apart within the "
            + "largest radius. It is what strategy direct, and spread, put to a solver; "
            + "nothing is solved.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease model local --network examples/vanderpol.onnx --center 0,0 \\",
      "      --max-radius 1 --mps local.mps",
      "  crease model pseudo --network examples/vanderpol.onnx --center 0,0 \\",
      "      --encoding sos1 --lp pseudo.lp",
      "",
      "MPS holds linear rows and integers only; LP holds indicator constraints, "
          + "special ordered sets and squares as well."
    })
public final class ModelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private QueryOptions query;
  @Mixin private SolverOptions solver;

  @Option(names = "--lp", paramLabel = "FILE", description = "Write it in the LP format.")
  private Optional<Path> lp = Optional.empty();

  @Option(names = "--mps", paramLabel = "FILE", description = "Write it in the free MPS format.")
  private Optional<Path> mps = Optional.empty();

  @Option(
      names = "--furthest",
      description = "Maximise how far the pair is apart, within the largest radius.")
  private boolean furthest;

  @Override
  public Integer call() {
    if (lp.isEmpty() && mps.isEmpty()) {
      throw new BadInput("the model goes nowhere; give --lp or --mps a file");
    }
    Optional<OutputFile> lpFile = lp.map(path -> OutputFile.at("--lp", path));
    Optional<OutputFile> mpsFile = mps.map(path -> OutputFile.at("--mps", path));
    Session session = Session.of(spec, solver);
    Asked asked = query.read(session.norm(), session.maxRadius());
    Model model =
        furthest
            ? Formulations.furthest(asked.query(), session.options())
            : Formulations.nearest(asked.query(), session.options());
    // Both texts first, so that a model that one format cannot hold leaves no file.
    Optional<String> asMps = mpsFile.map(file -> MpsFormat.write(model));
    lpFile.ifPresent(file -> write(file, LpFormat.write(model)));
    mpsFile.ifPresent(file -> write(file, asMps.orElseThrow()));
    session
        .out()
        .println(
            (furthest ? "furthest pair of " : "nearest pair of ")
                + asked.title()
                + ": "
                + model.variables().size()
                + " variables, "
                + model.integralCount()
                + " of them binary, "
                + model.constraints().size()
                + " constraints");
    asked.notes().forEach(n -> session.out().println("  note: " + n));
    return ExitCode.OK;
  }

  private static void write(OutputFile file, String text) {
    file.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
