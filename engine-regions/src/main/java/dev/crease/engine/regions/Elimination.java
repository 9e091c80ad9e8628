package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.Arrays;

/** Gauss-Jordan elimination in integers, without fractions (Bareiss, 1968). */
final class Elimination {

  private Elimination() {}

  /**
   * Reduces rows in place on their leading columns: afterwards each row up to the rank has the same
   * pivot in its own column and zero in the columns of the other pivots.
   *
   * @param rows matrix, any further columns being carried along
   * @param columns how many columns may hold pivots, from the left
   * @return for each of these columns its pivot, 0 where it has none; rows with pivots come first,
   *     in the order of their columns
   */
  static BigInteger[] reduce(BigInteger[][] rows, int columns) {
    BigInteger[] pivots = new BigInteger[columns];
    Arrays.fill(pivots, BigInteger.ZERO);
    BigInteger previous = BigInteger.ONE;
    int rank = 0;
    for (int c = 0; c < columns && rank < rows.length; c++) {
      int found = rank;
      while (found < rows.length && rows[found][c].signum() == 0) {
        found++;
      }
      if (found == rows.length) {
        continue;
      }
      BigInteger[] row = rows[found];
      rows[found] = rows[rank];
      rows[rank] = row;
      BigInteger pivot = row[c];
      for (int i = 0; i < rows.length; i++) {
        if (i == rank) {
          continue;
        }
        BigInteger factor = rows[i][c];
        for (int k = 0; k < rows[i].length; k++) {
          BigInteger value = rows[i][k].multiply(pivot);
          if (factor.signum() != 0 && row[k].signum() != 0) {
            value = value.subtract(factor.multiply(row[k]));
          }
          rows[i][k] = value.divide(previous);
        }
      }
      previous = pivot;
      pivots[c] = pivot;
      rank++;
    }
    for (int c = 0; c < columns; c++) {
      if (pivots[c].signum() != 0) {
        pivots[c] = previous;
      }
    }
    return pivots;
  }

  /** The determinant of a square matrix; the matrix is used up. */
  static BigInteger determinant(BigInteger[][] matrix) {
    int n = matrix.length;
    BigInteger previous = BigInteger.ONE;
    int sign = 1;
    for (int c = 0; c < n; c++) {
      int found = c;
      while (found < n && matrix[found][c].signum() == 0) {
        found++;
      }
      if (found == n) {
        return BigInteger.ZERO;
      }
      if (found != c) {
        BigInteger[] swap = matrix[found];
        matrix[found] = matrix[c];
        matrix[c] = swap;
        sign = -sign;
      }
      for (int i = c + 1; i < n; i++) {
        for (int k = n - 1; k > c; k--) {
          matrix[i][k] =
              matrix[i][k]
                  .multiply(matrix[c][c])
                  .subtract(matrix[i][c].multiply(matrix[c][k]))
                  .divide(previous);
        }
      }
      previous = matrix[c][c];
    }
    return n == 0 ? BigInteger.ONE : sign > 0 ? previous : previous.negate();
  }
}
