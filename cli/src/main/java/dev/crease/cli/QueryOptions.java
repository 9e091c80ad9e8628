package dev.crease.cli;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Problem;
import dev.crease.certify.Query;
import dev.crease.formats.ReadNetwork;
import dev.crease.network.ReluNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The flags that say what is asked. */
final class QueryOptions {

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network: .onnx, .nnet or .json.")
  private Path network;

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
      names = "--fix",
      split = ",",
      paramLabel = "I=V",
      description = "Fix input I (from 0) to the value V.")
  private Map<Integer, Double> fixed = new TreeMap<>();

  @Option(
      names = "--share",
      split = ",",
      paramLabel = "I=LO:HI",
      description = "Input I is a parameter, the same in both points, from LO to HI.")
  private Map<Integer, String> shared = new TreeMap<>();

  @Option(
      names = "--steps",
      paramLabel = "K",
      defaultValue = "1",
      description = "Ask about K steps of the network; fixed and shared inputs are its parameters.")
  private int steps;

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "I",
      description = "Compare only these outputs (from 0).")
  private int[] outputs = new int[0];

  /** The question, and what to know of the files. */
  record Read(Query query, List<String> notes) {}

  /**
   * Reads the files and puts the question together.
   *
   * @throws BadInput if a file or a value does not fit
   */
  Read read(Problem problem, Norm norm, double maxRadius) {
    if ((problem == Problem.TRANSFORMATION) != other.isPresent()) {
      throw new BadInput(
          problem == Problem.TRANSFORMATION
              ? "problem transformation needs a second network: --other FILE"
              : "--other goes with problem transformation, not with " + problem);
    }
    List<String> notes = new ArrayList<>();
    Map<Integer, Interval> intervals = intervals();
    Prepared f = prepare(network, intervals, notes);
    Optional<Prepared> g = other.map(file -> prepare(file, intervals, notes));
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
      return new Read(query.upTo(maxRadius), notes);
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  /** A network ready to be asked about, and which of its inputs are shared. */
  private record Prepared(ReluNetwork network, Map<Integer, Interval> shared) {}

  private Prepared prepare(Path file, Map<Integer, Interval> intervals, List<String> notes) {
    ReadNetwork read = NetworkArgument.read(file);
    read.notes().forEach(note -> notes.add(file.getFileName() + ": " + note));
    try {
      ReluNetwork f = read.network();
      if (steps != 1) {
        List<Integer> parameters = new ArrayList<>(fixed.keySet());
        parameters.addAll(intervals.keySet());
        f = f.iterate(steps, parameters.stream().mapToInt(Integer::intValue).toArray());
      }
      if (outputs.length > 0) {
        f = f.selectOutputs(outputs);
      }
      Map<Integer, Interval> left = new TreeMap<>();
      for (Map.Entry<Integer, Interval> entry : intervals.entrySet()) {
        long before = fixed.keySet().stream().filter(i -> i < entry.getKey()).count();
        left.put(entry.getKey() - (int) before, entry.getValue());
      }
      return new Prepared(f.fixInputs(fixed), left);
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage(), e);
    }
  }

  private Map<Integer, Interval> intervals() {
    Map<Integer, Interval> intervals = new TreeMap<>();
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
      if (fixed.containsKey(entry.getKey())) {
        throw new BadInput("input " + entry.getKey() + " cannot be both fixed and shared");
      }
    }
    return intervals;
  }
}
