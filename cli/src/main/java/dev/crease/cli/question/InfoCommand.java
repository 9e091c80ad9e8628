package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.ExitCode;
import dev.crease.formats.ReadNetwork;
import dev.crease.formats.SourceOperator;
import dev.crease.network.Layer;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crease info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    header = "Says what a network file holds.",
    description = "And, with --at, what the network gives at a point.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease info examples/vanderpol.onnx",
      "  crease info examples/brusselator-b.onnx --at 0.666,1.992,2.1"
    })
public final class InfoCommand implements Callable<Integer> {

  /** Far more than what solvers and trees get through for balls of some size. */
  private static final int MANY_RELUS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The network: .onnx, .nnet or .json, or one of them with .gz.")
  private Path file;

  @Mixin private FileOptions fileOptions = new FileOptions();

  @Option(names = "--at", split = ",", paramLabel = "X", description = "A point to evaluate at.")
  private double[] at = new double[0];

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ReadNetwork read = NetworkArgument.read(file, fileOptions);
    ReluNetwork f = read.network();
    // Before anything is printed: half an answer looks like one.
    double[] y = at.length > 0 ? valueAt(f) : at;
    Optional<Sidecar> trained = Sidecar.beside(file).filter(s -> s.ranges().size() == f.inputs());
    out.println(f.name() + ": " + f.shape());
    out.println("  inputs " + f.inputs() + ", outputs " + f.outputs() + ", ReLUs " + f.reluCount());
    out.println("  network hash " + NetworkHash.sha256(f));
    if (!read.operators().isEmpty()) {
      out.println("  operators " + operators(read.operators()));
    }
    long weights = 0;
    long nonZeros = 0;
    for (Layer layer : f.layers()) {
      weights += (long) layer.inputs() * layer.outputs();
      nonZeros += layer.weights().nonZeros();
      out.println("  layer " + layer.inputs() + " -> " + layer.outputs() + activation(layer));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "  weights %d, %.1f %% of them zero",
            weights,
            weights == 0 ? 0 : 100.0 * (weights - nonZeros) / weights));
    trained.ifPresent(
        s ->
            out.println(
                "  trained on "
                    + DomainArgument.of(s.ranges()).box()
                    + ", says "
                    + s.file().getFileName()));
    if (f.reluCount() > MANY_RELUS) {
      out.println(
          "  slow: with "
              + f.reluCount()
              + " ReLUs only small radii can be expected; --fix leaves fewer of them unstable");
    }
    read.notes().forEach(note -> out.println("  note: " + note));
    if (at.length > 0) {
      out.println("  f" + Numbers.point(at) + " = " + Numbers.point(y));
      out.println("  active ReLUs " + f.pattern(at).activeCount() + " of " + f.reluCount());
    }
    return ExitCode.OK;
  }

  /** What the file is made of, such as {@code Conv 2, Relu 2 (120 ReLUs), Flatten}. */
  private static String operators(List<SourceOperator> operators) {
    return operators.stream()
        .map(
            operator ->
                operator.name()
                    + (operator.nodes() > 1 ? " " + operator.nodes() : "")
                    + (operator.relus() == 0
                        ? ""
                        : operator.relus() == 1
                            ? " (1 ReLU)"
                            : " (" + operator.relus() + " ReLUs)"))
        .collect(Collectors.joining(", "));
  }

  private double[] valueAt(ReluNetwork f) {
    if (at.length != f.inputs()) {
      throw new BadInput(
          "--at has " + at.length + " numbers, but " + f.name() + " takes " + f.inputs());
    }
    if (!Arrays.stream(at).allMatch(Double::isFinite)) {
      throw new BadInput("--at " + Numbers.point(at) + " is not a point of finite numbers");
    }
    double[] y = f.evaluate(at);
    if (!Arrays.stream(y).allMatch(Double::isFinite)) {
      throw new BadInput(
          "--at "
              + Numbers.point(at)
              + " is so far out that the network's values are no finite doubles; take a nearer point");
    }
    return y;
  }

  private static String activation(Layer layer) {
    if (layer.reluCount() == 0) {
      return ", linear";
    }
    return layer.reluCount() == layer.outputs()
        ? ", ReLU"
        : ", ReLU on " + layer.reluCount() + " of " + layer.outputs();
  }
}
