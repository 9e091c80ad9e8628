package dev.crease.formats;

import dev.crease.BadInput;
import dev.crease.network.Matrix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the NNet text format, known from the ACAS Xu networks: comment lines that begin with {@code
 * //}, then comma-separated lines: the number of layers, inputs, outputs and the largest layer; the
 * layer sizes; a flag without meaning; the least and the greatest inputs; means and ranges of the
 * inputs and, as last entry, of all outputs; and for each layer the rows of its weights and its
 * biases, one per line. Every layer but the last has a ReLU.
 *
 * <p>The network takes raw inputs and gives raw outputs: {@code (x - mean) / range} comes first,
 * {@code y * range + mean} last. Both are left out where they are the identity.
 */
final class NnetReader {

  private static final int LARGEST_LAYER = 1 << 18;

  private final SourceFile file;
  private String[] lines = {};
  private int next;

  NnetReader(SourceFile file) {
    this.file = file;
  }

  ReadNetwork read(byte[] content) {
    lines = new String(content, StandardCharsets.UTF_8).split("\\R", -1);
    next = 0;
    while (next < lines.length && lines[next].stripLeading().startsWith("//")) {
      next++;
    }
    double[] header = numbers("the header", 4, false);
    int layerCount = count(header[0], "number of layers");
    int inputs = count(header[1], "number of inputs");
    int outputs = count(header[2], "number of outputs");
    int[] sizes = sizes(layerCount, inputs, outputs);
    numbers("the flag", 1, false);
    numbers("the least inputs", inputs, false);
    numbers("the greatest inputs", inputs, false);
    double[] means = numbers("the means (inputs and one for the outputs)", inputs + 1, false);
    double[] ranges = numbers("the ranges (inputs and one for the outputs)", inputs + 1, false);
    for (double range : ranges) {
      if (range == 0) {
        throw bad("a range is 0; give the width by which the value was divided");
      }
    }

    List<String> notes = new ArrayList<>();
    notes.add(
        "inputs are not clipped to the least and greatest inputs that the file states: clipping is"
            + " not part of the function");
    NeuronGraph graph = new NeuronGraph(file, inputs);
    Affine[] x = normalised(graph, means, ranges, notes);
    for (int k = 0; k < layerCount; k++) {
      x = layer(graph, k, sizes[k], sizes[k + 1], x, k < layerCount - 1);
    }
    refuseRemainder();
    for (int i = 0; i < x.length; i++) {
      x[i] = graph.scaled(x[i], ranges[inputs]);
      x[i] = graph.sum(x[i], Affine.constant(means[inputs]));
    }
    return new ReadNetwork(graph.toNetwork(x), notes);
  }

  private int[] sizes(int layerCount, int inputs, int outputs) {
    double[] values = numbers("the layer sizes", layerCount + 1, false);
    int[] sizes = new int[values.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = count(values[k], "size of layer " + k);
    }
    if (sizes[0] != inputs || sizes[layerCount] != outputs) {
      throw bad(
          "the layer sizes begin with "
              + sizes[0]
              + " and end with "
              + sizes[layerCount]
              + ", and the header has "
              + inputs
              + " inputs and "
              + outputs
              + " outputs; make them agree");
    }
    return sizes;
  }

  private Affine[] normalised(
      NeuronGraph graph, double[] means, double[] ranges, List<String> notes) {
    Affine[] x = graph.inputForms();
    int rounded = 0;
    for (int i = 0; i < x.length; i++) {
      Affine shifted = graph.sum(x[i], Affine.constant(-means[i]));
      if (ranges[i] == 1) {
        x[i] = shifted;
        continue;
      }
      double reciprocal = 1 / ranges[i];
      if (!Double.isFinite(reciprocal)) {
        throw bad("the range of input " + i + " is too small to divide by; rescale the input");
      }
      rounded += Exact.quotient(1, ranges[i]) ? 0 : 1;
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
    // One line holds a row, so no array is larger than the text that it comes from.
    double[][] rows = new double[Math.min(outputs, lines.length - next)][];
    for (int i = 0; i < outputs; i++) {
      double[] row = numbers("row " + i + " of the weights of layer " + k, inputs, true);
      rows[i] = row;
    }
    Affine[] y = graph.product(Matrix.of(rows), x);
    for (int i = 0; i < outputs; i++) {
      double bias = numbers("bias " + i + " of layer " + k, 1, true)[0];
      y[i] = graph.sum(y[i], Affine.constant(bias));
      if (relu) {
        y[i] = graph.relu(y[i]);
      }
    }
    return y;
  }

  private void refuseRemainder() {
    for (int i = next; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        next = i + 1;
        throw bad("there is text after the last bias; check the layer sizes in the header");
      }
    }
  }

  /** The numbers on the next line: {@code expected} of them, or at least as many in the header. */
  private double[] numbers(String what, int expected, boolean exactly) {
    if (next == lines.length || (next == lines.length - 1 && lines[next].isBlank())) {
      throw file.bad(
          "the file ends before "
              + what
              + "; it is cut short, or the sizes in its header are"
              + " wrong");
    }
    String[] parts = lines[next++].strip().split(",", -1);
    int count = parts.length;
    while (count > 0 && parts[count - 1].isBlank()) {
      count--;
    }
    if (count < expected || (exactly && count > expected)) {
      throw bad(
          "here "
              + what
              + " should have "
              + expected
              + (expected == 1 ? " number" : " numbers")
              + ", and there are "
              + count
              + "; check the sizes in the header");
    }
    double[] values = new double[count];
    for (int j = 0; j < count; j++) {
      values[j] = number(parts[j].strip());
    }
    return Arrays.copyOf(values, expected);
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

  /** An error at the line that was read last; lines count from 1. */
  private BadInput bad(String message) {
    return file.bad("line " + next + ": " + message);
  }
}
