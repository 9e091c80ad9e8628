package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cone of directions with a linear function that is not below the norm on it: in the norms 1 and
 * infinity the norm itself, on the cone over a face of the unit ball. In norm 2 the cone is spanned
 * by vectors {@code g_i} on which the function is their length, rounded up; as the norm is convex,
 * it is not above the function in between, and the nearer the narrower the cone is.
 *
 * @param rows linear functions that are not negative on the cone
 * @param length coefficients of the function, times its denominator
 * @param denominator positive
 * @param spanning in norm 2 the vectors that span the cone, else none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DirectionCone(
    List<BigInteger[]> rows,
    BigInteger[] length,
    BigInteger denominator,
    List<BigInteger[]> spanning) {

  /** The length of spanning vectors in norm 2, as a power of two. */
  private static final int BITS = 24;

  /** Cones that cover all directions. */
  static List<DirectionCone> all(Norm norm, int dimension) {
    List<DirectionCone> cones = new ArrayList<>();
    if (norm == Norm.LINF) {
      for (int j = 0; j < dimension; j++) {
        cones.add(face(dimension, j, 1));
        cones.add(face(dimension, j, -1));
      }
      return cones;
    }
    for (int signs = 0; signs < 1 << dimension; signs++) {
      List<BigInteger[]> vectors = new ArrayList<>();
      for (int k = 0; k < dimension; k++) {
        BigInteger one = norm == Norm.L2 ? BigInteger.ONE.shiftLeft(BITS) : BigInteger.ONE;
        vectors.add(unit(dimension, k, (signs >> k & 1) == 0 ? one : one.negate()));
      }
      cones.add(norm == Norm.L2 ? spanned(vectors) : orthant(vectors));
    }
    return cones;
  }

  private static BigInteger[] unit(int dimension, int k, BigInteger value) {
    BigInteger[] row = new BigInteger[dimension];
    Arrays.fill(row, BigInteger.ZERO);
    row[k] = value;
    return row;
  }

  /** {@code +-d_j >= |d_k|} for all k. */
  private static DirectionCone face(int dimension, int j, int sign) {
    BigInteger[] length = unit(dimension, j, BigInteger.valueOf(sign));
    List<BigInteger[]> rows = new ArrayList<>();
    rows.add(length);
    for (int k = 0; k < dimension; k++) {
      if (k != j) {
        for (int side : new int[] {1, -1}) {
          BigInteger[] row = length.clone();
          row[k] = BigInteger.valueOf(side);
          rows.add(row);
        }
      }
    }
    return new DirectionCone(rows, length, BigInteger.ONE, List.of());
  }

  private static DirectionCone orthant(List<BigInteger[]> rows) {
    BigInteger[] length = rows.get(0).clone();
    for (int i = 1; i < rows.size(); i++) {
      for (int k = 0; k < length.length; k++) {
        length[k] = length[k].add(rows.get(i)[k]);
      }
    }
    return new DirectionCone(rows, length, BigInteger.ONE, List.of());
  }

  /** With {@code d = G a}, {@code a >= 0}, for the matrix G of the vectors. */
  private static DirectionCone spanned(List<BigInteger[]> vectors) {
    int m = vectors.size();
    BigInteger[][] system = new BigInteger[m][2 * m];
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        system[k][i] = vectors.get(i)[k];
        system[k][m + i] = k == i ? BigInteger.ONE : BigInteger.ZERO;
      }
    }
    BigInteger pivot = Elimination.reduce(system, m)[0];
    List<BigInteger[]> rows = new ArrayList<>();
    BigInteger[] length = new BigInteger[m];
    Arrays.fill(length, BigInteger.ZERO);
    for (int i = 0; i < m; i++) {
      BigInteger[] row = Arrays.copyOfRange(system[i], m, 2 * m);
      for (int k = 0; k < m; k++) {
        row[k] = pivot.signum() > 0 ? row[k] : row[k].negate();
        length[k] = length[k].add(row[k].multiply(up(vectors.get(i))));
      }
      rows.add(row);
    }
    return new DirectionCone(rows, length, pivot.abs(), vectors);
  }

  /** The Euclidean length of a vector, rounded up. */
  private static BigInteger up(BigInteger[] vector) {
    BigInteger square = square(vector);
    BigInteger root = square.sqrt();
    return root.multiply(root).equals(square) ? root : root.add(BigInteger.ONE);
  }

  private static BigInteger square(BigInteger[] vector) {
    BigInteger sum = BigInteger.ZERO;
    for (BigInteger x : vector) {
      sum = sum.add(x.multiply(x));
    }
    return sum;
  }

  /** Whether the function is the norm itself. */
  boolean isExact() {
    return spanning.size() < 2;
  }

  /** Two narrower cones, cut through the longest edge. */
  List<DirectionCone> halves() {
    int from = 0;
    int to = 1;
    BigInteger longest = BigInteger.ZERO;
    for (int i = 0; i < spanning.size(); i++) {
      for (int j = i + 1; j < spanning.size(); j++) {
        BigInteger[] edge = spanning.get(i).clone();
        for (int k = 0; k < edge.length; k++) {
          edge[k] = edge[k].subtract(spanning.get(j)[k]);
        }
        if (square(edge).compareTo(longest) > 0) {
          longest = square(edge);
          from = i;
          to = j;
        }
      }
    }
    BigInteger[] middle = middle(spanning.get(from), spanning.get(to));
    List<BigInteger[]> first = new ArrayList<>(spanning);
    List<BigInteger[]> second = new ArrayList<>(spanning);
    first.set(from, middle);
    second.set(to, middle);
    return List.of(spanned(first), spanned(second));
  }

  /** Nearly the unit vector between two, exactly the same for all cones that share the edge. */
  private static BigInteger[] middle(BigInteger[] a, BigInteger[] b) {
    BigInteger[] sum = new BigInteger[a.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = a[k].add(b[k]);
    }
    BigInteger size = square(sum).sqrt();
    for (int k = 0; k < sum.length; k++) {
      sum[k] = sum[k].shiftLeft(BITS).divide(size);
    }
    return sum;
  }

  /** Whether some difference within intervals may lie in the cone, by each row alone. */
  boolean mayHold(double[] low, double[] high) {
    for (BigInteger[] row : rows) {
      double most = 0;
      for (int k = 0; k < row.length; k++) {
        double c = row[k].doubleValue();
        most += Math.max(c * low[k], c * high[k]) * 1.0;
        most += 1e-12 * Math.abs(c) * Math.max(Math.abs(low[k]), Math.abs(high[k]));
      }
      if (most < 0) {
        return false;
      }
    }
    return true;
  }
}
