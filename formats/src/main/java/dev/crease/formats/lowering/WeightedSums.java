package dev.crease.formats.lowering;

import dev.crease.network.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of the elements of a column, each with its weight: row {@code i} is the sum over {@code j}
 * of {@code weight(i, j) * column[operand(i, j)]}.
 *
 * @param operands by row, indices into the column
 * @param weights by row, as many as there are operands
 */
@SuppressWarnings("ArrayRecordComponent") // internal to the package, never compared
public record WeightedSums(int[][] operands, double[][] weights) {

  /** The rows of a matrix. */
  static WeightedSums of(Matrix matrix) {
    int[] all = IntStream.range(0, matrix.columns()).toArray();
    int[][] operands = new int[matrix.rows()][];
    double[][] weights = new double[operands.length][];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = all;
      weights[i] = matrix.row(i);
    }
    return new WeightedSums(operands, weights);
  }

  int rows() {
    return operands.length;
  }

  int terms(int row) {
    return operands[row].length;
  }

  /** Number of products. */
  long terms() {
    return Arrays.stream(operands).mapToLong(row -> row.length).sum();
  }

  int operand(int row, int j) {
    return operands[row][j];
  }

  double weight(int row, int j) {
    return weights[row][j];
  }
}
