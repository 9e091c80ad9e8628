package dev.crease.certify;

import dev.crease.network.ActivationPattern;
import dev.crease.network.Fractions;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/** A network in rational arithmetic: its values, its patterns, its local maps. */
final class ExactMap {

  private ExactMap() {}

  /**
   * What a network does at a point.
   *
   * @param outputs its outputs; do not modify
   * @param pattern which neurons are above their kink
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Value(BigFraction[] outputs, ActivationPattern pattern) {}

  /** A point of doubles, exactly. */
  static List<BigFraction> point(double[] x) {
    List<BigFraction> result = new ArrayList<>();
    for (double value : x) {
      result.add(Fractions.of(value));
    }
    return result;
  }

  /** The value at a point. */
  static Value evaluate(ReluNetwork network, List<BigFraction> x) {
    BigFraction[] y = x.toArray(BigFraction[]::new);
    List<BitSet> active = new ArrayList<>();
    for (Layer layer : network.layers()) {
      BigFraction[] z = new BigFraction[layer.outputs()];
      BitSet bits = new BitSet();
      for (int i = 0; i < z.length; i++) {
        z[i] = Fractions.of(layer.bias(i));
        for (int j = 0; j < y.length; j++) {
          z[i] = z[i].add(times(layer.weights().get(i, j), y[j]));
        }
        if (layer.isRelu(i)) {
          bits.set(i, z[i].signum() > 0);
          z[i] = bits.get(i) ? z[i] : BigFraction.ZERO;
        }
      }
      active.add(bits);
      y = z;
    }
    return new Value(y, ActivationPattern.of(active));
  }

  /** The local map of a pattern: the slopes, then the constant. */
  static BigFraction[][] local(ReluNetwork network, ActivationPattern pattern) {
    int m = network.inputs();
    BigFraction[][] rows = new BigFraction[m][m + 1];
    for (int k = 0; k < m; k++) {
      Arrays.fill(rows[k], BigFraction.ZERO);
      rows[k][k] = BigFraction.ONE;
    }
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      BigFraction[][] next = new BigFraction[layer.outputs()][m + 1];
      for (int i = 0; i < next.length; i++) {
        Arrays.fill(next[i], BigFraction.ZERO);
        if (layer.isRelu(i) && !pattern.isActive(l, i)) {
          continue;
        }
        next[i][m] = Fractions.of(layer.bias(i));
        for (int j = 0; j < rows.length; j++) {
          double w = layer.weights().get(i, j);
          for (int k = 0; k <= m && w != 0; k++) {
            next[i][k] = next[i][k].add(times(w, rows[j][k]));
          }
        }
      }
      rows = next;
    }
    return rows;
  }

  private static BigFraction times(double w, BigFraction value) {
    return w == 0 || value.signum() == 0 ? BigFraction.ZERO : value.multiply(Fractions.of(w));
  }
}
