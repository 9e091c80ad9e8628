package dev.crease.network;

import java.util.Arrays;

/**
 * An immutable matrix of finite doubles, stored row by row. A large one of which few entries are
 * not zero, such as of a convolution, stores those alone; which way is a matter of the entries, so
 * that equal matrices are stored alike.
 *
 * <p>Whoever goes through the entries of a row that count takes those from {@link #start} to {@link
 * #end}: all that are not zero, in the order of their columns, and zeros too where all are stored.
 */
public final class Matrix {

  /** Below this size the index would cost more than the zeros. */
  private static final int LEAST_SPARSE = 1 << 12;

  /** A sparse matrix has at most one entry in so many; entries are looked up in the logarithm. */
  private static final int ENTRIES_PER_STORED = 8;

  private static final int[] ALL = {};

  private final int rows;
  private final int columns;

  /** Where each row begins in {@code data}, and one more; empty where all entries are stored. */
  private final int[] starts;

  /** The column of each stored entry; empty where all entries are stored. */
  private final int[] indices;

  private final double[] data;

  private Matrix(int rows, int columns, int[] starts, int[] indices, double[] data) {
    this.rows = rows;
    this.columns = columns;
    this.starts = starts;
    this.indices = indices;
    this.data = data;
  }

  /** A matrix of all its entries, which it takes over. */
  private static Matrix of(int rows, int columns, double[] data) {
    if (data.length >= LEAST_SPARSE) {
      int stored = 0;
      for (double value : data) {
        stored += isStored(value) ? 1 : 0;
      }
      if ((long) stored * ENTRIES_PER_STORED <= data.length) {
        return compressed(rows, columns, data, stored);
      }
    }
    return new Matrix(rows, columns, ALL, ALL, data);
  }

  private static Matrix compressed(int rows, int columns, double[] data, int stored) {
    int[] starts = new int[rows + 1];
    int[] indices = new int[stored];
    double[] values = new double[stored];
    int k = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double value = data[i * columns + j];
        if (isStored(value)) {
          indices[k] = j;
          values[k++] = value;
        }
      }
      starts[i + 1] = k;
    }
    return new Matrix(rows, columns, starts, indices, values);
  }

  /** A negative zero is stored: it is another entry than a positive one. */
  private static boolean isStored(double value) {
    return Double.doubleToRawLongBits(value) != 0;
  }

  private boolean isSparse() {
    return starts.length > 0;
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
    return of(rows, columns, data.clone());
  }

  /**
   * A matrix from some entries of its rows; the others are 0.
   *
   * @param columns number of columns, at least 0
   * @param indices by row, the columns of the entries, in increasing order
   * @param values by row, the entries, finite
   * @throws IllegalArgumentException if the lengths differ, an index is out of range or not above
   *     the one before it, an entry is not finite, or there are more entries than an array holds
   */
  public static Matrix ofSparseRows(int columns, int[][] indices, double[][] values) {
    int rows = indices.length;
    if (values.length != rows) {
      throw new IllegalArgumentException(
          "there are " + rows + " rows of indices and " + values.length + " of entries");
    }
    long stored = 0;
    for (int i = 0; i < rows; i++) {
      checkRow(i, columns, indices[i], values[i]);
      stored += Arrays.stream(values[i]).filter(Matrix::isStored).count();
    }
    long size = (long) rows * columns;
    if (size < LEAST_SPARSE || stored * ENTRIES_PER_STORED > size) {
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a " + rows + " x " + columns + " matrix of " + stored + " entries is too large");
      }
      double[] data = new double[(int) size];
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < indices[i].length; k++) {
          data[i * columns + indices[i][k]] = values[i][k];
        }
      }
      return new Matrix(rows, columns, ALL, ALL, data);
    }
    int[] starts = new int[rows + 1];
    int[] all = new int[(int) stored];
    double[] data = new double[all.length];
    int n = 0;
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < indices[i].length; k++) {
        if (isStored(values[i][k])) {
          all[n] = indices[i][k];
          data[n++] = values[i][k];
        }
      }
      starts[i + 1] = n;
    }
    return new Matrix(rows, columns, starts, all, data);
  }

  private static void checkRow(int i, int columns, int[] indices, double[] values) {
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "row " + i + " has " + indices.length + " indices and " + values.length + " entries");
    }
    for (int k = 0; k < indices.length; k++) {
      int least = k == 0 ? 0 : indices[k - 1] + 1;
      if (indices[k] < least || indices[k] >= columns || !Double.isFinite(values[k])) {
        throw new IllegalArgumentException(
            "entry ("
                + i
                + ", "
                + indices[k]
                + ") is "
                + values[k]
                + ", out of place or not finite");
      }
    }
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
    return of(n, n, data);
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
    if (isSparse()) {
      int k = Arrays.binarySearch(indices, starts[i], starts[i + 1], j);
      return k < 0 ? 0 : data[k];
    }
    return data[i * columns + j];
  }

  /** Where the stored entries of row {@code i} begin. */
  public int start(int i) {
    return isSparse() ? starts[i] : i * columns;
  }

  /** One after the last stored entry of row {@code i}. */
  public int end(int i) {
    return isSparse() ? starts[i + 1] : (i + 1) * columns;
  }

  /** The column of a stored entry of row {@code i}, between its start and its end. */
  public int column(int i, int k) {
    return isSparse() ? indices[k] : k - i * columns;
  }

  /** A stored entry, between the start and the end of its row. */
  public double stored(int k) {
    return data[k];
  }

  /** A copy of row {@code i}. */
  public double[] row(int i) {
    if (!isSparse()) {
      return Arrays.copyOfRange(data, i * columns, (i + 1) * columns);
    }
    double[] row = new double[columns];
    for (int k = starts[i]; k < starts[i + 1]; k++) {
      row[indices[k]] = data[k];
    }
    return row;
  }

  /** A copy of the entries in row-major order. */
  public double[] toRowMajor() {
    if (!isSparse()) {
      return data.clone();
    }
    double[] all = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        all[i * columns + indices[k]] = data[k];
      }
    }
    return all;
  }

  /** Adds a multiple of row {@code i} to an array of length {@link #columns()} or more. */
  public void addRow(int i, double factor, double[] to) {
    if (isSparse()) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        to[indices[k]] += factor * data[k];
      }
      return;
    }
    int base = i * columns;
    for (int j = 0; j < columns; j++) {
      to[j] += factor * data[base + j];
    }
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
      if (isSparse()) {
        for (int k = starts[i]; k < starts[i + 1]; k++) {
          sum += data[k] * x[indices[k]];
        }
      } else {
        int base = i * columns;
        for (int j = 0; j < columns; j++) {
          sum += data[base + j] * x[j];
        }
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
    double[] row = new double[other.columns];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(row, 0);
      for (int k = start(i); k < end(i); k++) {
        if (data[k] != 0) {
          other.addRow(column(i, k), data[k], row);
        }
      }
      System.arraycopy(row, 0, product, i * other.columns, row.length);
    }
    return of(rows, other.columns, product);
  }

  /** The matrix of the given rows, in the given order. */
  public Matrix selectRows(int... selected) {
    int[][] columnsOf = new int[selected.length][];
    double[][] values = new double[selected.length][];
    for (int r = 0; r < selected.length; r++) {
      int i = selected[r];
      columnsOf[r] = new int[end(i) - start(i)];
      for (int k = start(i); k < end(i); k++) {
        columnsOf[r][k - start(i)] = column(i, k);
      }
      values[r] = Arrays.copyOfRange(data, start(i), end(i));
    }
    return ofSparseRows(columns, columnsOf, values);
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
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(indices, that.indices)
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
