package dev.crease.verifier;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A reduced integer matrix: in every pivot column all entries but one are zero, and all pivots are
 * equal. By Gauss-Jordan elimination without fractions (Bareiss 1968): each entry is a minor of the
 * matrix, so the divisions leave no remainder.
 */
final class Elimination {

  private final BigInteger[][] rows;
  private final int[] pivots;
  private int rank;
  private BigInteger pivot = BigInteger.ONE;
  private int swaps;

  /**
   * Reduces a copy of a matrix.
   *
   * @param columns number of leading columns among which pivots are looked for
   */
  Elimination(BigInteger[][] matrix, int columns) {
    rows = Arrays.stream(matrix).map(BigInteger[]::clone).toArray(BigInteger[][]::new);
    pivots = new int[Math.min(rows.length, columns)];
    for (int column = 0; column < columns && rank < rows.length; column++) {
      int found = rank;
      while (found < rows.length && rows[found][column].signum() == 0) {
        found++;
      }
      if (found < rows.length) {
        reduce(found, column);
      }
    }
  }

  private void reduce(int found, int column) {
    BigInteger[] row = rows[found];
    swaps += found == rank ? 0 : 1;
    rows[found] = rows[rank];
    rows[rank] = row;
    for (BigInteger[] other : rows) {
      BigInteger factor = other[column];
      for (int j = 0; other != row && j < row.length; j++) {
        BigInteger entry = other[j].multiply(row[column]);
        other[j] =
            (factor.signum() == 0 ? entry : entry.subtract(factor.multiply(row[j]))).divide(pivot);
      }
    }
    pivot = row[column];
    pivots[rank++] = column;
  }

  int rank() {
    return rank;
  }

  /** The column of the pivot in a row below the rank. */
  int pivotColumn(int row) {
    return pivots[row];
  }

  /** The sign of the determinant of a square matrix. */
  int determinantSign() {
    return rank < rows.length ? 0 : swaps % 2 == 0 ? pivot.signum() : -pivot.signum();
  }

  /** A vector that spans the kernel, of a matrix of one column more than its rank. */
  Optional<BigInteger[]> kernel() {
    int columns = rows[0].length;
    if (rank != columns - 1) {
      return Optional.empty();
    }
    int free = 0;
    while (free < rank && pivots[free] == free) {
      free++;
    }
    BigInteger[] vector = new BigInteger[columns];
    vector[free] = pivot;
    for (int i = 0; i < rank; i++) {
      vector[pivots[i]] = rows[i][free].negate();
    }
    return Optional.of(vector);
  }

  /**
   * For a regular matrix beside an identity: rows {@code r_i} such that {@code r_i . c_j} is
   * positive for {@code i = j} and else 0, where {@code c_j} are the columns of the matrix.
   */
  BigInteger[][] dualRows() {
    BigInteger[][] dual = new BigInteger[rank][];
    for (int i = 0; i < rank; i++) {
      dual[i] = Arrays.copyOfRange(rows[i], rank, 2 * rank);
      for (int j = 0; j < rank && pivot.signum() < 0; j++) {
        dual[i][j] = dual[i][j].negate();
      }
    }
    return dual;
  }

  static BigInteger[][] transpose(BigInteger[][] matrix) {
    return IntStream.range(0, matrix[0].length)
        .mapToObj(j -> Arrays.stream(matrix).map(row -> row[j]).toArray(BigInteger[]::new))
        .toArray(BigInteger[][]::new);
  }

  static BigInteger dot(BigInteger[] a, BigInteger[] b) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < a.length; i++) {
      if (a[i].signum() != 0 && b[i].signum() != 0) {
        sum = sum.add(a[i].multiply(b[i]));
      }
    }
    return sum;
  }
}
