package dev.crease.cli;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certificate.Preparation;
import dev.crease.certify.Problem;
import dev.crease.certify.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that say what is asked. */
final class QueryOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--other",
      paramLabel = "FILE",
      description = "The second network of problem transformation.")
  private Optional<Path> other = Optional.empty();

  @Option(
      names = "--center",
      required = true,
      split = ",",
      paramLabel = "X",
      description =
          "The operating point: one number for each input that is neither fixed nor shared.")
  private double[] center;

  @Option(
      names = "--share",
      split = ",",
      paramLabel = "I=LO:HI",
      description = "Input I is a parameter, the same in both points, from LO to HI.")
  private Map<Integer, String> shared = new TreeMap<>();

  /** The flags about the network. */
  NetworkOptions network() {
    return network;
  }

  /**
   * Reads the files and puts the question together.
   *
   * @throws ParameterException if {@code --other} is missing, or there for nothing
   * @throws BadInput if a file or a value does not fit
   */
  Asked read(Problem problem, Norm norm, double maxRadius) {
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
    try {
      double[] c = center.clone();
      double[] whole = f.shared().isEmpty() ? c : new double[f.network().inputs()];
      Query query =
          switch (problem) {
            case LOCAL -> Query.local(f.network(), norm, whole);
            case PSEUDO -> Query.pseudo(f.network(), norm, whole);
            case TRANSFORMATION ->
                Query.transformation(f.network(), g.orElseThrow().network(), norm, whole);
          };
      if (!f.shared().isEmpty()) {
        query = query.sharing(f.shared(), c);
      }
      List<Asked.Source> sources =
          Stream.concat(Stream.of(f), g.stream()).map(NetworkOptions.Prepared::source).toList();
      return new Asked(query.upTo(maxRadius), preparation(), intervals, sources, notes);
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  private Preparation preparation() {
    return network.preparation(shared.keySet());
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
        intervals.put(
            entry.getKey(), new Interval(Double.parseDouble(ends[0]), Double.parseDouble(ends[1])));
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
