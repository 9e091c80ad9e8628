package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.certificate.Preparation;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.output.Rational;
import dev.crease.cli.session.Configuration;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Host;
import dev.crease.cli.session.Interruption;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Preimage;
import dev.crease.regions.RegionEngine;
import dev.crease.regions.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hipparchus.fraction.BigFraction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease preimages}. */
@Command(
    name = "preimages",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Lists all inputs in a window that give an output.",
    description = {
      "For networks of few inputs, in rational arithmetic: the list is complete, and exact.",
      "Numbers are taken as the doubles that they parse to: 0.1 is the double nearest to it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease preimages --network examples/brusselator-b.onnx --fix 2=2.1 \\",
      "      --of-image 0.666,1.992 --window 0:4,0:4",
      "  crease preimages --network f.onnx --of 0.5,1.5 --window -1:1,-1:1 --json -",
      "  crease preimages --network f.onnx --of-file outputs.csv --window -1:1,-1:1"
    })
public final class PreimagesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @ArgGroup(multiplicity = "1")
  private Wanted wanted = new Wanted();

  /** What is to be found; exactly one is given. */
  static final class Wanted {

    @Option(names = "--of", split = ",", paramLabel = "Y", description = "The output.")
    private double[] output = new double[0];

    @Option(
        names = "--of-image",
        split = ",",
        paramLabel = "X",
        description = "The output at a point: one number for each input that is not fixed.")
    private double[] point = new double[0];

    @Option(
        names = "--of-file",
        paramLabel = "FILE",
        description = "Outputs, one a line as Y,Y,...; # starts a comment.")
    private Optional<Path> file = Optional.empty();
  }

  @Option(
      names = "--window",
      required = true,
      split = ",",
      paramLabel = "LO:HI",
      description = "Where to look: an interval for each input that is not fixed.")
  private List<String> window = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the preimages as JSON, with exact coordinates as fractions; - is "
              + "standard output.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration; otherwise crease.conf in this folder, if there is one.")
  private Optional<Path> config = Optional.empty();

  @Override
  public Integer call() {
    AnswerOutput output = AnswerOutput.of(json, spec.commandLine().getOut());
    List<String> notes = new ArrayList<>();
    NetworkOptions.Prepared prepared = network.read(network.file(), Map.of(), notes);
    Preparation preparation = network.preparation(Set.of());
    ReluNetwork f = prepared.network();
    Window where = WindowArgument.parse(window, f);
    Host host = Host.of(spec);
    RegionEngine engine =
        host.backends(Configuration.load(config, System.getenv(), Map.of())).regions();
    Interruption interruption = host.interruption();
    interruption.listen();
    Cancellation cancellation = interruption.cancellation();
    List<List<BigFraction>> outputs = outputs(f, engine);
    List<List<Preimage>> found = engine.preimages(f, outputs, where, cancellation);
    if (cancellation.isCancelled()) {
      spec.commandLine().getErr().println("crease: interrupted: the list would not be complete");
      return ExitCode.UNDECIDED;
    }
    output.say(
        words -> {
          for (int i = 0; i < outputs.size(); i++) {
            words.println(
                "preimages of "
                    + Rational.point(outputs.get(i))
                    + " under "
                    + f.name()
                    + Asked.prepared(preparation, Map.of())
                    + " in "
                    + WindowArgument.show(where));
            found.get(i).forEach(preimage -> words.println("  " + line(preimage)));
            words.println("  " + count(found.get(i)));
          }
          words.println("  network    " + prepared.source().where());
          notes.forEach(note -> words.println("  note: " + note));
        });
    output.write(() -> PreimagesJson.write(prepared, preparation, where, outputs, found));
    return ExitCode.OK;
  }

  private List<List<BigFraction>> outputs(ReluNetwork f, RegionEngine engine) {
    if (wanted.file.isPresent()) {
      return PointsFile.read(wanted.file.get(), f.outputs(), PointsFile.Kind.OUTPUT).stream()
          .map(Rational::of)
          .toList();
    }
    if (wanted.point.length > 0) {
      check("--of-image", wanted.point, f.inputs(), f.name() + " takes " + f.inputs() + " inputs");
      return List.of(engine.evaluate(f, Rational.of(wanted.point)));
    }
    check("--of", wanted.output, f.outputs(), f.name() + " has " + f.outputs() + " outputs");
    return List.of(Rational.of(wanted.output));
  }

  private static void check(String flag, double[] numbers, int expected, String because) {
    if (numbers.length != expected) {
      throw new BadInput(
          flag
              + " has "
              + numbers.length
              + (numbers.length == 1 ? " number" : " numbers")
              + ", but "
              + because);
    }
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new BadInput(flag + " " + Arrays.toString(numbers) + " is not finite");
      }
    }
  }

  private static String line(Preimage preimage) {
    List<String> corners = preimage.corners().stream().map(Rational::point).toList();
    return switch (corners.size()) {
      case 1 -> corners.get(0);
      case 2 -> "all points of the segment from " + corners.get(0) + " to " + corners.get(1);
      default ->
          "all points of the polygon with the corners "
              + corners.stream().collect(Collectors.joining(", "));
    };
  }

  private static String count(List<Preimage> found) {
    long points = found.stream().filter(Preimage::isPoint).count();
    long more = found.size() - points;
    String text = points + (points == 1 ? " point" : " points");
    if (more > 0) {
      text += " and " + more + (more == 1 ? " set" : " sets") + " of infinitely many";
    }
    return text + "; the list is complete in the window, and exact (here to 12 digits)";
  }
}
