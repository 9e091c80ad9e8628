package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import java.math.BigInteger;
import org.hipparchus.fraction.BigFraction;

/**
 * By how much a leaf's map, turned around, magnifies a difference of outputs: the norm of the
 * inverse of its matrix, rounded up.
 *
 * <p>It bounds pairs of points in two leaves too whose patterns differ in one neuron. That neuron's
 * pre-activation is one affine function {@code n x + b} on both; the matrices differ by some {@code
 * u n'} (the map is continuous), so that {@code f(x) - f(x') = (A - mu u n') (x - x')} with {@code
 * mu} in [0, 1]. Where both determinants have one sign, so has that of any {@code mu}, on which it
 * depends affinely; the inverse is that of {@code A} plus a matrix times a number that is monotone
 * in {@code mu} (Sherman and Morrison, 1950), and its norm, convex in that number, is largest at an
 * end.
 */
final class Gain {

  private Gain() {}

  /** Whether the larger gain of two leaves bounds pairs of points, one in each. */
  static boolean tells(Leaf a, Leaf b) {
    int flips = 0;
    for (int w = 0; w < a.active().length; w++) {
      flips += Long.bitCount(a.active()[w] ^ b.active()[w]);
    }
    return flips == 0 || (flips == 1 && a.sign() != 0 && a.sign() == b.sign());
  }

  /**
   * The gain of a leaf of a square map.
   *
   * @param norm 1 or infinity, of inputs and outputs
   * @return infinite where the matrix is singular
   */
  static double of(Leaf leaf, Norm norm) {
    ExactRow[] exact = leaf.exactRows(0);
    int m = exact.length;
    int scale = 0;
    for (ExactRow row : exact) {
      scale = Math.max(scale, row.scale());
    }
    BigInteger[][] rows = new BigInteger[m][2 * m];
    for (int i = 0; i < m; i++) {
      BigInteger[] row = exact[i].at(scale);
      for (int k = 0; k < m; k++) {
        rows[i][k] = row[k];
        rows[i][m + k] = i == k ? BigInteger.ONE : BigInteger.ZERO;
      }
    }
    BigInteger[] pivots = Elimination.reduce(rows, m);
    BigFraction most = BigFraction.ZERO;
    for (int i = 0; i < m; i++) {
      if (pivots[i].signum() == 0) {
        return Double.POSITIVE_INFINITY;
      }
      BigInteger sum = BigInteger.ZERO;
      for (int k = 0; k < m; k++) {
        sum = sum.add((norm == Norm.LINF ? rows[i][m + k] : rows[k][m + i]).abs());
      }
      BigFraction size = new BigFraction(sum.shiftLeft(scale), pivots[i].abs());
      most = size.compareTo(most) > 0 ? size : most;
    }
    return Math.nextUp(Rationals.nearest(most));
  }
}
