package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.cli.output.Numbers;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The flags that say what is asked, but for where. */
public final class QuestionOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(paramLabel = "PROBLEM", description = "local, pseudo or transformation.")
  private Problem problem;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--other",
      paramLabel = "FILE",
      description = "The second network of problem transformation.")
  private Optional<Path> other = Optional.empty();

  @Option(
      names = "--share",
      split = ",",
      paramLabel = "I=LO:HI",
      description = "Input I is a parameter, the same in both points, from LO to HI.")
  private Map<Integer, String> shared = new TreeMap<>();

  @Option(
      names = "--scale",
      split = ",",
      paramLabel = "S",
      description =
          "Units of the inputs that are neither fixed nor shared, one for all or one for each:"
              + " distances are those of (x - center) / S.")
  private double[] scale = {};

  @Option(
      names = "--noise",
      paramLabel = "EPS",
      description =
          "Outputs that differ by no more than this may be the same one (norm of the ball; inf for"
              + " norm 2).")
  private Optional<Double> noise = Optional.empty();

  @Option(
      names = "--within",
      paramLabel = "DELTA",
      description =
          "What such outputs determine may differ by this much; not for `crease spread`, which says"
              + " by how much it does.")
  private Optional<Double> within = Optional.empty();

  /** The flags about the network. */
  public NetworkOptions network() {
    return network;
  }

  /**
   * Reads the files.
   *
   * @throws ParameterException if {@code --other} is missing, or there for nothing
   * @throws BadInput if a file or a value does not fit
   */
  public Question read(Norm norm, double maxRadius) {
    if ((problem == Problem.TRANSFORMATION) != other.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          problem == Problem.TRANSFORMATION
              ? "problem transformation needs a second network: --other FILE"
              : "--other goes with problem transformation, not with " + problem);
    }
    List<String> notes = new ArrayList<>();
    Map<Integer, Interval> intervals = intervals();
    NetworkOptions.Prepared f = network.read(network.file(), intervals, notes);
    Optional<NetworkOptions.Prepared> g = other.map(file -> network.read(file, intervals, notes));
    return new Question(
        problem,
        f,
        g,
        norm,
        maxRadius,
        network.preparation(shared.keySet()),
        intervals,
        scale.length == 0 ? Optional.empty() : Optional.of(scale.clone()),
        noise(),
        Optional.empty(),
        notes);
  }

  /**
   * A box of the inputs that are neither fixed nor shared.
   *
   * @param sides each like {@code 0:4}, or alone the word {@code sidecar}: what the network was
   *     trained on
   * @throws BadInput if one is no interval, or no file says what the network was trained on
   */
  public List<Interval> domain(List<String> sides) {
    return box(sides).sides();
  }

  DomainArgument box(List<String> sides) {
    return DomainArgument.read(sides, network, shared.keySet());
  }

  private Noise noise() {
    if (noise.isEmpty() && within.isPresent()) {
      throw new BadInput(
          "--within needs --noise EPS, which is 0 for outputs that are known exactly");
    }
    double eps = noise.orElse(0.0);
    try {
      return new Noise(eps, within.orElse(0.0));
    } catch (IllegalArgumentException e) {
      throw new BadInput((eps >= 0 ? "--within: " : "--noise: ") + e.getMessage(), e);
    }
  }

  private Map<Integer, Interval> intervals() {
    Map<Integer, Interval> intervals = new TreeMap<>();
    Set<Integer> fixed = network.preparation(Set.of()).fixed().keySet();
    for (Map.Entry<Integer, String> entry : shared.entrySet()) {
      String[] ends = entry.getValue().split(":", -1);
      try {
        if (ends.length != 2) {
          throw new NumberFormatException("two numbers are needed");
        }
        intervals.put(entry.getKey(), new Interval(Numbers.parse(ends[0]), Numbers.parse(ends[1])));
      } catch (IllegalArgumentException e) {
        throw new BadInput(
            "--share "
                + entry.getKey()
                + "="
                + entry.getValue()
                + " is not an interval; write it like 2=1.9:2.1",
            e);
      }
      if (fixed.contains(entry.getKey())) {
        throw new BadInput("input " + entry.getKey() + " cannot be both fixed and shared");
      }
    }
    return intervals;
  }
}
