package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** Linear programs whose optimum is planted, with its multipliers. */
class LinearProgramTest {

  private static final BigInteger BOX = BigInteger.valueOf(1_000_000);

  private final Random random = new Random(7);

  /** A row that has a value at a point. */
  private BigInteger[] row(BigInteger[] point, BigInteger value) {
    int n = point.length;
    BigInteger[] row = new BigInteger[n + 1];
    BigInteger rest = value;
    for (int k = 0; k < n; k++) {
      row[k] = BigInteger.valueOf(random.nextInt(19) - 9);
      rest = rest.subtract(row[k].multiply(point[k]));
    }
    row[n] = rest;
    return row;
  }

  private BigInteger[] point(int n) {
    BigInteger[] point = new BigInteger[n];
    Arrays.setAll(point, k -> BigInteger.valueOf(random.nextInt(201) - 100));
    return point;
  }

  private static void add(BigInteger[] sum, BigInteger[] row, int factor) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] = sum[k].add(row[k].multiply(BigInteger.valueOf(factor)));
    }
  }

  /** Solves one with its optimum at a point; some rows are tight there without need. */
  private void planted(int n, int equations, int others, int superfluous) {
    BigInteger[] optimum = point(n);
    LinearProgram program = new LinearProgram(n, BOX);
    BigInteger[] objective = new BigInteger[n + 1];
    Arrays.fill(objective, BigInteger.ZERO);
    BigInteger[][] tight = new BigInteger[n][];
    for (int i = 0; i < n; i++) {
      tight[i] = row(optimum, BigInteger.ZERO);
      if (i < equations) {
        program.equal(tight[i]);
        add(objective, tight[i], random.nextInt(9) - 4);
      } else {
        program.atLeast(tight[i]);
        add(objective, tight[i], 1 + random.nextInt(5));
      }
    }
    for (int i = 0; i < others; i++) {
      program.atLeast(row(optimum, BigInteger.valueOf(1 + random.nextInt(1000))));
    }
    for (int i = 0; i < superfluous; i++) {
      program.atLeast(row(optimum, BigInteger.ZERO));
    }
    BigInteger[][] slopes =
        Arrays.stream(tight).map(r -> Arrays.copyOf(r, n)).toArray(BigInteger[][]::new);
    boolean isUnique = Elimination.determinant(slopes).signum() != 0;
    LinearProgram.Reduced reduced = program.reduced().orElseThrow();
    BigInteger[] found = reduced.minimize(objective).orElseThrow().homogeneous();
    // The value is 0 there, and by the multipliers nowhere less.
    assertEquals(0, ExactRow.times(objective, found).signum());
    if (isUnique) {
      BigFraction[] fractions = new LinearProgram.Point(found).fractions();
      assertArrayEquals(
          Arrays.stream(optimum).map(BigFraction::new).toArray(BigFraction[]::new), fractions);
    }
  }

  @Test
  void thePlantedOptimumIsFound() {
    for (int i = 0; i < 300; i++) {
      int n = 1 + random.nextInt(6);
      planted(n, random.nextInt(n), random.nextInt(20), 0);
    }
  }

  @Test
  void degenerateCornersEndToo() {
    for (int i = 0; i < 100; i++) {
      int n = 2 + random.nextInt(4);
      planted(n, random.nextInt(2), random.nextInt(8), 2 * n);
    }
  }

  @Test
  void whatIsInfeasibleIsCalledSo() {
    for (int i = 0; i < 200; i++) {
      int n = 1 + random.nextInt(5);
      LinearProgram program = new LinearProgram(n, BOX);
      // Rows that add up to a negative constant.
      BigInteger[] last = new BigInteger[n + 1];
      Arrays.fill(last, BigInteger.ZERO);
      for (int k = 0; k < n; k++) {
        BigInteger[] row = row(point(n), BigInteger.ZERO);
        program.atLeast(row);
        add(last, row, -1 - random.nextInt(4));
      }
      last[n] = last[n].subtract(BigInteger.ONE);
      program.atLeast(last);
      Optional<LinearProgram.Point> found =
          program.reduced().orElseThrow().minimize(row(point(n), BigInteger.ZERO));
      assertTrue(found.isEmpty());
    }
  }

  @Test
  void equationsThatContradictAreInfeasible() {
    LinearProgram program = new LinearProgram(2, BOX);
    program.equal(new BigInteger[] {BigInteger.ONE, BigInteger.TWO, BigInteger.ONE});
    program.equal(new BigInteger[] {BigInteger.TWO, BigInteger.valueOf(4), BigInteger.ONE});
    assertTrue(program.reduced().isEmpty());
  }
}
