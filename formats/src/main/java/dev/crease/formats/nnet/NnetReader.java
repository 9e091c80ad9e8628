package dev.crease.formats.nnet;

import dev.crease.BadInput;
import dev.crease.formats.lowering.Affine;
import dev.crease.formats.lowering.Exact;
import dev.crease.formats.lowering.NeuronGraph;
import dev.crease.formats.source.ReadNetwork;
import dev.crease.formats.source.SourceFile;
import dev.crease.network.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the NNet text format, known from the ACAS Xu networks: comment lines that begin with {@code
 * //}, then comma-separated lines: the number of layers, inputs, outputs and the largest layer; the
 * layer sizes; a flag without meaning; the least and the greatest inputs; means and ranges of the
 * inputs and, as last entry, of all outputs; and for each layer the rows of its weights and its
 * biases, one per line. Every layer but the last has a ReLU. Blank lines are passed over.
 *
 * <p>The network takes raw inputs and gives raw outputs: {@code (x - mean) / range} comes first,
 * {@code y * range + mean} last. Both are left out where they are the identity.
 *
 * <p>Some habits of writers are known, and a note names them. The first of them began comments
 * without slashes, and others write words for the flag. The headers of the older ACAS Xu networks
 * have one or two entries more among the means and ranges, for quantities that are inputs no
 * longer; the last is the outputs' all the same. And some write one number where a line is of no
 * use to them: a mean of 0 and a range of 0 or 1 stand for no normalisation. A line with any other
 * number of entries is refused, as it could be one with decimal commas, or with an entry for each
 * output.
 */
public final class NnetReader {

  private static final int LARGEST_LAYER = 1 << 18;
  private static final int HEADER = 4;
  private static final int MOST_OBSOLETE = 2;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final SourceFile file;
  private byte[] content = {};
  private int offset;
  private int line;

  /** A reader of one file. */
  public NnetReader(SourceFile file) {
    this.file = file;
  }

  /**
   * The network in the content of a file.
   *
   * @throws BadInput if it is not as the format says
   */
  public ReadNetwork read(byte[] bytes) {
    content = bytes;
    offset = Arrays.equals(bytes, 0, Math.min(3, bytes.length), BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
    line = 0;
    List<String> notes = new ArrayList<>();
    String header = nextLine().orElseThrow(() -> ended("the header"));
    while (header.startsWith("//") || isSentence(header)) {
      if (!header.startsWith("//")) {
        notes.add(
            "line "
                + line
                + ", "
                + SourceFile.quoted(header)
                + ", is taken for a comment without //, as the first writers of the format left them");
      }
      header = nextLine().orElseThrow(() -> ended("the header"));
    }
    int[] sizes = sizes(numbers(header));
    int layerCount = sizes.length - 1;
    int inputs = sizes[0];
    int outputs = sizes[layerCount];
    String flag = nextLine().orElseThrow(() -> ended("the flag"));
    if (isSentence(flag)) {
      notes.add(
          "line "
              + line
              + ", "
              + SourceFile.quoted(flag)
              + ", is the flag, as NeuralVerification.jl and writers after it put it; it has no meaning");
    }
    notes.add(
        "inputs and outputs are in the file's raw units, normalisation included, and inputs are not"
            + " clipped to the least and greatest inputs that it states: clipping is not part of the"
            + " function");
    Normalisation scale = normalisation(inputs, outputs, notes);
    NeuronGraph graph = new NeuronGraph(file, inputs);
    for (int k = 0; k < layerCount; k++) {
      graph.expect((long) sizes[k] * sizes[k + 1]);
    }
    Affine[] x = normalised(graph, scale, notes);
    for (int k = 0; k < layerCount; k++) {
      x = layer(graph, k, sizes[k], sizes[k + 1], x, k < layerCount - 1);
    }
    if (nextLine().isPresent()) {
      throw bad("there is text after the last bias; check the layer sizes in the header");
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = graph.scaled(x[i], scale.outputRange());
      x[i] = graph.sum(x[i], Affine.constant(scale.outputMean()));
    }
    return new ReadNetwork(graph.toNetwork(x), notes);
  }

  // The header.

  /** Whether a line is words, not numbers. */
  private static boolean isSentence(String text) {
    return Character.isLetter(text.charAt(0)) && text.chars().anyMatch(Character::isWhitespace);
  }

  private int[] sizes(double[] header) {
    if (header.length != HEADER && header.length != 1) {
      throw miscounted("the header", HEADER, header.length);
    }
    int layerCount = count(header[0], "number of layers");
    for (int i = 1; i < header.length; i++) {
      count(
          header[i],
          List.of("number of inputs", "number of outputs", "size of the largest layer").get(i - 1));
    }
    double[] values = numbers("the layer sizes", layerCount + 1);
    int[] sizes = new int[values.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = count(values[k], "size of layer " + k);
    }
    if (header.length == HEADER && (sizes[0] != header[1] || sizes[layerCount] != header[2])) {
      throw bad(
          "the layer sizes begin with "
              + sizes[0]
              + " and end with "
              + sizes[layerCount]
              + ", and the header has "
              + (int) header[1]
              + " inputs and "
              + (int) header[2]
              + " outputs; make them agree");
    }
    return sizes;
  }

  /** What inputs are shifted and divided by, and outputs multiplied and shifted by. */
  @SuppressWarnings("ArrayRecordComponent") // internal, never compared
  private record Normalisation(
      double[] means, double[] ranges, double outputMean, double outputRange) {}

  private Normalisation normalisation(int inputs, int outputs, List<String> notes) {
    int least = numbers(nextLine().orElseThrow(() -> ended("the least inputs"))).length;
    int leastLine = line;
    int greatest = numbers(nextLine().orElseThrow(() -> ended("the greatest inputs"))).length;
    int greatestLine = line;
    String meansOf = "the means (inputs and one for the outputs)";
    double[] means = numbers(nextLine().orElseThrow(() -> ended(meansOf)));
    boolean oneMean = means.length == 1 && means[0] == 0;
    // Bounds are not applied; they are of the quantities that the means are of.
    for (int bounds : new int[] {least, greatest}) {
      boolean asMeans = bounds == means.length - 1 && bounds <= inputs + MOST_OBSOLETE;
      if (bounds != inputs && !asMeans && !(oneMean && bounds == 1)) {
        line = bounds == least ? leastLine : greatestLine;
        throw miscounted(
            bounds == least ? "the least inputs" : "the greatest inputs", inputs, bounds);
      }
    }
    // Then the additional entries are of quantities that have bounds: inputs that there are no
    // more.
    boolean sameAsBounds = least == means.length - 1 && greatest == least;
    if (!oneMean) {
      refuseScales(meansOf, inputs, outputs, sameAsBounds, means);
    }
    String rangesOf = "the ranges (inputs and one for the outputs)";
    double[] ranges = numbers(nextLine().orElseThrow(() -> ended(rangesOf)));
    if (oneMean && ranges.length == 1 && (ranges[0] == 0 || ranges[0] == 1)) {
      notes.add(
          "one mean of 0 and one range of "
              + (int) ranges[0]
              + " stand for no normalisation, as NeuralVerification.jl and writers after it put them");
      double[] ones = new double[inputs];
      Arrays.fill(ones, 1);
      return new Normalisation(new double[inputs], ones, 0, 1);
    }
    refuseScales(rangesOf, inputs, outputs, sameAsBounds, ranges);
    if (ranges.length != means.length) {
      throw bad(
          "there are "
              + means.length
              + " means and "
              + ranges.length
              + " ranges; give one of each for every input, and one for the outputs");
    }
    for (double range : ranges) {
      if (range == 0) {
        throw bad("a range is 0; give the width by which the value was divided");
      }
    }
    int last = means.length - 1;
    if (last > inputs) {
      notes.add(
          "there are "
              + means.length
              + " means and ranges for "
              + inputs
              + (inputs == 1 ? " input" : " inputs")
              + ", as in the header of the older ACAS Xu files: the last is the outputs', the ones"
              + " between are not used (the NNet project's Python reader does the same, its C++"
              + " reader takes entry "
              + inputs
              + ")");
    }
    return new Normalisation(
        Arrays.copyOf(means, inputs), Arrays.copyOf(ranges, inputs), means[last], ranges[last]);
  }

  /** Refuses means or ranges of which it is in doubt what the last entry is. */
  private void refuseScales(
      String what, int inputs, int outputs, boolean sameAsBounds, double[] values) {
    int more = values.length - inputs - 1;
    if (more == 0) {
      return;
    }
    boolean fewEnough = more > 0 && more <= MOST_OBSOLETE;
    boolean perOutput = values.length == inputs + outputs;
    boolean commas = values.length == 2 * (inputs + 1);
    if (perOutput && !sameAsBounds && !allEqual(values, inputs)) {
      throw bad(
          "here "
              + what
              + " should have "
              + (inputs + 1)
              + " numbers, and there are "
              + values.length
              + ", one for each output as it seems; the format has one for all outputs, so put the"
              + " scales of the outputs into the weights of the last layer");
    }
    if (!(perOutput && allEqual(values, inputs)) && (!fewEnough || (commas && !sameAsBounds))) {
      throw miscounted(what, inputs + 1, values.length);
    }
  }

  private static boolean allEqual(double[] values, int from) {
    return Arrays.stream(values, from, values.length).allMatch(value -> value == values[from]);
  }

  // Layers.

  private Affine[] normalised(NeuronGraph graph, Normalisation scale, List<String> notes) {
    Affine[] x = graph.inputForms();
    int rounded = 0;
    for (int i = 0; i < x.length; i++) {
      Affine shifted = graph.sum(x[i], Affine.constant(-scale.means()[i]));
      double range = scale.ranges()[i];
      if (range == 1) {
        x[i] = shifted;
        continue;
      }
      double reciprocal = 1 / range;
      if (!Double.isFinite(reciprocal)) {
        throw bad("the range of input " + i + " is too small to divide by; rescale the input");
      }
      rounded += Exact.quotient(1, range) ? 0 : 1;
      x[i] = graph.scaled(shifted, reciprocal);
    }
    if (rounded > 0) {
      notes.add(
          "input normalisation: 1/range is rounded to the nearest double for "
              + rounded
              + " of "
              + x.length
              + " inputs");
    }
    return x;
  }

  private Affine[] layer(
      NeuronGraph graph, int k, int inputs, int outputs, Affine[] x, boolean relu) {
    // A row has no more numbers than its line, and every row takes two bytes or more.
    double[][] rows = new double[Math.min(outputs, content.length - offset)][];
    for (int i = 0; i < outputs; i++) {
      double[] row = numbers("row " + i + " of the weights of layer " + k, inputs);
      rows[i] = row;
    }
    Affine[] y = graph.product(Matrix.of(rows), x);
    for (int i = 0; i < outputs; i++) {
      double bias = numbers("bias " + i + " of layer " + k, 1)[0];
      y[i] = graph.sum(y[i], Affine.constant(bias));
      if (relu) {
        y[i] = graph.relu(y[i]);
      }
    }
    return y;
  }

  // Lines and numbers.

  /** The next line that is not blank; {@link #line} is its number, from 1. */
  private Optional<String> nextLine() {
    while (offset < content.length) {
      int end = offset;
      while (end < content.length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      String text = new String(content, offset, end - offset, StandardCharsets.UTF_8).strip();
      boolean pair = end + 1 < content.length && content[end] == '\r' && content[end + 1] == '\n';
      offset = end + (pair ? 2 : 1);
      line++;
      if (!text.isEmpty()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private BadInput ended(String what) {
    return file.bad(
        "the file ends before " + what + "; it is cut short, or the sizes in its header are wrong");
  }

  /** The numbers on the next line, {@code expected} of them. */
  private double[] numbers(String what, int expected) {
    double[] values = numbers(nextLine().orElseThrow(() -> ended(what)));
    if (values.length != expected) {
      throw miscounted(what, expected, values.length);
    }
    return values;
  }

  private double[] numbers(String text) {
    String[] parts = text.split(",", -1);
    int count = parts.length;
    while (count > 0 && parts[count - 1].isBlank()) {
      count--;
    }
    double[] values = new double[count];
    for (int j = 0; j < count; j++) {
      values[j] = number(parts[j].strip());
    }
    return values;
  }

  private BadInput miscounted(String what, int expected, int count) {
    return bad(
        "here "
            + what
            + " should have "
            + expected
            + (expected == 1 ? " number" : " numbers")
            + ", and there are "
            + count
            + "; check the sizes in the header"
            + (count > expected ? ", and that no number has a decimal comma" : ""));
  }

  private double number(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadInput(
          bad(SourceFile.quoted(text) + " is not a number; correct it").getMessage(), e);
    }
    if (!Double.isFinite(value)) {
      throw bad(SourceFile.quoted(text) + " is not a finite number; correct it");
    }
    return value;
  }

  private int count(double value, String what) {
    if (value != Math.rint(value) || value < 1 || value > LARGEST_LAYER) {
      throw bad(
          "the "
              + what
              + " should be a whole number from 1 to "
              + LARGEST_LAYER
              + "; correct the header");
    }
    return (int) value;
  }

  /** An error at the line that was read last. */
  private BadInput bad(String message) {
    return file.bad("line " + line + ": " + message);
  }
}
