package dev.crease.formats.lowering;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The neurons of a graph that its outputs depend on, layer by layer. A layer holds the neurons of
 * one level in the order in which they were made, then the values that later layers still need; the
 * last holds the outputs.
 */
public final class Layering {

  private final NeuronGraph graph;
  private final int inputs;
  private final int[] taken;
  private final List<NeuronGraph.Neuron> neurons;
  private final int[] terminals;
  private final int depth;
  private final int[] lastUse;
  private final int[] levels;

  /**
   * A layering.
   *
   * @param inputs how many of the neurons are inputs; they come first
   * @param taken the inputs of the network that is to be, all that the outputs depend on
   * @param terminals the neurons that are the outputs
   */
  Layering(
      NeuronGraph graph,
      int inputs,
      int[] taken,
      List<NeuronGraph.Neuron> neurons,
      int[] terminals) {
    this.graph = graph;
    this.inputs = inputs;
    this.taken = taken;
    this.neurons = neurons;
    this.terminals = terminals;
    int deepest = 1;
    for (int terminal : terminals) {
      deepest = Math.max(deepest, neurons.get(terminal).level());
    }
    this.depth = deepest;
    this.lastUse = lastUses();
    this.levels = levels();
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(depth);
    int[] live = taken;
    long total = 0;
    for (int level = 1; level <= depth; level++) {
      int[] next = level == depth ? terminals : liveAfter(level);
      total += terms(level, next);
      graph.refuseMoreThan(total);
      graph.refuseLayer(next.length, live.length);
      layers.add(layer(level, live, next));
      live = next;
    }
    return layers;
  }

  /** For each layer the nodes of the file that make it, each with the ReLUs made for it. */
  public List<SortedMap<Integer, Integer>> nodes() {
    List<BitSet> made = new ArrayList<>(depth);
    List<SortedMap<Integer, Integer>> nodes = new ArrayList<>(depth);
    for (int level = 1; level <= depth; level++) {
      made.add(new BitSet());
      nodes.add(new TreeMap<>());
    }
    for (int level = 1; level <= depth; level++) {
      // A neuron that is several outputs has a row, and a ReLU, for each of them.
      for (int id : level == depth ? terminals : liveAfter(level)) {
        if (levels[id] == level) {
          NeuronGraph.Neuron neuron = neurons.get(id);
          made.get(level - 1).set(neuron.origin());
          if (neuron.relu()) {
            nodes.get(level - 1).merge(graph.origins().maker(neuron.origin()), 1, Integer::sum);
          }
        }
      }
    }
    for (int k = 0; k < depth; k++) {
      SortedMap<Integer, Integer> ofLayer = nodes.get(k);
      graph.origins().nodes(made.get(k)).stream().forEach(node -> ofLayer.putIfAbsent(node, 0));
    }
    return nodes;
  }

  /** By neuron, the highest level that reads it; 0 for a neuron that no output depends on. */
  private int[] lastUses() {
    int[] uses = new int[neurons.size()];
    for (int id : terminals) {
      // A value of an earlier level is carried to the last one; one more than its own level marks
      // a neuron of the last level as needed.
      uses[id] = Math.max(depth, neurons.get(id).level() + 1);
    }
    for (int id = neurons.size() - 1; id >= inputs; id--) {
      if (uses[id] > 0) {
        NeuronGraph.Neuron neuron = neurons.get(id);
        for (int j = 0; j < neuron.form().terms(); j++) {
          int source = neuron.form().id(j);
          uses[source] = Math.max(uses[source], neuron.level());
        }
      }
    }
    return uses;
  }

  /**
   * By neuron, the layer that makes it. Constants are made where they are first needed: no layer
   * has to pass them on before.
   */
  private int[] levels() {
    int[] made = new int[neurons.size()];
    for (int id = 0; id < made.length; id++) {
      boolean constant = id >= inputs && neurons.get(id).form().terms() == 0;
      made[id] = constant ? depth : neurons.get(id).level();
    }
    for (int id = inputs; id < made.length; id++) {
      Affine form = neurons.get(id).form();
      for (int j = 0; lastUse[id] > 0 && j < form.terms(); j++) {
        int source = form.id(j);
        if (source >= inputs && neurons.get(source).form().terms() == 0) {
          made[source] = Math.min(made[source], neurons.get(id).level() - 1);
        }
      }
    }
    return made;
  }

  private int[] liveAfter(int level) {
    int[] live = new int[neurons.size()];
    int count = 0;
    for (int id = inputs; id < live.length; id++) {
      if (levels[id] == level && lastUse[id] > 0) {
        live[count++] = id;
      }
    }
    for (int id = 0; id < live.length; id++) {
      if (levels[id] < level && lastUse[id] > level) {
        live[count++] = id;
      }
    }
    return Arrays.copyOf(live, count);
  }

  /** How many weights a layer has that are not plainly 0. */
  private long terms(int level, int[] to) {
    return Arrays.stream(to)
        .mapToLong(id -> levels[id] < level ? 1 : neurons.get(id).form().terms())
        .sum();
  }

  private Layer layer(int level, int[] from, int[] to) {
    int[] column = new int[neurons.size()];
    for (int j = 0; j < from.length; j++) {
      column[from[j]] = j;
    }
    int[][] columns = new int[to.length][];
    double[][] weights = new double[to.length][];
    double[] bias = new double[to.length];
    boolean[] relu = new boolean[to.length];
    for (int i = 0; i < to.length; i++) {
      NeuronGraph.Neuron neuron = neurons.get(to[i]);
      if (levels[to[i]] < level) {
        columns[i] = new int[] {column[to[i]]};
        weights[i] = new double[] {1};
        continue;
      }
      Affine form = neuron.form();
      sortedRow(form, column, columns, weights, i);
      bias[i] = form.bias();
      relu[i] = neuron.relu();
    }
    return Layer.of(Matrix.ofSparseRows(from.length, columns, weights), bias, relu);
  }

  /** Puts in the weights of a form by the columns of its neurons, in their order. */
  private static void sortedRow(
      Affine form, int[] column, int[][] columns, double[][] weights, int i) {
    int n = form.terms();
    columns[i] = new int[n];
    weights[i] = new double[n];
    boolean isSorted = true;
    for (int j = 0; j < n; j++) {
      columns[i][j] = column[form.id(j)];
      weights[i][j] = form.weight(j);
      isSorted &= j == 0 || columns[i][j - 1] < columns[i][j];
    }
    if (!isSorted) {
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingInt(j -> column[form.id(j)]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int k = 0; k < n; k++) {
        columns[i][k] = column[form.id(order[k])];
        weights[i][k] = form.weight(order[k]);
      }
    }
  }
}
