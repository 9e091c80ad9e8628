package dev.crease.verifier;

import dev.crease.network.ReluNetwork;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the network in a file becomes that of the question: composed with itself, where fixed and
 * shared inputs are parameters; outputs chosen; inputs fixed.
 */
record Preparation(
    Map<Integer, Double> fix, List<Integer> share, int steps, List<Integer> outputs) {

  /** Prepares a network; refuses one that does not fit. */
  ReluNetwork apply(ReluNetwork file) {
    try {
      ReluNetwork f = file;
      if (steps != 1) {
        TreeSet<Integer> parameters = new TreeSet<>(fix.keySet());
        parameters.addAll(share);
        f = f.iterate(steps, parameters.stream().mapToInt(Integer::intValue).toArray());
      }
      if (!outputs.isEmpty()) {
        f = f.selectOutputs(outputs.stream().mapToInt(Integer::intValue).toArray());
      }
      return f.fixInputs(fix);
    } catch (IllegalArgumentException e) {
      throw new Refusal("preparation: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    fix.forEach((input, value) -> text.append(", input " + input + " fixed to " + value));
    if (!share.isEmpty()) {
      text.append(", inputs " + share + " shared");
    }
    if (steps != 1) {
      text.append(", " + steps + " steps");
    }
    if (!outputs.isEmpty()) {
      text.append(", outputs " + outputs);
    }
    return text.toString();
  }
}
