package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The error bound of a vertex holds against the exact point. */
class VertexTest {

  /** A hyperplane whose doubles are off by up to their error bounds. */
  static Hyperplane plane(double[] row, double[] errors, double[] exact) {
    int scale = Rationals.scale(exact);
    BigInteger[] integers =
        Arrays.stream(exact)
            .mapToObj(value -> Rationals.scaled(value, scale))
            .toArray(BigInteger[]::new);
    return new Hyperplane(row, errors, 0, () -> new ExactRow(integers, scale));
  }

  private static Hyperplane blurred(Random random, double[] exact, double blur) {
    double[] row = new double[exact.length];
    double[] errors = new double[exact.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = exact[k] + blur * (2 * random.nextDouble() - 1) * Math.abs(exact[k]);
      errors[k] =
          Rationals.nearest(Rationals.fraction(row[k]).subtract(Rationals.fraction(exact[k])).abs())
              * (1 + 1e-15);
    }
    return plane(row, errors, exact);
  }

  private static void check(Vertex vertex, int m) {
    assertTrue(vertex.error() >= 0 && vertex.error() < Double.POSITIVE_INFINITY);
    BigFraction bound = Rationals.fraction(vertex.error());
    BigFraction[] exact = vertex.fractions();
    for (int k = 0; k < m; k++) {
      BigFraction off = Rationals.fraction(vertex.x(k)).subtract(exact[k]).abs();
      assertTrue(
          off.compareTo(bound) <= 0,
          Rationals.nearest(off) + " off, but the bound is " + vertex.error());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theExactPointIsWithinTheBound(int m) {
    Random random = new Random(m);
    double[] blurs = {0, 1e-16, 1e-14, 1e-10, 1e-6, 1e-3};
    for (int i = 0; i < 600; i++) {
      // How long the rows are, and how far apart those are that are nearly parallel.
      int size = random.nextInt(4) == 0 ? random.nextInt(1900) - 1000 : 0;
      double apart = random.nextInt(3) == 0 ? Math.pow(10, -random.nextInt(17)) : 1;
      double blur = blurs[random.nextInt(blurs.length)];
      double[] common = random.doubles(m + 1, -1, 1).toArray();
      Hyperplane[] planes = new Hyperplane[m];
      for (int j = 0; j < m; j++) {
        double[] row = new double[m + 1];
        for (int k = 0; k <= m; k++) {
          double value = common[k] + apart * (2 * random.nextDouble() - 1);
          row[k] = Math.scalb(value, size + (k == m ? random.nextInt(40) - 30 : 0));
        }
        planes[j] = blurred(random, row, blur);
      }
      BigInteger[][] exact =
          Arrays.stream(planes).map(p -> Arrays.copyOf(p.exact(), m)).toArray(BigInteger[][]::new);
      if (Elimination.determinant(exact).signum() != 0) {
        check(Vertex.of(m, planes), m);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void productsThatUnderflowAreInTheBound(int m) {
    Random random = new Random(10 + m);
    for (int i = 0; i < 400; i++) {
      // Coordinates are of order 1e-20 and rows of order 1e-300: their products are subnormal.
      Hyperplane[] planes = new Hyperplane[m];
      for (int j = 0; j < m; j++) {
        double[] row = random.doubles(m + 1, -1e-300, 1e-300).toArray();
        row[m] *= 1e-20;
        planes[j] = plane(row, new double[m + 1], row);
      }
      check(Vertex.of(m, planes), m);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e160, 1e300})
  void numbersThatOverflowAreRoundedFromTheExactPoint(double size) {
    double[] p = {size, 1, -size};
    double[] q = {1, size, size};
    Vertex vertex = Vertex.of(2, plane(p, new double[3], p), plane(q, new double[3], q));
    check(vertex, 2);
    assertEquals(1, vertex.x(0), 1e-9);
    assertEquals(-1, vertex.x(1), 1e-9);
  }
}
