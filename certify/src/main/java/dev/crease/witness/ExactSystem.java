package dev.crease.witness;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Linear equations in whole numbers, solved without rounding by fraction-free elimination (Bareiss,
 * Sylvester's identity and multistep integer-preserving Gaussian elimination, 1968). So what it
 * says of a rank is certain.
 */
final class ExactSystem {

  private ExactSystem() {}

  /**
   * One solution of {@code a d = right}: unknowns that the equations leave free are 0.
   *
   * @param a whole numbers, equations by unknowns; not modified
   * @param right whole numbers, one for each equation; not modified
   * @return the solution, or nothing when the equations contradict each other
   */
  static Optional<BigFraction[]> solve(BigInteger[][] a, BigInteger[] right) {
    int rows = a.length;
    int unknowns = rows == 0 ? 0 : a[0].length;
    BigInteger[][] m = new BigInteger[rows][];
    for (int i = 0; i < rows; i++) {
      m[i] = Arrays.copyOf(a[i], unknowns + 1);
      m[i][unknowns] = right[i];
    }
    int[] order = new int[unknowns];
    Arrays.setAll(order, j -> j);
    int rank = eliminate(m, order);
    for (int i = rank; i < rows; i++) {
      if (m[i][unknowns].signum() != 0) {
        return Optional.empty();
      }
    }
    BigFraction[] solution = new BigFraction[unknowns];
    Arrays.fill(solution, BigFraction.ZERO);
    for (int i = rank - 1; i >= 0; i--) {
      BigFraction value = new BigFraction(m[i][unknowns]);
      for (int j = i + 1; j < rank; j++) {
        value = value.subtract(solution[order[j]].multiply(m[i][j]));
      }
      solution[order[i]] = value.divide(m[i][i]);
    }
    return Optional.of(solution);
  }

  /** The rank of a matrix of whole numbers; it is not modified. */
  static int rank(BigInteger[][] a) {
    int unknowns = a.length == 0 ? 0 : a[0].length;
    BigInteger[][] m = new BigInteger[a.length][];
    for (int i = 0; i < a.length; i++) {
      m[i] = Arrays.copyOf(a[i], unknowns + 1);
      m[i][unknowns] = BigInteger.ZERO;
    }
    int[] order = new int[unknowns];
    Arrays.setAll(order, j -> j);
    return eliminate(m, order);
  }

  /**
   * Brings a matrix, whose last column is the right-hand side, to triangular form.
   *
   * @param order which unknown each column is of, permuted with the columns
   * @return the rank of the left-hand side
   */
  private static int eliminate(BigInteger[][] m, int[] order) {
    BigInteger previous = BigInteger.ONE;
    int most = Math.min(m.length, order.length);
    for (int step = 0; step < most; step++) {
      if (!pivot(m, order, step)) {
        return step;
      }
      BigInteger pivot = m[step][step];
      for (int i = step + 1; i < m.length; i++) {
        BigInteger factor = m[i][step];
        for (int j = step + 1; j < m[i].length; j++) {
          m[i][j] = pivot.multiply(m[i][j]).subtract(factor.multiply(m[step][j])).divide(previous);
        }
        m[i][step] = BigInteger.ZERO;
      }
      previous = pivot;
    }
    return most;
  }

  /** Brings the largest entry that is left to the diagonal; false when all are 0. */
  private static boolean pivot(BigInteger[][] m, int[] order, int step) {
    int row = step;
    int column = step;
    for (int i = step; i < m.length; i++) {
      for (int j = step; j < order.length; j++) {
        if (m[i][j].abs().compareTo(m[row][column].abs()) > 0) {
          row = i;
          column = j;
        }
      }
    }
    if (m[row][column].signum() == 0) {
      return false;
    }
    BigInteger[] swapped = m[row];
    m[row] = m[step];
    m[step] = swapped;
    if (column != step) {
      for (BigInteger[] each : m) {
        BigInteger entry = each[column];
        each[column] = each[step];
        each[step] = entry;
      }
      int unknown = order[column];
      order[column] = order[step];
      order[step] = unknown;
    }
    return true;
  }
}
