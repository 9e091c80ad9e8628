package dev.crease.formats;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The neurons of a graph that its outputs depend on, layer by layer. A layer holds the neurons of
 * one level in the order in which they were made, then the values that later layers still need; the
 * last holds the outputs.
 */
final class Layering {

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
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(depth);
    int[] live = taken;
    long total = 0;
    for (int level = 1; level <= depth; level++) {
      int[] next = level == depth ? terminals : liveAfter(level);
      total += (long) next.length * live.length;
      graph.refuseMoreThan(total);
      layers.add(layer(level, live, next));
      live = next;
    }
    return layers;
  }

  /** How many ReLUs are made for each kind of operator. */
  Map<String, Integer> relus() {
    Map<String, Integer> relus = new TreeMap<>();
    for (int id = inputs; id < lastUse.length; id++) {
      NeuronGraph.Neuron neuron = neurons.get(id);
      if (neuron.relu() && lastUse[id] > 0) {
        relus.merge(neuron.source(), 1, Integer::sum);
      }
    }
    return relus;
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

  private Layer layer(int level, int[] from, int[] to) {
    int[] column = new int[neurons.size()];
    for (int j = 0; j < from.length; j++) {
      column[from[j]] = j;
    }
    double[] data = new double[to.length * from.length];
    double[] bias = new double[to.length];
    boolean[] relu = new boolean[to.length];
    for (int i = 0; i < to.length; i++) {
      NeuronGraph.Neuron neuron = neurons.get(to[i]);
      if (levels[to[i]] < level) {
        data[i * from.length + column[to[i]]] = 1;
        continue;
      }
      Affine form = neuron.form();
      for (int j = 0; j < form.terms(); j++) {
        data[i * from.length + column[form.id(j)]] = form.weight(j);
      }
      bias[i] = form.bias();
      relu[i] = neuron.relu();
    }
    return Layer.of(Matrix.ofRowMajor(to.length, from.length, data), bias, relu);
  }
}
