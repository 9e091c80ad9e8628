package dev.crease.verifier;

import dev.crease.network.ReluNetwork;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the network in a file becomes that of the question: composed with itself, where fixed and
 * shared inputs are parameters; outputs chosen; inputs fixed.
 */
record Preparation(
    Map<Integer, Double> fix, List<Integer> share, int steps, List<Integer> outputs) {

  Preparation {
    share = share.stream().sorted().distinct().toList();
  }

  /** The shared inputs by their places in the prepared network, where fixed ones are gone. */
  Set<Integer> shared() {
    Set<Integer> shared = new TreeSet<>();
    for (int i : share) {
      if (fix.containsKey(i)) {
        throw new Refusal("preparation: input " + i + " is both fixed and shared");
      }
      shared.add(i - (int) fix.keySet().stream().filter(fixed -> fixed < i).count());
    }
    return shared;
  }

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
    if (steps != 1) {
      text.append(", " + steps + " steps");
    }
    if (!outputs.isEmpty()) {
      text.append(", outputs " + outputs);
    }
    return text.toString();
  }
}
