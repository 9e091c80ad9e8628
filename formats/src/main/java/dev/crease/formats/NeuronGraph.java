package dev.crease.formats;

import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network while it is being read: a growing, acyclic set of neurons, and {@link Affine} forms
 * over them. Neurons {@code 0 .. inputs-1} are the inputs; every other neuron is a form, or the
 * ReLU of one.
 *
 * <p>Operations on forms merge into one form where that rounds nothing. Where it would, the
 * operands first become neurons of their own (they are <em>settled</em>), and the new form refers
 * to those: an extra linear layer in place of a rounded weight.
 */
final class NeuronGraph {

  // Weights are dense doubles in a layer, so this is 1 GiB of them.
  private static final long MAX_WEIGHTS = 1L << 27;

  // While a file is read there are up to three copies of a weight.
  private static final long BYTES_PER_WEIGHT = 3 * Double.BYTES;

  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private final SourceFile file;
  private final int inputs;
  private final List<Neuron> neurons = new ArrayList<>();
  private final IdentityHashMap<Affine, Integer> settled = new IdentityHashMap<>();
  private final IdentityHashMap<Affine, Affine> rectified = new IdentityHashMap<>();
  private long weights;
  private long expected;

  private record Neuron(Affine form, boolean relu, int level) {}

  NeuronGraph(SourceFile file, int inputs) {
    this.file = file;
    this.inputs = inputs;
    for (int i = 0; i < inputs; i++) {
      neurons.add(new Neuron(Affine.constant(0), false, 0));
    }
  }

  /** The inputs as forms. */
  Affine[] inputForms() {
    Affine[] forms = new Affine[inputs];
    Arrays.setAll(forms, Affine::neuron);
    return forms;
  }

  /** {@code max(0, form)}. */
  Affine relu(Affine form) {
    if (form.isNeuron() && neurons.get(form.id(0)).relu()) {
      return form;
    }
    if (form.terms() == 0) {
      return Affine.constant(Math.max(0, form.bias()));
    }
    Affine known = rectified.get(form);
    if (known == null) {
      known = Affine.neuron(add(form, true));
      rectified.put(form, known);
    }
    return known;
  }

  /** {@code a + b}. */
  Affine sum(Affine a, Affine b) {
    if (a.terms() > 0 && b.terms() > 0) {
      charge((long) a.terms() + b.terms());
    }
    // A constant stays one: as a neuron it would pass through all the layers between.
    return a.plus(b)
        .orElseGet(
            () ->
                (b.terms() == 0
                        ? settle(a).plus(b)
                        : settle(b).plus(a.terms() == 0 ? a : settle(a)))
                    .orElseThrow(IllegalStateException::new));
  }

  /** {@code factor * form}. */
  Affine scaled(Affine form, double factor) {
    charge(form.terms());
    return form.times(factor).orElseGet(() -> Affine.scaledNeuron(settle(form).id(0), factor));
  }

  /** The products of {@code matrix} with a column of forms: one form per row. */
  Affine[] product(Matrix matrix, Affine[] column) {
    charge((long) matrix.rows() * matrix.columns());
    Affine[] x = distinctNeurons(column);
    for (int k = 0; k < x.length; k++) {
      double scale = x[k].weight(0);
      for (int i = 0; scale != 1 && i < matrix.rows(); i++) {
        if (!Exact.product(matrix.get(i, k), scale)) {
          x[k] = settle(x[k]);
          scale = 1;
        }
      }
    }
    // A product with settled operands is exact, but settling may have met a neuron that another
    // operand already stands for.
    x = distinctNeurons(x);

    Integer[] order = new Integer[x.length];
    Arrays.setAll(order, k -> k);
    Affine[] operands = x;
    Arrays.sort(order, (k, l) -> Integer.compare(operands[k].id(0), operands[l].id(0)));
    int[] ids = new int[x.length];
    for (int j = 0; j < ids.length; j++) {
      ids[j] = x[order[j]].id(0);
    }
    Affine[] result = new Affine[matrix.rows()];
    for (int i = 0; i < result.length; i++) {
      double[] row = new double[ids.length];
      for (int j = 0; j < ids.length; j++) {
        double scale = x[order[j]].weight(0);
        double weight = matrix.get(i, order[j]);
        row[j] = scale == 1 ? weight : weight * scale;
      }
      result[i] = new Affine(ids, row, 0);
    }
    return result;
  }

  /** The same values as multiples of neurons, no neuron twice. */
  private Affine[] distinctNeurons(Affine[] column) {
    Affine[] x = new Affine[column.length];
    Map<Integer, Integer> uses = new HashMap<>();
    for (int k = 0; k < x.length; k++) {
      x[k] = column[k].isScaledNeuron() ? column[k] : settle(column[k]);
      uses.merge(x[k].id(0), 1, Integer::sum);
    }
    for (int k = 0; k < x.length; k++) {
      if (uses.getOrDefault(x[k].id(0), 0) > 1) {
        x[k] = Affine.neuron(add(x[k], false));
      }
    }
    return x;
  }

  /** The form as the plain value of a neuron, a new one unless it is one already. */
  Affine settle(Affine form) {
    if (form.isNeuron()) {
      return form;
    }
    Integer id = settled.get(form);
    if (id == null) {
      id = add(form, false);
      settled.put(form, id);
    }
    return Affine.neuron(id);
  }

  private int add(Affine form, boolean relu) {
    int level = 0;
    for (int j = 0; j < form.terms(); j++) {
      level = Math.max(level, neurons.get(form.id(j)).level());
    }
    neurons.add(new Neuron(form, relu, level + 1));
    return neurons.size() - 1;
  }

  /** Refuses weights that are about to be read, if with those before them they are too many. */
  void expect(long more) {
    expected += more;
    if (expected > mostWeights()) {
      throw tooLarge(expected);
    }
  }

  /** The most weights that are read: what fits a few times into the memory that Java has. */
  private static long mostWeights() {
    return Math.min(MAX_WEIGHTS, Runtime.getRuntime().maxMemory() / BYTES_PER_WEIGHT);
  }

  private void charge(long more) {
    weights += more;
    if (weights > mostWeights()) {
      throw tooLarge(weights);
    }
  }

  private RuntimeException tooLarge(long count) {
    return file.unsupported(
        "the network needs "
            + count
            + " weights or more, and "
            + mostWeights()
            + " is the most that is read"
            + (mostWeights() < MAX_WEIGHTS ? " with this much memory" : "")
            + "; use a smaller network"
            + (mostWeights() < MAX_WEIGHTS ? ", or give Java more memory (-Xmx)" : ""));
  }

  /**
   * The network with the given outputs. A layer holds the neurons of one level in the order in
   * which they were made, then the values that later layers still need; the last holds the outputs.
   */
  ReluNetwork toNetwork(Affine[] outputs) {
    int[] terminals = new int[outputs.length];
    int depth = 1;
    for (int i = 0; i < terminals.length; i++) {
      terminals[i] = settle(outputs[i]).id(0);
      depth = Math.max(depth, neurons.get(terminals[i]).level());
    }
    int[] lastUse = lastUses(terminals, depth);
    int[] levels = levels(depth, lastUse);

    List<Layer> layers = new ArrayList<>(depth);
    int[] live = new int[inputs];
    Arrays.setAll(live, i -> i);
    long total = 0;
    for (int level = 1; level <= depth; level++) {
      int[] next = level == depth ? terminals : liveAfter(level, levels, lastUse);
      total += (long) next.length * live.length;
      if (total > mostWeights()) {
        throw tooLarge(total);
      }
      layers.add(layer(level, levels, live, next));
      live = next;
    }
    return ReluNetwork.of(file.networkName(), layers);
  }

  /** By neuron, the highest level that reads it; 0 for a neuron that no output depends on. */
  private int[] lastUses(int[] terminals, int depth) {
    int[] lastUse = new int[neurons.size()];
    for (int id : terminals) {
      // A value of an earlier level is carried to the last one; one more than its own level marks
      // a neuron of the last level as needed.
      lastUse[id] = Math.max(depth, neurons.get(id).level() + 1);
    }
    for (int id = neurons.size() - 1; id >= inputs; id--) {
      if (lastUse[id] > 0) {
        Neuron neuron = neurons.get(id);
        for (int j = 0; j < neuron.form().terms(); j++) {
          int source = neuron.form().id(j);
          lastUse[source] = Math.max(lastUse[source], neuron.level());
        }
      }
    }
    return lastUse;
  }

  /**
   * By neuron, the layer that makes it. Constants are made where they are first needed: no layer
   * has to pass them on before.
   */
  private int[] levels(int depth, int[] lastUse) {
    int[] levels = new int[neurons.size()];
    for (int id = 0; id < levels.length; id++) {
      boolean constant = id >= inputs && neurons.get(id).form().terms() == 0;
      levels[id] = constant ? depth : neurons.get(id).level();
    }
    for (int id = inputs; id < levels.length; id++) {
      Affine form = neurons.get(id).form();
      for (int j = 0; lastUse[id] > 0 && j < form.terms(); j++) {
        int source = form.id(j);
        if (source >= inputs && neurons.get(source).form().terms() == 0) {
          levels[source] = Math.min(levels[source], neurons.get(id).level() - 1);
        }
      }
    }
    return levels;
  }

  /**
   * Which rows of the input the outputs depend on: whether each output depends on no more than one
   * of them, as where the rows are a batch. Weights of 0 count.
   *
   * @param columns how many inputs a row has
   */
  boolean keepsRowsApart(Affine[] outputs, int columns) {
    int[] row = new int[neurons.size()];
    for (int id = 0; id < row.length; id++) {
      row[id] = id < inputs ? id / columns : row(neurons.get(id).form(), row);
    }
    for (Affine output : outputs) {
      if (row(output, row) == SEVERAL) {
        return false;
      }
    }
    return true;
  }

  private static int row(Affine form, int[] row) {
    int of = NONE;
    for (int j = 0; j < form.terms(); j++) {
      int other = row[form.id(j)];
      if (other != NONE && of != NONE && other != of) {
        return SEVERAL;
      }
      of = other == NONE ? of : other;
    }
    return of;
  }

  private int[] liveAfter(int level, int[] levels, int[] lastUse) {
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

  private Layer layer(int level, int[] levels, int[] from, int[] to) {
    int[] column = new int[neurons.size()];
    for (int j = 0; j < from.length; j++) {
      column[from[j]] = j;
    }
    double[] data = new double[to.length * from.length];
    double[] bias = new double[to.length];
    boolean[] relu = new boolean[to.length];
    for (int i = 0; i < to.length; i++) {
      Neuron neuron = neurons.get(to[i]);
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
