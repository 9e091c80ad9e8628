package dev.crease.certificate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the network in a file became the network of the question: {@code steps} steps of it, of which
 * fixed and shared inputs are the parameters; then a choice of outputs; then inputs fixed.
 *
 * @param fixed value by input index in the file, counted from 0
 * @param shared indices, in the file, of the inputs that both points share
 * @param steps number of compositions; 1 for the network itself
 * @param outputs the outputs that are compared, in order; all if empty
 */
public record Preparation(
    Map<Integer, Double> fixed, Set<Integer> shared, int steps, List<Integer> outputs) {

  /** Copies the collections, and sorts those that have no order. */
  public Preparation {
    fixed = new TreeMap<>(fixed);
    shared = new TreeSet<>(shared);
    outputs = List.copyOf(outputs);
  }

  /** The network as it is in the file, and no input shared. */
  public static Preparation none() {
    return new Preparation(Map.of(), Set.of(), 1, List.of());
  }
}
