package dev.crease.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class ExactSystemTest {

  private static BigInteger[][] product(Random random, int rows, int inner, int columns) {
    BigInteger[][] matrix = new BigInteger[rows][columns];
    int[][] a = new int[rows][inner];
    int[][] b = new int[inner][columns];
    for (int[] row : a) {
      java.util.Arrays.setAll(row, i -> random.nextInt(19) - 9);
    }
    for (int[] row : b) {
      java.util.Arrays.setAll(row, i -> random.nextInt(19) - 9);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long sum = 0;
        for (int t = 0; t < inner; t++) {
          sum += (long) a[i][t] * b[t][j];
        }
        matrix[i][j] = BigInteger.valueOf(sum);
      }
    }
    return matrix;
  }

  @Test
  void ranksOfProductsAreTheirInnerDimension() {
    Random random = new Random(2);
    for (int inner = 0; inner <= 4; inner++) {
      for (int k = 0; k < 20; k++) {
        assertEquals(inner, ExactSystem.rank(product(random, 5, inner, 6)));
      }
    }
  }

  @Test
  void solutionsFulfilTheirEquations() {
    Random random = new Random(3);
    for (int k = 0; k < 200; k++) {
      int rows = 1 + random.nextInt(5);
      int columns = 1 + random.nextInt(5);
      BigInteger[][] a = product(random, rows, 1 + random.nextInt(4), columns);
      BigInteger[] right = new BigInteger[rows];
      int[] chosen = random.ints(columns, -9, 10).toArray();
      for (int i = 0; i < rows; i++) {
        right[i] = BigInteger.ZERO;
        for (int j = 0; j < columns; j++) {
          right[i] = right[i].add(a[i][j].multiply(BigInteger.valueOf(chosen[j])));
        }
      }
      BigFraction[] d = ExactSystem.solve(a, right).orElseThrow();
      for (int i = 0; i < rows; i++) {
        BigFraction sum = BigFraction.ZERO;
        for (int j = 0; j < columns; j++) {
          sum = sum.add(d[j].multiply(a[i][j]));
        }
        assertEquals(new BigFraction(right[i]), sum);
      }
    }
  }

  @Test
  void equationsThatContradictEachOtherHaveNoSolution() {
    BigInteger[][] a = {{BigInteger.ONE, BigInteger.TWO}, {BigInteger.TWO, BigInteger.valueOf(4)}};
    assertEquals(
        Optional.empty(), ExactSystem.solve(a, new BigInteger[] {BigInteger.ONE, BigInteger.ONE}));
    assertTrue(ExactSystem.solve(a, new BigInteger[] {BigInteger.ONE, BigInteger.TWO}).isPresent());
  }
}
