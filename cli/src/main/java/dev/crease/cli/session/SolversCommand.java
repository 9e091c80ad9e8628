package dev.crease.cli.session;

import com.typesafe.config.Config;
import dev.crease.certify.Certifier;
import dev.crease.choose.CertifierRegistry;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crease solvers}. */
@Command(
    name = "solvers",
    mixinStandardHelpOptions = true,
    header = "Lists every backend.",
    description = "Its version, whether it can run here, what it can do.",
    footerHeading = "%nExamples:%n",
    footer = {"  crease solvers", "  crease radius local ... --solver ortools-highs"})
public final class SolversCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private SolverOptions flags;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Config config = flags.load();
    CertifierRegistry certifiers = Host.of(spec).backends(config);
    SolverRegistry registry = certifiers.solvers();
    int width =
        Stream.concat(
                certifiers.withoutSolver().stream().map(Certifier::id),
                registry.all().stream().map(MipSolver::id))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    for (Certifier certifier : certifiers.withoutSolver()) {
      String id = certifier.id() + " ".repeat(width - certifier.id().length());
      out.println(id + "  built in  available");
      out.println(" ".repeat(width) + "  " + certifier.about());
    }
    for (MipSolver solver : registry.all()) {
      String id = solver.id() + " ".repeat(width - solver.id().length());
      if (solver.availability() instanceof Availability.Unavailable no) {
        out.println(id + "  " + solver.version() + "  unavailable: " + no.reason());
        out.println(" ".repeat(width) + "  " + no.remedy());
      } else {
        out.println(id + "  " + solver.version() + "  available");
        out.println(
            " ".repeat(width)
                + "  "
                + Arrays.stream(Capability.values())
                    .filter(solver.capabilities()::has)
                    .map(Capability::label)
                    .collect(Collectors.joining(", ")));
        solver.capabilities().notes().forEach(n -> out.println(" ".repeat(width) + "  " + n));
      }
    }
    Stream.concat(Configuration.broken().stream(), certifiers.allBroken())
        .forEach(line -> out.println("not loaded: " + line));
    return ExitCode.OK;
  }
}
