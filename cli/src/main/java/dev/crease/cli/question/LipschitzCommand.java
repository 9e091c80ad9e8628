package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.Secant;
import dev.crease.certify.StopReason;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code crease lipschitz}. */
@Command(
    name = "lipschitz",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Bounds how little and how much outputs differ where inputs do.",
    description = {
      "Brackets the largest alpha and the least L with",
      "  alpha ||x - x'|| <= ||f(x) - f(x')|| <= L ||x - x'||",
      "for all x, x' of the ball, in its norm. What noise in the outputs may hide "
          + "follows: outputs that are known to EPS determine states to EPS / alpha. "
          + "Closed to 1 %% by regions, for up to three inputs, and in norm inf by tree, "
          + "given time; else bounds, without a claim of how near they are."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease lipschitz --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --center 1.801,1.230 --radius 0.75",
      "  crease lipschitz --network f.onnx --center 0,0 --radius 0.5 --norm 2 --json -",
      "",
      "Exit codes: 0 when both brackets are closed to 1 %%, 2 when they are not."
    })
public final class LipschitzCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--center",
      split = ",",
      paramLabel = "X",
      description = "The centre of the ball: one number for each input that is not fixed.")
  private double[] center = {};

  @Option(
      names = "--domain",
      split = ",",
      paramLabel = "LO:HI",
      description =
          "In place of --center and --scale: a box, the ball of radius 1 in units of its own.")
  private List<String> domain = List.of();

  @Option(
      names = "--scale",
      split = ",",
      paramLabel = "S",
      description =
          "Units of the inputs that are not fixed, one for all or one for each: distances of states"
              + " are those of (x - center) / S.")
  private double[] scale = {};

  @Mixin private RadiusOption wanted;
  @Mixin private SolverOptions solver;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result as JSON; - is standard output.")
  private Optional<Path> json = Optional.empty();

  @Override
  public Integer call() {
    Session session = Session.of(spec, solver);
    double radius = wanted.value(!domain.isEmpty());
    AnswerOutput output = AnswerOutput.of(json, session.out());
    Asked asked = ask(session.norm(), radius);
    CertifyOptions options = session.options();
    CertifierRegistry.Choice choice = choose(session, asked, options);
    choice.why().ifPresent(asked.notes()::add);
    LipschitzResult result =
        session.watched(p -> choice.certifier().lipschitz(asked.query(), radius, options, p));
    output.say(out -> print(out, asked, result));
    output.write(() -> LipschitzJson.write(asked, result, session.configuredBy()));
    return Answering.exitCode(result.stop());
  }

  /** There is no race. */
  private static CertifierRegistry.Choice choose(
      Session session, Asked asked, CertifyOptions options) {
    List<String> ids = SolverOptions.solvers(session.config());
    if (ids.size() < 2) {
      return session.choose(asked.query(), options);
    }
    asked.notes().add("Lipschitz constants are not raced: the first answers");
    return session.backends().select(ids.get(0), asked.query(), options);
  }

  private Asked ask(Norm norm, double radius) {
    List<String> notes = new ArrayList<>();
    if (center.length > 0 && !domain.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Lipschitz constants are those of a whole ball: --domain goes without --center");
    }
    if (center.length == 0 && domain.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "where? --center X,... is a point, --domain LO:HI,... a box: give one of them");
    }
    NetworkOptions.Prepared f = network.read(network.file(), Map.of(), notes);
    Question question =
        new Question(
            Problem.LOCAL,
            f,
            Optional.empty(),
            norm,
            radius,
            network.preparation(Set.of()),
            Map.of(),
            scale.length == 0 ? Optional.empty() : Optional.of(scale.clone()),
            Noise.NONE,
            Optional.empty(),
            notes);
    if (domain.isEmpty()) {
      return question.at(center.clone());
    }
    if (norm != Norm.LINF) {
      throw new BadInput("--domain is a box, the ball of norm inf: leave out --norm " + norm);
    }
    DomainArgument box = DomainArgument.read(domain, network, Set.of());
    Asked asked = question.over(box.scale()).at(box.center());
    asked.notes().add(box.note());
    return asked;
  }

  private static void print(PrintWriter out, Asked asked, LipschitzResult result) {
    out.println(
        "Lipschitz constants of "
            + asked.query().f().name()
            + " on the ball of radius "
            + Numbers.plain(asked.query().maxRadius())
            + " around "
            + Numbers.point(asked.query().units().center())
            + Asked.inNorm(asked.query())
            + Asked.prepared(asked.preparation(), asked.shared()));
    for (Asked.Source source : asked.sources()) {
      out.println("  network    " + source.where());
    }
    constant(out, "alpha", "||f(x) - f(x')|| >= alpha ||x - x'||", result.alpha());
    pair(out, asked, result.flattest());
    constant(out, "L    ", "||f(x) - f(x')|| <= L ||x - x'||", result.upper());
    pair(out, asked, result.steepest());
    out.println("  " + noise(result));
    out.println("  by " + result.engine() + " (" + result.solver() + ")" + stopped(result.stop()));
    asked.notes().forEach(n -> out.println("  note: " + n));
    result.notes().stream().map(Note::text).forEach(n -> out.println("  note: " + n));
  }

  private static void constant(
      PrintWriter out, String name, String meaning, LipschitzResult.Ends ends) {
    String most = Double.isInfinite(ends.most()) ? "unknown" : Numbers.up(ends.most(), 6);
    String range = Numbers.down(ends.least(), 6) + " to " + most;
    out.println(
        "  "
            + name
            + "      "
            + range
            + " ".repeat(Math.max(2, 28 - range.length()))
            + meaning
            + " on this ball");
  }

  private static void pair(PrintWriter out, Asked asked, Optional<Secant> pair) {
    if (pair.isEmpty()) {
      return;
    }
    out.println("    x   = " + Numbers.point(asked.query().units().point(pair.get().x())));
    out.println("    x'  = " + Numbers.point(asked.query().units().point(pair.get().xPrime())));
  }

  /** What outputs that are known to some precision say of the states. */
  private static String noise(LipschitzResult result) {
    double alpha = result.alpha().least();
    if (alpha > 0) {
      return "outputs known to EPS determine states to EPS / " + Numbers.down(alpha, 6);
    }
    return result.alpha().most() == 0
        ? "states are not determined by outputs, however well these are known"
        : "nothing is proved of how well outputs determine states";
  }

  private static String stopped(StopReason stop) {
    return switch (stop) {
      case COMPLETE -> "";
      case LIMIT -> "; the brackets are not closed";
      case CLAIMED, TIME_LIMIT, INTERRUPTED, FAILED -> ", stopped early: " + stop;
    };
  }
}
