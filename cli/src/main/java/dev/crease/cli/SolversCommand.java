package dev.crease.cli;

import dev.crease.certify.SplittingCertifier;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolverRegistry;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
final class SolversCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private SolverOptions flags;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SolverRegistry registry = SolverRegistry.discover(flags.load());
    int width =
        registry.all().stream()
            .mapToInt(s -> s.id().length())
            .reduce(SplittingCertifier.ID.length(), Math::max);
    out.println(
        SplittingCertifier.ID
            + " ".repeat(width - SplittingCertifier.ID.length())
            + "  built in  available");
    out.println(
        " ".repeat(width)
            + "  no solver: square networks of up to six inputs, in any norm, without"
            + " tolerances");
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
    registry.broken().forEach(line -> out.println("not loaded: " + line));
    return ExitCode.OK;
  }
}
