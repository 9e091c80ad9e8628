package dev.crease.engine.regions;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The layers of one or two networks with the same inputs, one after the other. */
final class Stages {

  /** How many exact rows of hidden layers are kept; each takes some hundred bytes. */
  private static final int MOST_KEPT = 1 << 17;

  private final int m;
  private final List<Stage> stages = new ArrayList<>();
  private final List<ExactNetwork> exact = new ArrayList<>();
  private final List<ReluNetwork> networks;
  private final int[][] offsets;
  private final int[] lastStage;
  private final int neurons;
  private final Map<Place, Map<Integer, ExactRow>> kept = new ConcurrentHashMap<>();

  /**
   * @param networks with the same number of inputs
   * @param origin where the coordinates of all rows and points have their zero
   */
  Stages(List<ReluNetwork> networks, double[] origin) {
    this.m = origin.length;
    this.networks = List.copyOf(networks);
    offsets = new int[networks.size()][];
    lastStage = new int[networks.size()];
    int next = 0;
    for (int n = 0; n < networks.size(); n++) {
      List<Layer> layers = networks.get(n).layers();
      offsets[n] = new int[layers.size()];
      for (int l = 0; l < layers.size(); l++) {
        boolean last = l == layers.size() - 1;
        stages.add(
            l == 0
                ? Stage.first(n, layers.get(0), last, next, origin)
                : stages.get(stages.size() - 1).then(layers.get(l), last));
        offsets[n][l] = next;
        next += layers.get(l).outputs();
      }
      lastStage[n] = stages.size() - 1;
      exact.add(new ExactNetwork(networks.get(n), origin));
    }
    neurons = next;
  }

  int inputs() {
    return m;
  }

  int count() {
    return stages.size();
  }

  Stage stage(int s) {
    return stages.get(s);
  }

  int outputs(int network) {
    return networks.get(network).outputs();
  }

  /** Bounds on the errors of coefficient {@code k} of the outputs of a network. */
  double[] outputErrors(int network, int k) {
    return stages.get(lastStage[network]).errors(k);
  }

  /** How many longs hold a bit for every neuron. */
  int words() {
    return (neurons + Long.SIZE - 1) / Long.SIZE;
  }

  ExactNetwork exact(int network) {
    return exact.get(network);
  }

  /** The exact pre-activation of a neuron under a pattern of the layers before. */
  ExactRow exactRow(int stage, int neuron, long[] active) {
    Stage own = stages.get(stage);
    return exact
        .get(own.network())
        .preActivation(own.layer(), neuron, active, offsets[own.network()]);
  }

  /** The exact rows of the output of a network under a pattern. */
  ExactRow[] exactOutput(int network, long[] active) {
    int last = networks.get(network).layers().size() - 1;
    Layer layer = networks.get(network).layers().get(last);
    ExactRow[] rows = new ExactRow[layer.outputs()];
    // With two hidden layers the rows of the second cost no more than those of the output; with
    // more they would cost too much for a region that is asked once.
    boolean keeps = last == 2;
    Map<Integer, ExactRow> below = keeps ? below(network, 1, active) : Map.of();
    for (int i = 0; i < rows.length; i++) {
      if (!isActive(active, offsets[network][last] + i)) {
        rows[i] = new ExactRow(zeros(), 0);
      } else if (keeps) {
        rows[i] = exact.get(network).preActivation(last, i, below);
      } else {
        rows[i] = exact.get(network).preActivation(last, i, active, offsets[network]);
      }
    }
    return rows;
  }

  private static boolean isActive(long[] active, int bit) {
    return (active[bit >> 6] >>> bit & 1) != 0;
  }

  /** The exact pre-activations of the active neurons of a layer, kept for its other regions. */
  private Map<Integer, ExactRow> below(int network, int layer, long[] active) {
    long[] before = new long[active.length];
    for (int bit = offsets[network][0]; bit < offsets[network][layer]; bit++) {
      before[bit >> 6] |= active[bit >> 6] & 1L << bit;
    }
    Place place = new Place(network, layer, before);
    int width = networks.get(network).layers().get(layer).outputs();
    Map<Integer, ExactRow> known =
        kept.size() < MOST_KEPT / width || kept.containsKey(place)
            ? kept.computeIfAbsent(place, p -> new ConcurrentHashMap<>())
            : new ConcurrentHashMap<>();
    Map<Integer, ExactRow> below = new HashMap<>();
    for (int j = 0; j < width; j++) {
      if (isActive(active, offsets[network][layer] + j)) {
        int neuron = j;
        below.put(
            j,
            known.computeIfAbsent(
                j, i -> exact.get(network).preActivation(layer, neuron, active, offsets[network])));
      }
    }
    return below;
  }

  /** A layer, and a pattern of the layers before. */
  private record Place(int network, int layer, long[] before) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place that
          && network == that.network
          && layer == that.layer
          && Arrays.equals(before, that.before);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(before) + network;
    }
  }

  private BigInteger[] zeros() {
    BigInteger[] zeros = new BigInteger[m + 1];
    Arrays.fill(zeros, BigInteger.ZERO);
    return zeros;
  }

  /** The first layer's rows of a network: the same everywhere. */
  double[][] firstRows(int stage, double[] origin) {
    Stage own = stages.get(stage);
    double[][] rows = own.start(m);
    for (int k = 0; k < m; k++) {
      double[] column = own.column(k);
      rows[k] = column.clone();
      if (origin[k] != 0) {
        for (int i = 0; i < column.length; i++) {
          rows[m][i] += column[i] * origin[k];
        }
      }
    }
    return rows;
  }
}
