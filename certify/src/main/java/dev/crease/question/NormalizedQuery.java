package dev.crease.question;

import dev.crease.bounds.Interval;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A question in other units. Whether outputs are equal does not depend on their units, but a
 * solver's tolerance does: so each output of {@code f} is scaled by a power of two until its slope
 * at the centre is between 1 and 2, all outputs of {@code g} by one power until the steepest is,
 * neurons that do nothing are left out, and the others are {@linkplain ReluNetwork#balanced
 * balanced}. All of it is exact.
 *
 * @param query the question of the scaled networks
 * @param unit how much 1 in an output of its {@code g} is in one of the given {@code g}: a power of
 *     two, and 1 for the identity
 */
public record NormalizedQuery(Query query, double unit) {

  /**
   * A slope at the centre that is smaller than all weights allow, by this power, is not typical.
   */
  private static final int MOST_BELOW_WEIGHTS = 20;

  /** Slopes are looked for at distances that grow fourfold so often, up to the largest radius. */
  private static final int FURTHER = 8;

  /** In place of the exponent of an output that does not depend on the inputs. */
  private static final int CONSTANT = Integer.MAX_VALUE;

  static NormalizedQuery of(Query query) {
    double[] at = center(query);
    ReluNetwork f = query.f().withoutDeadNeurons();
    f = scaled(f, orZero(exponents(f, at, query))).balanced();
    if (query.g().isEmpty()) {
      return new NormalizedQuery(query.of(f, query.g()), 1);
    }
    ReluNetwork g = query.g().get().withoutDeadNeurons();
    int[] all = exponents(g, at, query);
    int least = Arrays.stream(all).filter(e -> e != CONSTANT).min().orElse(0);
    Arrays.fill(all, least);
    ReluNetwork scaled = scaled(g, all);
    double unit = scaled == g ? 1 : Math.scalb(1.0, -least);
    return new NormalizedQuery(query.of(f, Optional.of(scaled.balanced())), unit);
  }

  private static ReluNetwork scaled(ReluNetwork network, int[] exponents) {
    try {
      return network.withScaledOutputs(exponents);
    } catch (IllegalArgumentException e) {
      // Weights so far out of scale stay as they are.
      return network;
    }
  }

  /** The centre, with shared inputs in the middle of their intervals. */
  private static double[] center(Query query) {
    double[] x = new double[query.f().inputs()];
    double[] ball = query.center();
    int next = 0;
    for (int i = 0; i < x.length; i++) {
      Interval shared = query.shared().get(i);
      x[i] = shared == null ? ball[next++] : (shared.lower() + shared.upper()) / 2;
    }
    return x;
  }

  private static int[] orZero(int[] exponents) {
    return Arrays.stream(exponents).map(e -> e == CONSTANT ? 0 : e).toArray();
  }

  private static int[] exponents(ReluNetwork network, double[] at, Query query) {
    double[] slopes = slopes(network, at, query);
    double[] most = largest(network, query.shared());
    int[] exponents = new int[network.outputs()];
    Arrays.fill(exponents, CONSTANT);
    for (int i = 0; i < exponents.length; i++) {
      double slope = slopes[i];
      if (most[i] > 0 && Double.isFinite(most[i])) {
        int limit = Math.getExponent(most[i]);
        int local = slope > 0 ? Math.getExponent(slope) : limit;
        exponents[i] = -Math.max(Math.min(local, limit), limit - MOST_BELOW_WEIGHTS);
      }
    }
    return exponents;
  }

  /**
   * For each output the sum of its slopes at the centre, where that is not 0, or else the least one
   * that is not 0 at the nearest points tried around it; 0 where there is none.
   */
  private static double[] slopes(ReluNetwork network, double[] at, Query query) {
    double[] slopes = new double[network.outputs()];
    include(slopes, network, at, query.shared());
    for (int k = FURTHER; k >= 0 && Arrays.stream(slopes).anyMatch(s -> s == 0); k--) {
      double[] around = new double[slopes.length];
      double step = Math.scalb(query.maxRadius(), -2 * k);
      for (int j = 0; j < at.length; j++) {
        for (int sign = -1; sign <= 1 && !query.shared().containsKey(j); sign += 2) {
          double[] point = at.clone();
          point[j] += sign * step;
          include(around, network, point, query.shared());
        }
      }
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = slopes[i] > 0 ? slopes[i] : around[i];
      }
    }
    return slopes;
  }

  /** Lowers slopes to those at a point, where these are not 0. */
  private static void include(
      double[] slopes, ReluNetwork network, double[] at, Map<Integer, Interval> shared) {
    Matrix local = network.localMap(at).matrix();
    for (int i = 0; i < slopes.length; i++) {
      double slope = 0;
      for (int j = 0; j < at.length; j++) {
        slope += shared.containsKey(j) ? 0 : Math.abs(local.get(i, j));
      }
      if (slope > 0 && (slopes[i] == 0 || slope < slopes[i])) {
        slopes[i] = slope;
      }
    }
  }

  /** For each output the sum over the inputs of {@code |W_k| ... |W_1|}: no slope is larger. */
  private static double[] largest(ReluNetwork network, Map<Integer, Interval> shared) {
    double[] reach = new double[network.inputs()];
    for (int j = 0; j < reach.length; j++) {
      reach[j] = shared.containsKey(j) ? 0 : 1;
    }
    for (Layer layer : network.layers()) {
      double[] next = new double[layer.outputs()];
      for (int i = 0; i < next.length; i++) {
        for (int j = 0; j < reach.length; j++) {
          next[i] += Math.abs(layer.weights().get(i, j)) * reach[j];
        }
      }
      reach = next;
    }
    return reach;
  }
}
