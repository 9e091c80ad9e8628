package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags of the commands that make a map of outputs. */
final class MapOptions {

  static final String OF =
      "Outputs of --network, one a line as Y,Y,...; the first line may name the columns.";

  @Mixin private NetworkOptions network;

  @Option(
      names = "--center",
      required = true,
      split = ",",
      paramLabel = "X",
      description = "The centre of the ball: one number for each input that is not fixed.")
  private double[] center = new double[0];

  @Mixin private RadiusOption radius;

  @Option(
      names = "--scale",
      split = ",",
      paramLabel = "S",
      description =
          "Units of the inputs that are not fixed, one for all or one for each: the ball is"
              + " ||(x - center) / S|| <= R.")
  private double[] scale = {};

  @Option(
      names = "--noise",
      paramLabel = "EPS",
      description =
          "Say of each output what noise would do to it: the least and the largest of "
              + "each number over all points of the ball whose outputs are within EPS of it, "
              + "each of them.")
  private Optional<Double> noise = Optional.empty();

  @Option(
      names = "--within",
      paramLabel = "D",
      description =
          "For an output that no point of the ball has take the nearest that one has, in "
              + "the Euclidean norm, if it is no farther than D. For balls of the norms 1 and "
              + "inf.")
  private Optional<Double> within = Optional.empty();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Try the map on N random points of the ball, and say how far off it is.")
  private int samples;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the rows as comma-separated values; - is standard output.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--pieces",
      paramLabel = "FILE",
      description = "For two outputs: write the map as affine pieces on polygons, as JSON.")
  private Optional<Path> pieces = Optional.empty();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "For two outputs: draw the pieces, as .svg or .png.")
  private Optional<Path> plot = Optional.empty();

  @Mixin private SolverOptions solver;

  /**
   * Reads the files and checks the flags before anything is computed.
   *
   * @param other the second network, of a calibration
   * @param of the outputs
   * @throws ParameterException if the flags do not go together
   * @throws BadInput if a file or a value does not fit
   */
  MapRun begin(CommandSpec spec, Problem problem, Optional<Path> other, Optional<Path> of) {
    if (of.isEmpty() && (csv.isPresent() || noise.isPresent() || within.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          (csv.isPresent() ? "--csv" : noise.isPresent() ? "--noise" : "--within")
              + " goes with --of FILE");
    }
    Session session = Session.of(spec, solver);
    double far = radius.value(false);
    MapRows rows = rows(session.norm());
    if (samples < 0) {
      throw new BadInput("--samples " + samples + " is negative");
    }
    Optional<MapTable> table = csv.map(path -> MapTable.at(path, session.out()));
    Optional<OutputFile> json = pieces.map(path -> OutputFile.at("--pieces", path));
    Optional<OutputFile> picture = plot.map(path -> OutputFile.at("--plot", path));
    plot.ifPresent(PlotOptions::format);
    List<String> notes = new ArrayList<>();
    NetworkOptions.Prepared f = network.read(network.file(), Map.of(), notes);
    Optional<NetworkOptions.Prepared> g = other.map(path -> network.read(path, Map.of(), notes));
    Asked asked =
        new Question(
                problem,
                f,
                g,
                session.norm(),
                far,
                network.preparation(Set.of()),
                Map.of(),
                scale.length == 0 ? Optional.empty() : Optional.of(scale.clone()),
                Noise.NONE,
                Optional.empty(),
                notes)
            .at(center.clone());
    if ((pieces.isPresent() || plot.isPresent()) && f.network().outputs() != 2) {
      throw new BadInput(
          (pieces.isPresent() ? "--pieces" : "--plot")
              + " is for two outputs, and "
              + f.network().name()
              + " has "
              + f.network().outputs()
              + "; choose two with --outputs");
    }
    List<double[]> outputs =
        of.map(path -> PointsFile.read(path, f.network().outputs(), PointsFile.Kind.MEASUREMENT))
            .orElse(List.of());
    List<String> from = network.outputNames(f.network());
    List<String> to =
        g.map(second -> network.outputNames(second.network(), "g"))
            .orElseGet(() -> network.inputNames(f.network()));
    return new MapRun(
        session,
        asked,
        new MapRun.Names(from, to),
        rows,
        outputs,
        samples,
        table,
        json,
        picture,
        plot);
  }

  private MapRows rows(Norm norm) {
    noise.ifPresent(eps -> notNegative("--noise", eps));
    within.ifPresent(d -> notNegative("--within", d));
    if (within.isPresent() && norm == Norm.L2) {
      throw new BadInput("--within is for balls of the norms 1 and inf; take --norm inf");
    }
    return new MapRows(optional(noise), optional(within));
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static void notNegative(String flag, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new BadInput(flag + " " + value + " is not a number from 0 on");
    }
  }
}
