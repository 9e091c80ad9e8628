package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.witness.Witness;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease spread}. */
@Command(
    name = "spread",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Bounds what the network leaves undetermined within one radius.",
    description =
        "The largest difference between two points of the ball that have one output, "
            + "or with --noise outputs that differ by no more than that: of the outputs of "
            + "--other for transformation, which bounds the error of any calibration; of the "
            + "inputs for local and pseudo. Exact by regions, in few inputs; 0 by the tree "
            + "where nothing collides; by integer programs as far as a solver is trusted.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease spread transformation --network examples/vanderpol-pruned-60.onnx \\",
      "      --other examples/vanderpol.onnx --center 0,0 --radius 3",
      "",
      "Exit codes: 0 when the bracket is closed or nothing differs, 2 when it was "
          + "stopped early, or closed by a solver's claim alone."
    })
public final class SpreadCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private RadiusOption wanted;
  @Mixin private AnswerOptions flags;

  @Override
  public Integer call() {
    Answering answering = flags.begin(spec);
    double radius = wanted.value(flags.isWhole());
    Asked asked = answering.ask(radius);
    if (asked.query().noise().within() > 0) {
      throw new BadInput("--within goes with crease radius and check; spread says what it is");
    }
    Session session = answering.session();
    CertifyOptions options = session.options();
    CertifierRegistry.Choice choice =
        session.backends().spreads(SolverOptions.solvers(session.config()), asked.query(), options);
    choice.why().ifPresent(asked.notes()::add);
    SpreadResult result =
        session.watched(p -> choice.certifier().spread(asked.query(), radius, options, p));
    answering.output().say(out -> print(out, asked, result, radius));
    answering.output().write(() -> json(asked, result, radius, session.configuredBy()));
    return Answering.exitCode(result.stop());
  }

  private static void print(PrintWriter out, Asked asked, SpreadResult result, double radius) {
    out.println("spread of " + asked.title() + ", radius " + Numbers.plain(radius));
    String norm = "in norm " + result.norm().label();
    boolean isOnTrust = result.notes().stream().anyMatch(n -> n instanceof Note.OnTrust);
    out.println(
        "  at most    "
            + (Double.isInfinite(result.most())
                ? "-             nothing is proved"
                : Numbers.up(result.most(), 9)
                    + "    "
                    + norm
                    + (isOnTrust ? ", by the solver's word" : ", by proof")));
    result
        .claimed()
        .ifPresent(
            most ->
                out.println(
                    "  claimed    "
                        + Numbers.up(most, 9)
                        + "    at most, "
                        + norm
                        + ", by the word of "
                        + result.engine()
                        + ", which nobody has checked"));
    out.println(
        "  at least   "
            + Numbers.down(result.least(), 9)
            + (result.witness().isPresent()
                ? asked.query().noise().isNone()
                    ? "    by a collision, replayed:"
                    : "    by points that the noise confuses:"
                : ""));
    if (result.witness().isPresent()) {
      Witness w = result.witness().get();
      out.println("    x   = " + Numbers.point(asked.query().units().point(w.x())));
      out.println("    x'  = " + Numbers.point(asked.query().units().point(w.xPrime())));
    }
    out.println("  by " + result.engine() + " (" + result.solver() + ")" + stopped(result.stop()));
    asked.notes().forEach(n -> out.println("  note: " + n));
    result.notes().forEach(n -> out.println("  note: " + n.text()));
  }

  private static String stopped(StopReason stop) {
    return switch (stop) {
      case COMPLETE -> "";
      case CLAIMED -> ", closed by the claim alone";
      case TIME_LIMIT, INTERRUPTED, LIMIT, FAILED -> ", stopped early: " + stop;
    };
  }

  private static String json(
      Asked asked, SpreadResult result, double radius, List<String> configuration) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("spread", result.query().problem().name());
    root.put("radius", radius);
    root.put("norm", result.norm().label());
    if (asked.query().units().isScaled()) {
      root.set("scale", mapper.valueToTree(asked.query().units().scale()));
    }
    if (!asked.query().noise().isNone()) {
      root.put("noise", asked.query().noise().eps());
    }
    root.put("least", result.least());
    if (Double.isFinite(result.most())) {
      root.put("most", result.most());
    }
    result.claimed().ifPresent(most -> root.put("claimed", most));
    result
        .witness()
        .ifPresent(
            w -> {
              root.set("x", mapper.valueToTree(asked.query().units().point(w.x())));
              root.set("xPrime", mapper.valueToTree(asked.query().units().point(w.xPrime())));
              root.put("residual", w.residual());
            });
    root.put("engine", result.engine());
    root.put("solver", result.solver());
    root.put("stop", result.stop().name());
    root.put("seconds", result.seconds());
    AnswerJson.question(root, asked.sources(), asked.preparation(), asked.shared());
    AnswerJson.configuration(root, configuration);
    root.set("notes", mapper.valueToTree(result.notes().stream().map(Note::text).toList()));
    try {
      return mapper.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }
}
