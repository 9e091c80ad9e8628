package dev.crease.engine.regions;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/** A network in integers: its weights and biases over a power of two for each layer. */
final class ExactNetwork {

  private final ReluNetwork network;
  private final BigInteger[][][] weights;
  private final BigInteger[][] biases;
  private final int[] weightScale;
  private final int[] biasScale;
  private final BigInteger[] origin;
  private final int originScale;

  /**
   * @param origin where the coordinates of the rows have their zero
   */
  ExactNetwork(ReluNetwork network, double[] origin) {
    this.network = network;
    int layers = network.layers().size();
    weights = new BigInteger[layers][][];
    biases = new BigInteger[layers][];
    weightScale = new int[layers];
    biasScale = new int[layers];
    originScale = Rationals.scale(origin);
    this.origin = new BigInteger[origin.length];
    for (int k = 0; k < origin.length; k++) {
      this.origin[k] = Rationals.scaled(origin[k], originScale);
    }
  }

  /** Converts a layer when it is first needed; most questions need few. */
  private synchronized void prepare(int l) {
    if (weights[l] != null) {
      return;
    }
    Layer layer = network.layers().get(l);
    weightScale[l] = Rationals.scale(layer.weights().toRowMajor());
    biasScale[l] = Rationals.scale(layer.bias());
    BigInteger[][] w = new BigInteger[layer.outputs()][layer.inputs()];
    BigInteger[] b = new BigInteger[layer.outputs()];
    for (int i = 0; i < layer.outputs(); i++) {
      for (int j = 0; j < layer.inputs(); j++) {
        w[i][j] = Rationals.scaled(layer.weights().get(i, j), weightScale[l]);
      }
      b[i] = Rationals.scaled(layer.bias(i), biasScale[l]);
    }
    biases[l] = b;
    weights[l] = w;
  }

  /**
   * The pre-activation of a neuron as an affine function of the input, on the region where the
   * neurons of the layers before are active as the pattern says.
   *
   * @param active bits of all neurons; those of layer {@code l} start at {@code offsets[l]}
   */
  ExactRow preActivation(int layer, int neuron, long[] active, int[] offsets) {
    prepare(layer);
    BigInteger[] row = weights[layer][neuron];
    int scale = weightScale[layer];
    BigInteger constant = biases[layer][neuron];
    int constantScale = biasScale[layer];
    for (int l = layer - 1; l >= 0; l--) {
      prepare(l);
      BigInteger[] below = new BigInteger[network.layers().get(l).inputs()];
      java.util.Arrays.fill(below, BigInteger.ZERO);
      BigInteger sum = BigInteger.ZERO;
      for (int j = 0; j < row.length; j++) {
        int bit = offsets[l] + j;
        if (row[j].signum() == 0 || (active[bit >> 6] >>> bit & 1) == 0) {
          continue;
        }
        sum = sum.add(row[j].multiply(biases[l][j]));
        BigInteger[] w = weights[l][j];
        for (int k = 0; k < below.length; k++) {
          if (w[k].signum() != 0) {
            below[k] = below[k].add(row[j].multiply(w[k]));
          }
        }
      }
      int sumScale = scale + biasScale[l];
      int common = Math.max(sumScale, constantScale);
      constant = constant.shiftLeft(common - constantScale).add(sum.shiftLeft(common - sumScale));
      constantScale = common;
      row = below;
      scale += weightScale[l];
    }
    BigInteger shift = BigInteger.ZERO;
    for (int k = 0; k < row.length; k++) {
      shift = shift.add(row[k].multiply(origin[k]));
    }
    int all = Math.max(Math.max(scale, constantScale), scale + originScale);
    BigInteger[] result = new BigInteger[row.length + 1];
    for (int k = 0; k < row.length; k++) {
      result[k] = row[k].shiftLeft(all - scale);
    }
    result[row.length] =
        constant.shiftLeft(all - constantScale).add(shift.shiftLeft(all - scale - originScale));
    return new ExactRow(result, all);
  }

  /**
   * The pre-activation of a neuron, given those of the layer before.
   *
   * @param below the pre-activations of the neurons of the layer before that are active; others are
   *     not there
   */
  ExactRow preActivation(int layer, int neuron, Map<Integer, ExactRow> below) {
    prepare(layer);
    int scale = Math.max(0, biasScale[layer] - weightScale[layer]);
    for (ExactRow row : below.values()) {
      scale = Math.max(scale, row.scale());
    }
    int all = scale + weightScale[layer];
    BigInteger[] sum = new BigInteger[origin.length + 1];
    java.util.Arrays.fill(sum, BigInteger.ZERO);
    sum[origin.length] = biases[layer][neuron].shiftLeft(all - biasScale[layer]);
    for (Map.Entry<Integer, ExactRow> entry : below.entrySet()) {
      BigInteger w = weights[layer][neuron][entry.getKey()];
      if (w.signum() != 0) {
        w = w.shiftLeft(scale - entry.getValue().scale());
        BigInteger[] row = entry.getValue().coefficients();
        for (int k = 0; k < sum.length; k++) {
          sum[k] = sum[k].add(w.multiply(row[k]));
        }
      }
    }
    return new ExactRow(sum, all);
  }

  /** The exact output at a point, given without the shift by the origin. */
  BigFraction[] evaluate(BigFraction[] x) {
    BigFraction[] y = x;
    for (int l = 0; l < weights.length; l++) {
      prepare(l);
      Layer layer = network.layers().get(l);
      BigFraction unit = Rationals.fraction(BigInteger.ONE, weightScale[l]);
      BigFraction[] z = new BigFraction[layer.outputs()];
      for (int i = 0; i < z.length; i++) {
        BigFraction sum = BigFraction.ZERO;
        for (int j = 0; j < y.length; j++) {
          if (y[j].signum() != 0 && weights[l][i][j].signum() != 0) {
            sum = sum.add(y[j].multiply(weights[l][i][j]));
          }
        }
        sum = sum.multiply(unit).add(Rationals.fraction(biases[l][i], biasScale[l]));
        z[i] = layer.isRelu(i) && sum.signum() < 0 ? BigFraction.ZERO : sum;
      }
      y = z;
    }
    return y;
  }
}
