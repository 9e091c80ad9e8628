package dev.crease.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Matrices with few entries that are not zero, and the same ones as plain arrays. */
class SparseMatrixTest {

  private static final int ROWS = 70;
  private static final int COLUMNS = 80;

  /** Row-major entries, of which so many in a thousand are not zero; one is a negative zero. */
  private static double[] entries(long seed, int rows, int columns, int perMille) {
    Random random = new Random(seed);
    double[] entries = new double[rows * columns];
    Arrays.setAll(entries, k -> random.nextInt(1000) < perMille ? random.nextGaussian() : 0);
    entries[rows] = -0.0;
    return entries;
  }

  private static Matrix byRows(int columns, double[] entries) {
    int[][] indices = new int[entries.length / columns][];
    double[][] values = new double[indices.length][];
    for (int i = 0; i < indices.length; i++) {
      int from = i * columns;
      indices[i] = IntStream.range(0, columns).filter(j -> entries[from + j] != 0).toArray();
      values[i] = Arrays.stream(indices[i]).mapToDouble(j -> entries[from + j]).toArray();
    }
    return Matrix.ofSparseRows(columns, indices, values);
  }

  @Test
  void entriesAreThoseThatWerePutIn() {
    for (int perMille : new int[] {0, 50, 120, 130, 1000}) {
      double[] entries = entries(1, ROWS, COLUMNS, perMille);
      Matrix m = Matrix.ofRowMajor(ROWS, COLUMNS, entries);
      assertArrayEquals(entries, m.toRowMajor());
      int nonZeros = 0;
      for (int i = 0; i < ROWS; i++) {
        assertArrayEquals(Arrays.copyOfRange(entries, i * COLUMNS, (i + 1) * COLUMNS), m.row(i));
        double[] stored = new double[COLUMNS];
        for (int k = m.start(i); k < m.end(i); k++) {
          stored[m.column(i, k)] = m.stored(k);
        }
        assertArrayEquals(m.row(i), stored);
        for (int j = 0; j < COLUMNS; j++) {
          assertEquals(entries[i * COLUMNS + j], m.get(i, j));
          nonZeros += entries[i * COLUMNS + j] != 0 ? 1 : 0;
        }
      }
      assertEquals(nonZeros, m.nonZeros());
    }
  }

  @Test
  void fewEntriesAreStoredAlone() {
    Matrix few = Matrix.ofRowMajor(ROWS, COLUMNS, entries(2, ROWS, COLUMNS, 50));
    assertEquals(few.nonZeros() + 1, few.end(ROWS - 1), "and the negative zero");
    Matrix many = Matrix.ofRowMajor(ROWS, COLUMNS, entries(2, ROWS, COLUMNS, 500));
    assertEquals(ROWS * COLUMNS, many.end(ROWS - 1));
    assertEquals(100, Matrix.identity(10).end(9));
    assertEquals(100, Matrix.identity(100).end(99));
  }

  @Test
  void equalMatricesAreStoredAlike() {
    for (int perMille : new int[] {0, 60, 125, 400}) {
      double[] entries = entries(3, ROWS, COLUMNS, perMille);
      entries[ROWS] = 0;
      Matrix m = Matrix.ofRowMajor(ROWS, COLUMNS, entries);
      assertEquals(m, byRows(COLUMNS, entries));
      assertEquals(m.hashCode(), byRows(COLUMNS, entries).hashCode());
      double[] other = entries.clone();
      other[17] += 1;
      assertNotEquals(m, byRows(COLUMNS, other));
      other[17] = -0.0;
      assertNotEquals(m, Matrix.ofRowMajor(ROWS, COLUMNS, other));
    }
  }

  @Test
  void arithmeticIsThatOfAllEntries() {
    Random random = new Random(4);
    for (int perMille : new int[] {0, 60, 400}) {
      double[] a = entries(5, ROWS, COLUMNS, perMille);
      double[] b = entries(6, COLUMNS, ROWS, perMille);
      Matrix m = Matrix.ofRowMajor(ROWS, COLUMNS, a);
      Matrix n = Matrix.ofRowMajor(COLUMNS, ROWS, b);
      double[] x = random.doubles(COLUMNS).toArray();
      double[] product = new double[ROWS * ROWS];
      double[] combined = x.clone();
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLUMNS; j++) {
          for (int k = 0; k < ROWS; k++) {
            product[i * ROWS + k] += a[i * COLUMNS + j] * b[j * ROWS + k];
          }
        }
      }
      for (int j = 0; j < COLUMNS; j++) {
        combined[j] += 0.3 * a[7 * COLUMNS + j];
      }
      m.addRow(7, 0.3, x);
      assertArrayEquals(combined, x);
      Arrays.setAll(x, j -> combined[j] - 0.3 * a[7 * COLUMNS + j]);
      double[] z = new double[ROWS];
      Arrays.setAll(
          z, i -> IntStream.range(0, COLUMNS).mapToDouble(j -> a[i * COLUMNS + j] * x[j]).sum());
      assertArrayEquals(z, m.times(x), 1e-12);
      assertArrayEquals(product, m.times(n).toRowMajor(), 1e-12);
      int[] some = {3, 3, 69, 0};
      Matrix selected = m.selectRows(some);
      for (int r = 0; r < some.length; r++) {
        assertArrayEquals(m.row(some[r]), selected.row(r));
      }
    }
  }

  @Test
  void refusesRowsThatAreNone() {
    int[][] one = {{0, 2}};
    assertThrows(
        IllegalArgumentException.class, () -> Matrix.ofSparseRows(3, one, new double[][] {{1}}));
    assertThrows(
        IllegalArgumentException.class, () -> Matrix.ofSparseRows(2, one, new double[][] {{1, 2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Matrix.ofSparseRows(3, new int[][] {{2, 0}}, new double[][] {{1, 2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Matrix.ofSparseRows(3, new int[][] {{-1, 0}}, new double[][] {{1, 2}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Matrix.ofSparseRows(3, one, new double[][] {{1, Double.NaN}}));
    assertThrows(
        IllegalArgumentException.class, () -> Matrix.ofSparseRows(3, one, new double[0][]));
    assertEquals(0, Matrix.ofSparseRows(3, new int[0][], new double[0][]).rows());
  }
}
