package dev.crease.network;

import java.util.Arrays;

/** An immutable dense matrix of finite doubles, stored row by row. */
public final class Matrix {

  private final int rows;
  private final int columns;
  private final double[] data;

  private Matrix(int rows, int columns, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /**
   * A matrix from its entries in row-major order.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param data {@code rows * columns} finite entries, copied
   * @throws IllegalArgumentException if the count is wrong or an entry is not finite
   */
  public static Matrix ofRowMajor(int rows, int columns, double[] data) {
    if (rows < 0 || columns < 0 || data.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "a " + rows + " x " + columns + " matrix cannot have " + data.length + " entries");
    }
    for (int k = 0; k < data.length; k++) {
      if (!Double.isFinite(data[k])) {
        throw new IllegalArgumentException(
            "entry (" + k / columns + ", " + k % columns + ") is " + data[k] + ", not finite");
      }
    }
    return new Matrix(rows, columns, data.clone());
  }

  /**
   * A matrix from its rows.
   *
   * @param rows rows of one length, copied
   * @throws IllegalArgumentException if the rows differ in length or an entry is not finite
   */
  public static Matrix of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] data = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " entries, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, data, i * columns, columns);
    }
    return ofRowMajor(rows.length, columns, data);
  }

  /** The identity of size {@code n}. */
  public static Matrix identity(int n) {
    double[] data = new double[n * n];
    for (int i = 0; i < n; i++) {
      data[i * n + i] = 1;
    }
    return new Matrix(n, n, data);
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Entry in row {@code i}, column {@code j}, both counted from 0. */
  public double get(int i, int j) {
    return data[i * columns + j];
  }

  /** A copy of row {@code i}. */
  public double[] row(int i) {
    return Arrays.copyOfRange(data, i * columns, (i + 1) * columns);
  }

  /** A copy of the entries in row-major order. */
  public double[] toRowMajor() {
    return data.clone();
  }

  /** The product with a vector of length {@link #columns()}, summed left to right. */
  public double[] times(double[] x) {
    if (x.length != columns) {
      throw new IllegalArgumentException(
          "a vector of length " + x.length + " does not fit " + columns + " columns");
    }
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      int base = i * columns;
      for (int j = 0; j < columns; j++) {
        sum += data[base + j] * x[j];
      }
      y[i] = sum;
    }
    return y;
  }

  /** The product {@code this * other}, rounded. */
  public Matrix times(Matrix other) {
    if (other.rows != columns) {
      throw new IllegalArgumentException(
          "a "
              + rows
              + " x "
              + columns
              + " matrix cannot be multiplied by one of "
              + other.rows
              + " rows");
    }
    double[] product = new double[rows * other.columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        double a = data[i * columns + k];
        if (a != 0) {
          int from = k * other.columns;
          int to = i * other.columns;
          for (int j = 0; j < other.columns; j++) {
            product[to + j] += a * other.data[from + j];
          }
        }
      }
    }
    return new Matrix(rows, other.columns, product);
  }

  /** The matrix of the given rows, in the given order. */
  public Matrix selectRows(int... indices) {
    double[] selected = new double[indices.length * columns];
    for (int k = 0; k < indices.length; k++) {
      System.arraycopy(data, indices[k] * columns, selected, k * columns, columns);
    }
    return new Matrix(indices.length, columns, selected);
  }

  /** Number of entries that are not zero. */
  public int nonZeros() {
    int count = 0;
    for (double value : data) {
      if (value != 0) {
        count++;
      }
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + " x " + columns + "]";
  }
}
