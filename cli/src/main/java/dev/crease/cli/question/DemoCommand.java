package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certificate.Preparation;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Certifies a trained model of a chemical oscillator.",
    description = {
      "Asks how far a trained model of the Brusselator, a chemical oscillator, can "
          + "be trusted to be one-to-one, at two operating points, and explains the "
          + "answers.",
      "Each of the four questions gets a minute, unless --time-limit says otherwise."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  crease demo", "  crease demo --solver ortools-highs --time-limit 20s"})
public final class DemoCommand implements Callable<Integer> {

  private static final String NETWORK = "brusselator-b.onnx";
  private static final double B = 2.1;
  private static final Preparation PREPARATION =
      new Preparation(Map.of(2, B), Set.of(), 1, List.of());
  private static final double MAX_RADIUS = 4;
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);
  private static final double[][] CENTERS = {{1.801, 1.230}, {0.666, 1.992}};

  @Spec private CommandSpec spec;
  @Mixin private SolverOptions flags;

  @Override
  public Integer call() throws IOException {
    Session session = Session.of(spec, flags);
    PrintWriter out = session.out();
    ReluNetwork network = network().fixInputs(PREPARATION.fixed());
    Norm norm = session.norm();
    CertifyOptions options = session.options();
    // Complains of a solver before there is anything to read.
    session.choose(Query.local(network, norm, CENTERS[0]), options);
    if (options.limits().time().isEmpty()) {
      options = options.toBuilder().timeLimit(DEFAULT_LIMIT).build();
    }
    out.println(
        "The Brusselator is a chemical oscillator; a forward-Euler step maps a state (x, y)");
    out.println(
        "to the next one. The network brusselator-b ("
            + network.shape().replaceFirst("^2", "3")
            + ") learned that map; here b = "
            + B
            + ".");
    out.println(
        "Where it folds, two states get one prediction, and no calibration can tell them apart.");
    boolean complete = true;
    for (double[] center : CENTERS) {
      complete &= ask(session, Query.local(network, norm, center), options);
      complete &= ask(session, Query.pseudo(network, norm, center), options);
      if (options.limits().cancellation().isCancelled()) {
        break;
      }
    }
    out.println();
    out.println(
        "Certified radii come from proofs, refuted ones from collisions that were replayed through");
    out.println(
        "the network. With a solver: crease demo --solver ortools-scip. Your own network: crease");
    out.println("radius --help.");
    return complete ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  private boolean ask(Session session, Query asked, CertifyOptions options) {
    PrintWriter out = session.out();
    Query query = asked.upTo(MAX_RADIUS);
    out.println();
    CertifierRegistry.Choice choice = session.choose(query, options);
    RadiusResult result =
        session.watched(progress -> choice.certifier().radius(query, options, progress));
    List<String> notes = SolverOptions.unusedStrategy(options, result).stream().toList();
    new Report(out).radius(new Asked(query, PREPARATION, Map.of(), List.of(), notes), result);
    explain(out, result);
    out.flush();
    return result.stop() == StopReason.COMPLETE;
  }

  private static void explain(PrintWriter out, RadiusResult result) {
    String certified = Numbers.down(result.certified(), 4);
    if (result.certified() > 0) {
      switch (result.query().problem()) {
        case LOCAL ->
            out.println(
                "  -> Within "
                    + certified
                    + " of this state the model tells any two states apart"
                    + (result.deltaIsRigorous()
                        ? "."
                        : " that are " + Numbers.near(result.delta(), 3) + " or more apart."));
        case PSEUDO ->
            out.println(
                "  -> Within " + certified + " of this state no other state is mistaken for it.");
        case TRANSFORMATION -> throw new AssertionError(result.query().problem());
      }
    }
    result
        .refuted()
        .ifPresent(
            r ->
                out.println(
                    "  -> At "
                        + Numbers.up(r, 4)
                        + " that ends: the two states above get the same prediction."));
    if (result.claimed().isPresent()) {
      Claim claim = result.claimed().get();
      out.println(
          "  -> "
              + claim.engine()
              + " says that it is so up to "
              + Numbers.down(claim.radius(), 4)
              + "; nobody has checked that, so it is not certified.");
    }
    if (result.stop() == StopReason.CLAIMED) {
      out.println("  -> --trust solver takes its word, --solver tree proves.");
    } else if (result.stop() != StopReason.COMPLETE) {
      out.println("  -> Between the two nothing is known yet: more time narrows it.");
    }
  }

  private static ReluNetwork network() throws IOException {
    Path folder = Files.createTempDirectory("crease-demo");
    Path file = folder.resolve(NETWORK);
    try (InputStream in = DemoCommand.class.getResourceAsStream("/" + NETWORK)) {
      if (in == null) {
        throw new BadInput("the demo's network " + NETWORK + " is missing from the crease jar");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return NetworkFiles.read(file);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }
}
