package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.ExitCode;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceOperator;
import dev.crease.network.Layer;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    description =
        "Its layers, each with the nodes of the file's graph that it was made from; "
            + "with --at, what the network gives at a point.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease info examples/vanderpol.onnx",
      "  crease info examples/brusselator-b.onnx --at 0.666,1.992,2.1",
      "  crease info examples/vanderpol.onnx --json -"
    })
public final class InfoCommand implements Callable<Integer> {

  /** Far more than what solvers and trees get through for balls of some size. */
  private static final int MANY_RELUS = 1000;

  /** The certifiers that need no solver, {@code regions} and {@code splitting}, refuse more. */
  private static final int MANY_INPUTS = 6;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The network: .onnx, .nnet or .json, or one of them with .gz.")
  private Path file;

  @Mixin private FileOptions fileOptions = new FileOptions();

  @Option(names = "--at", split = ",", paramLabel = "X", description = "A point to evaluate at.")
  private double[] at = new double[0];

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write it as JSON; - is standard output.")
  private Optional<Path> json = Optional.empty();

  /**
   * What is said of a file.
   *
   * @param weights how many, zeros too
   * @param slow lines on what will take long
   */
  record Info(
      Path file,
      ReadNetwork read,
      String hash,
      long weights,
      long nonZeros,
      Optional<Sidecar> trained,
      Optional<Value> value,
      List<String> slow) {}

  /**
   * The network at a point.
   *
   * @param active how many ReLUs are active there
   */
  @SuppressWarnings("ArrayRecordComponent") // internal, never compared
  record Value(double[] at, double[] y, int active) {}

  @Override
  public Integer call() {
    AnswerOutput output = AnswerOutput.of(json, spec.commandLine().getOut());
    ReadNetwork read = NetworkArgument.read(file, fileOptions);
    ReluNetwork f = read.network();
    // Before anything is printed: half an answer looks like one.
    Optional<Value> value =
        at.length > 0
            ? Optional.of(new Value(at, valueAt(f), f.pattern(at).activeCount()))
            : Optional.empty();
    long weights = 0;
    long nonZeros = 0;
    for (Layer layer : f.layers()) {
      weights += (long) layer.inputs() * layer.outputs();
      nonZeros += layer.weights().nonZeros();
    }
    Info info =
        new Info(
            file,
            read,
            NetworkHash.sha256(f),
            weights,
            nonZeros,
            Sidecar.beside(file).filter(s -> s.ranges().size() == f.inputs()),
            value,
            slow(read));
    output.say(out -> InfoText.print(out, info));
    output.write(() -> InfoJson.write(info));
    return ExitCode.OK;
  }

  private static List<String> slow(ReadNetwork read) {
    ReluNetwork f = read.network();
    List<String> slow = new ArrayList<>();
    if (f.reluCount() > MANY_RELUS) {
      // What was one comparison in the file may be most of the work.
      String most =
          read.operators().stream()
              .max(Comparator.comparingInt(SourceOperator::relus))
              .filter(operator -> !operator.name().equals("Relu"))
              .map(operator -> " (" + operator.relus() + " of them for " + operator.name() + ")")
              .orElse("");
      slow.add(
          "with "
              + f.reluCount()
              + " ReLUs"
              + most
              + " only small radii can be expected; --fix leaves fewer of them unstable");
    }
    if (f.inputs() > MANY_INPUTS) {
      slow.add(
          "with "
              + f.inputs()
              + " inputs trees or a solver must answer, regions and splitting take "
              + MANY_INPUTS
              + " at most; --fix leaves fewer");
    }
    return slow;
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
}
