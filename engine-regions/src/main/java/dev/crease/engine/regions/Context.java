package dev.crease.engine.regions;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pre-activations of one layer as affine functions of the input, on a region of the layers
 * before it.
 */
final class Context {

  private final Stages stages;
  private final int stage;
  private final double[][] rows;
  private final long[] active;
  private final Map<Integer, Hyperplane> kinks = new ConcurrentHashMap<>(4);

  /**
   * @param rows coefficient {@code k} of neuron {@code i} in {@code rows[k][i]}; the constants last
   * @param active which neurons of the layers before are active, as bits
   */
  Context(Stages stages, int stage, double[][] rows, long[] active) {
    this.stages = stages;
    this.stage = stage;
    this.rows = rows;
    this.active = active;
  }

  int stage() {
    return stage;
  }

  /** Coefficient {@code k} of all neurons. */
  double[] coefficients(int k) {
    return rows[k];
  }

  /** Where the pre-activation of a neuron is 0: the same object for every cell of the region. */
  Hyperplane kink(int i) {
    return kinks.computeIfAbsent(i, this::hyperplane);
  }

  private Hyperplane hyperplane(int i) {
    double[] coefficients = new double[rows.length];
    double[] errors = new double[rows.length];
    Stage own = stages.stage(stage);
    for (int k = 0; k < rows.length; k++) {
      coefficients[k] = rows[k][i];
      errors[k] = own.errors(k)[i];
    }
    return new Hyperplane(
        coefficients, errors, own.number(i), () -> stages.exactRow(stage, i, active));
  }
}
