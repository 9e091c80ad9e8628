package dev.crease.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MatrixTest {

  private static final Matrix A = Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  @Test
  void readsBackWhatWasPutIn() {
    assertEquals(2, A.rows());
    assertEquals(3, A.columns());
    assertEquals(6, A.get(1, 2));
    assertArrayEquals(new double[] {4, 5, 6}, A.row(1));
    assertEquals(A, Matrix.ofRowMajor(2, 3, A.toRowMajor()));
    assertEquals(A.hashCode(), Matrix.ofRowMajor(2, 3, A.toRowMajor()).hashCode());
    assertNotEquals(A, Matrix.ofRowMajor(3, 2, A.toRowMajor()));
    assertEquals(6, A.nonZeros());
    assertEquals("Matrix[2 x 3]", A.toString());
  }

  @Test
  void copiesInAndOut() {
    double[] data = {1, 2};
    Matrix m = Matrix.ofRowMajor(1, 2, data);
    data[0] = 9;
    m.toRowMajor()[0] = 9;
    m.row(0)[0] = 9;
    assertEquals(1, m.get(0, 0));
  }

  @Test
  void multiplies() {
    assertArrayEquals(new double[] {14, 32}, A.times(new double[] {1, 2, 3}));
    assertEquals(A, A.times(Matrix.identity(3)));
    assertEquals(A, Matrix.identity(2).times(A));
    assertEquals(
        Matrix.of(new double[][] {{14, 32}, {32, 77}}),
        A.times(Matrix.of(new double[][] {{1, 4}, {2, 5}, {3, 6}})));
  }

  @Test
  void selectsRows() {
    assertEquals(Matrix.of(new double[][] {{4, 5, 6}, {1, 2, 3}}), A.selectRows(1, 0));
  }

  @Test
  void mayBeEmpty() {
    assertEquals(0, Matrix.of(new double[0][]).rows());
    assertEquals(0, Matrix.ofRowMajor(0, 4, new double[0]).times(new double[4]).length);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertSays("5 entries", () -> Matrix.ofRowMajor(2, 3, new double[5]));
    assertSays("-1", () -> Matrix.ofRowMajor(-1, -1, new double[1]));
    assertSays("(1, 0) is NaN", () -> Matrix.of(new double[][] {{1, 2}, {Double.NaN, 4}}));
    assertSays("not finite", () -> Matrix.of(new double[][] {{Double.NEGATIVE_INFINITY}}));
    assertSays("row 1 has 1", () -> Matrix.of(new double[][] {{1, 2}, {3}}));
    assertSays("length 2", () -> A.times(new double[2]));
    assertSays("2 rows", () -> A.times(A));
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
