package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Identities that hold exactly, on random matrices. */
class EliminationTest {

  private static BigInteger[][] random(Random random, int rows, int columns, int bits) {
    BigInteger[][] matrix = new BigInteger[rows][columns];
    for (BigInteger[] row : matrix) {
      for (int k = 0; k < columns; k++) {
        BigInteger size = new BigInteger(bits, random);
        row[k] = random.nextBoolean() ? size : size.negate();
      }
    }
    return matrix;
  }

  private static BigInteger[][] times(BigInteger[][] a, BigInteger[][] b) {
    BigInteger[][] product = new BigInteger[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b[0].length; k++) {
        product[i][k] = BigInteger.ZERO;
        for (int j = 0; j < b.length; j++) {
          product[i][k] = product[i][k].add(a[i][j].multiply(b[j][k]));
        }
      }
    }
    return product;
  }

  private static BigInteger[][] copy(BigInteger[][] matrix) {
    return Arrays.stream(matrix).map(BigInteger[]::clone).toArray(BigInteger[][]::new);
  }

  private static int rank(BigInteger[][] matrix, int columns) {
    return (int)
        Arrays.stream(Elimination.reduce(copy(matrix), columns))
            .filter(p -> p.signum() != 0)
            .count();
  }

  @Test
  void aPlantedSolutionComesOut() {
    Random random = new Random(4);
    for (int i = 0; i < 400; i++) {
      int n = 1 + random.nextInt(6);
      BigInteger[][] a = random(random, n + random.nextInt(3), n, 1 + random.nextInt(80));
      if (rank(a, n) < n) {
        continue;
      }
      BigInteger[][] x = random(random, n, 1, 40);
      BigInteger[][] right = times(a, x);
      BigInteger[][] system = new BigInteger[a.length][];
      for (int r = 0; r < a.length; r++) {
        system[r] = Arrays.copyOf(a[r], n + 1);
        system[r][n] = right[r][0];
      }
      BigInteger[] pivots = Elimination.reduce(system, n);
      for (int k = 0; k < n; k++) {
        assertEquals(pivots[0], pivots[k]);
        for (int c = 0; c < n; c++) {
          assertEquals(c == k ? pivots[k] : BigInteger.ZERO, system[k][c]);
        }
        assertEquals(pivots[k].multiply(x[k][0]), system[k][n]);
      }
      for (int r = n; r < system.length; r++) {
        assertTrue(Arrays.stream(system[r]).allMatch(v -> v.signum() == 0));
      }
    }
  }

  @Test
  void aProductHasNoMoreRankThanItsFactors() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      int inner = 1 + random.nextInt(3);
      BigInteger[][] product =
          times(random(random, 5, inner, 30), random(random, inner, 4 + random.nextInt(3), 30));
      int columns = product[0].length;
      assertTrue(rank(product, columns) <= inner);
      // Reduced rows combine to the original ones: stacked on them they add no rank.
      BigInteger[][] reduced = copy(product);
      Elimination.reduce(reduced, columns);
      BigInteger[][] both = new BigInteger[10][];
      System.arraycopy(product, 0, both, 0, 5);
      System.arraycopy(reduced, 0, both, 5, 5);
      assertEquals(rank(product, columns), rank(both, columns));
    }
  }

  @Test
  void determinantsMultiplyAndChangeSignWithRows() {
    Random random = new Random(6);
    for (int i = 0; i < 200; i++) {
      int n = 1 + random.nextInt(5);
      BigInteger[][] a = random(random, n, n, random.nextInt(60));
      BigInteger[][] b = random(random, n, n, 2);
      BigInteger product = Elimination.determinant(times(a, b));
      BigInteger ofA = Elimination.determinant(copy(a));
      assertEquals(ofA.multiply(Elimination.determinant(copy(b))), product);
      assertEquals(rank(a, n) == n, ofA.signum() != 0);
      if (n > 1) {
        BigInteger[] first = a[0];
        a[0] = a[n - 1];
        a[n - 1] = first;
        assertEquals(ofA.negate(), Elimination.determinant(a));
      }
    }
  }
}
