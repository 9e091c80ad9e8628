package dev.crease.certify;

import dev.crease.network.ActivationPattern;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.math.BigInteger;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * The rank of a Jacobian without rounding: doubles are dyadic rationals, and their products are
 * taken modulo the prime {@code 2^61 - 1}, where a power of two only turns the bits. The rank there
 * is never above the true one, and below it only by an accident of one in {@code 2^60}.
 */
final class ModularRank {

  private static final int BITS = 61;
  private static final long P = (1L << BITS) - 1;

  private ModularRank() {}

  /** The derivatives of the outputs on the region of a pattern, row by row, modulo the prime. */
  static long[][] jacobian(ReluNetwork f, ActivationPattern pattern) {
    int m = f.inputs();
    long[][] now = new long[m][m];
    for (int i = 0; i < m; i++) {
      now[i][i] = 1;
    }
    List<Layer> layers = f.layers();
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      long[][] next = new long[layer.outputs()][m];
      for (int i = 0; i < layer.outputs(); i++) {
        if (layer.isRelu(i) && !pattern.isActive(k, i)) {
          continue;
        }
        for (int t = 0; t < layer.inputs(); t++) {
          long w = of(layer.weights().get(i, t));
          if (w != 0) {
            for (int j = 0; j < m; j++) {
              next[i][j] = sum(next[i][j], times(w, now[t][j]));
            }
          }
        }
      }
      now = next;
    }
    return now;
  }

  /** The rank of a matrix, which is overwritten. */
  static int of(long[][] matrix) {
    int rank = 0;
    int columns = matrix.length == 0 ? 0 : matrix[0].length;
    for (int j = 0; j < columns && rank < matrix.length; j++) {
      int pivot = rank;
      while (pivot < matrix.length && matrix[pivot][j] == 0) {
        pivot++;
      }
      if (pivot == matrix.length) {
        continue;
      }
      long[] row = matrix[pivot];
      matrix[pivot] = matrix[rank];
      matrix[rank] = row;
      long inverse = power(row[j], P - 2);
      for (int i = rank + 1; i < matrix.length; i++) {
        long factor = times(matrix[i][j], inverse);
        if (factor != 0) {
          for (int c = j; c < columns; c++) {
            matrix[i][c] = sum(matrix[i][c], P - times(factor, row[c]));
          }
        }
      }
      rank++;
    }
    return rank;
  }

  /** A finite double modulo the prime. */
  static long of(double value) {
    if (value == 0) {
      return 0;
    }
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
    long mantissa = (long) Math.abs(scaled(value, exponent));
    long turned = mantissa % P;
    int turn = Math.floorMod(exponent, BITS);
    if (turn > 0) {
      turned = ((turned << turn) & P) | (turned >>> (BITS - turn));
    }
    turned = turned == P ? 0 : turned;
    return value > 0 || turned == 0 ? turned : P - turned;
  }

  /**
   * A fraction of doubles' sums and products modulo the prime: its denominator is a power of two.
   */
  static long of(BigFraction value) {
    BigInteger p = BigInteger.valueOf(P);
    return value
        .getNumerator()
        .mod(p)
        .multiply(value.getDenominator().modInverse(p))
        .mod(p)
        .longValueExact();
  }

  private static double scaled(double value, int exponent) {
    // In two steps, as one factor may be no double.
    return Math.scalb(Math.scalb(value, -exponent / 2), -exponent + exponent / 2);
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum >= P ? sum - P : sum;
  }

  private static long times(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    // a b = high 2^64 + low, and 2^61 is 1.
    long folded = (low & P) + ((low >>> BITS) | (high << (64 - BITS)));
    folded = (folded & P) + (folded >>> BITS);
    return folded == P ? 0 : folded;
  }

  private static long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long e = exponent; e > 0; e >>= 1) {
      if ((e & 1) == 1) {
        result = times(result, square);
      }
      square = times(square, square);
    }
    return result;
  }
}
