package dev.crease.witness;

import dev.crease.network.ActivationPattern;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.hipparchus.fraction.BigFraction;

/**
 * A network in rational arithmetic: its values, its patterns, its local maps. Doubles are whole
 * numbers times a power of two, so it is all done in whole numbers over one denominator.
 */
final class ExactMap {

  private static final int MANTISSA = 52;

  private final ReluNetwork network;
  private final List<Whole> layers;

  /**
   * A layer in whole numbers.
   *
   * @param weights times {@code 2^exponent}
   * @param bias times {@code 2^exponent}
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Whole(BigInteger[][] weights, BigInteger[] bias, int exponent) {}

  private ExactMap(ReluNetwork network, List<Whole> layers) {
    this.network = network;
    this.layers = layers;
  }

  /** The map of a network. */
  static ExactMap of(ReluNetwork network) {
    return new ExactMap(network, network.layers().stream().map(ExactMap::whole).toList());
  }

  /**
   * What a network does at a point.
   *
   * @param outputs its outputs; do not modify
   * @param pattern which neurons are above their kink
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Value(BigFraction[] outputs, ActivationPattern pattern) {}

  /** Whether no neuron changes its sign between two points. */
  boolean isAffineBetween(List<BigFraction> a, List<BigFraction> b) {
    List<int[]> first = signs(a);
    List<int[]> second = signs(b);
    for (int k = 0; k < first.size(); k++) {
      for (int i = 0; i < first.get(k).length; i++) {
        if (network.layers().get(k).isRelu(i) && first.get(k)[i] * second.get(k)[i] < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private List<int[]> signs(List<BigFraction> x) {
    List<int[]> signs = new ArrayList<>();
    walk(x, z -> signs.add(Arrays.stream(z).mapToInt(BigInteger::signum).toArray()));
    return signs;
  }

  /**
   * The slopes of a region.
   *
   * @param slopes outputs by inputs, times {@code 2^exponent}; do not modify
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Slopes(BigInteger[][] slopes, int exponent) {}

  /** A point of doubles, exactly. */
  static List<BigFraction> point(double[] x) {
    List<BigFraction> result = new ArrayList<>();
    for (double value : x) {
      result.add(Fractions.of(value));
    }
    return result;
  }

  /** The value at a point. */
  Value evaluate(List<BigFraction> x) {
    return walk(x, z -> {});
  }

  /**
   * The value at a point.
   *
   * @param seen is given the pre-activations of each layer, over a denominator above 0
   */
  private Value walk(List<BigFraction> x, Consumer<BigInteger[]> seen) {
    BigInteger denominator = BigInteger.ONE;
    for (BigFraction value : x) {
      BigInteger d = value.getDenominator();
      denominator = denominator.divide(denominator.gcd(d)).multiply(d);
    }
    BigInteger[] y = new BigInteger[x.size()];
    for (int i = 0; i < y.length; i++) {
      BigFraction value = x.get(i);
      y[i] = value.getNumerator().multiply(denominator.divide(value.getDenominator()));
    }
    List<BitSet> active = new ArrayList<>();
    for (int k = 0; k < layers.size(); k++) {
      Whole layer = layers.get(k);
      BigInteger[] z = new BigInteger[layer.bias().length];
      BitSet bits = new BitSet();
      for (int i = 0; i < z.length; i++) {
        z[i] = layer.bias()[i].multiply(denominator);
        for (int j = 0; j < y.length; j++) {
          if (layer.weights()[i][j].signum() != 0 && y[j].signum() != 0) {
            z[i] = z[i].add(layer.weights()[i][j].multiply(y[j]));
          }
        }
        if (network.layers().get(k).isRelu(i)) {
          bits.set(i, z[i].signum() > 0);
        }
      }
      seen.accept(z);
      for (int i = 0; i < z.length; i++) {
        if (network.layers().get(k).isRelu(i) && z[i].signum() < 0) {
          z[i] = BigInteger.ZERO;
        }
      }
      active.add(bits);
      denominator = denominator.shiftLeft(layer.exponent());
      y = z;
    }
    BigFraction[] outputs = new BigFraction[y.length];
    for (int i = 0; i < y.length; i++) {
      outputs[i] = new BigFraction(y[i], denominator);
    }
    return new Value(outputs, ActivationPattern.of(active));
  }

  /** The slopes of the outputs on the region of a pattern. */
  Slopes slopes(ActivationPattern pattern) {
    int m = network.inputs();
    BigInteger[][] rows = new BigInteger[m][m];
    for (int k = 0; k < m; k++) {
      Arrays.fill(rows[k], BigInteger.ZERO);
      rows[k][k] = BigInteger.ONE;
    }
    int exponent = 0;
    for (int l = 0; l < layers.size(); l++) {
      Whole layer = layers.get(l);
      BigInteger[][] next = new BigInteger[layer.bias().length][m];
      for (int i = 0; i < next.length; i++) {
        Arrays.fill(next[i], BigInteger.ZERO);
        if (network.layers().get(l).isRelu(i) && !pattern.isActive(l, i)) {
          continue;
        }
        for (int j = 0; j < rows.length; j++) {
          BigInteger w = layer.weights()[i][j];
          for (int k = 0; k < m && w.signum() != 0; k++) {
            if (rows[j][k].signum() != 0) {
              next[i][k] = next[i][k].add(w.multiply(rows[j][k]));
            }
          }
        }
      }
      exponent += layer.exponent();
      rows = next;
    }
    return new Slopes(rows, exponent);
  }

  private static Whole whole(Layer layer) {
    int exponent = 0;
    for (int i = 0; i < layer.outputs(); i++) {
      exponent = Math.max(exponent, places(layer.bias(i)));
      for (int j = 0; j < layer.inputs(); j++) {
        exponent = Math.max(exponent, places(layer.weights().get(i, j)));
      }
    }
    BigInteger[][] weights = new BigInteger[layer.outputs()][layer.inputs()];
    BigInteger[] bias = new BigInteger[layer.outputs()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = shifted(layer.bias(i), exponent);
      for (int j = 0; j < layer.inputs(); j++) {
        weights[i][j] = shifted(layer.weights().get(i, j), exponent);
      }
    }
    return new Whole(weights, bias, exponent);
  }

  /** How many binary places behind the point a double has. */
  private static int places(double value) {
    if (value == 0) {
      return 0;
    }
    return Math.max(0, -unit(value) - Long.numberOfTrailingZeros(mantissa(value)));
  }

  /** A double times a power of two that makes it whole. */
  private static BigInteger shifted(double value, int exponent) {
    if (value == 0) {
      return BigInteger.ZERO;
    }
    long mantissa = mantissa(value);
    BigInteger whole = BigInteger.valueOf(value < 0 ? -mantissa : mantissa);
    int shift = unit(value) + exponent;
    return shift >= 0 ? whole.shiftLeft(shift) : whole.shiftRight(-shift);
  }

  /** The power of two that a double's mantissa counts. */
  private static int unit(double value) {
    return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - MANTISSA;
  }

  private static long mantissa(double value) {
    long bits = Double.doubleToLongBits(value) & ((1L << MANTISSA) - 1);
    return Math.abs(value) >= Double.MIN_NORMAL ? bits | (1L << MANTISSA) : bits;
  }
}
