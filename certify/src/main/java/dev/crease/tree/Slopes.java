package dev.crease.tree;

import java.util.Arrays;

/**
 * What differences of outputs may be in place of 0, by {@code t}: {@code low t <= f(x) - f(x') <=
 * high t}. So how steep a network is becomes a question about collisions.
 *
 * @param low by output, not above {@code high}; may be infinite
 * @param high by output
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Slopes(double[] low, double[] high) {

  /** No output changes faster. */
  static Slopes within(int outputs, double most) {
    double[] high = new double[outputs];
    Arrays.fill(high, most);
    return new Slopes(Arrays.stream(high).map(s -> -s).toArray(), high);
  }

  /** One output changes at least so fast, whatever the others do. */
  static Slopes steep(int outputs, int output, int sign, double least) {
    double[] low = new double[outputs];
    double[] high = new double[outputs];
    Arrays.fill(low, Double.NEGATIVE_INFINITY);
    Arrays.fill(high, Double.POSITIVE_INFINITY);
    if (sign > 0) {
      low[output] = least;
    } else {
      high[output] = -least;
    }
    return new Slopes(low, high);
  }

  /** The most that a multiple of an output's difference is, by {@code t}. */
  double most(int output, double multiplier) {
    return multiplier == 0 ? 0 : multiplier * (multiplier > 0 ? high[output] : low[output]);
  }

  /** Multipliers without those of a side that there is not. */
  double[] fitting(double[] mu) {
    double[] fitting = mu.clone();
    for (int i = 0; i < mu.length; i++) {
      fitting[i] = Double.isInfinite(most(i, mu[i])) ? 0 : mu[i];
    }
    return fitting;
  }
}
