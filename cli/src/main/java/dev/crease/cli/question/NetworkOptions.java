package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.certificate.Preparation;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.network.ReluNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say which map is asked about: a network, and what is made of it. */
public final class NetworkOptions {

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network: .onnx, .nnet or .json, or one of them with .gz.")
  private Path network;

  @Mixin private FileOptions fileOptions = new FileOptions();

  @Option(
      names = "--fix",
      split = ",",
      paramLabel = "I=V",
      description = "Fix input I (from 0) to the value V.")
  private Map<Integer, Double> fixed = new TreeMap<>();

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

  /** The network's file. */
  Path file() {
    return network;
  }

  /** What is made of a network of which some inputs are shared. */
  Preparation preparation(Set<Integer> shared) {
    return new Preparation(fixed, shared, steps, Arrays.stream(outputs).boxed().toList());
  }

  /**
   * A network ready to be asked about.
   *
   * @param network what was made of the file's
   * @param shared which of its inputs are shared
   * @param source the file's
   */
  public record Prepared(ReluNetwork network, Map<Integer, Interval> shared, Asked.Source source) {}

  /**
   * Reads a network and prepares it.
   *
   * @param intervals of the shared inputs, by their indices in the file
   * @param notes takes what is to know of the file
   * @throws BadInput if the file or a value does not fit
   */
  Prepared read(Path file, Map<Integer, Interval> intervals, List<String> notes) {
    ReadNetwork read = NetworkArgument.read(file, fileOptions);
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
      return new Prepared(f.fixInputs(fixed), left, new Asked.Source(file, read.network()));
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage(), e);
    }
  }

  /** What the inputs of the prepared network are called, by their indices in the file. */
  public List<String> inputNames(ReluNetwork prepared) {
    return IntStream.iterate(0, i -> i + 1)
        .filter(i -> !fixed.containsKey(i))
        .limit(prepared.inputs())
        .mapToObj(i -> "x" + i)
        .toList();
  }

  /** What the outputs of the prepared network are called, by their indices in the file. */
  List<String> outputNames(ReluNetwork prepared) {
    return outputNames(prepared, "f");
  }

  /** The same with a letter for the network. */
  List<String> outputNames(ReluNetwork prepared, String letter) {
    return IntStream.range(0, prepared.outputs())
        .mapToObj(i -> letter + (outputs.length > 0 ? outputs[i] : i))
        .toList();
  }
}
