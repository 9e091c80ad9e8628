package dev.crease.verifier;

import dev.crease.verifier.Subject.Vertex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * That what is to be determined agrees wherever two simplices have the same image, pair by pair.
 *
 * <p>With the vertices' homogeneous coordinates as columns, the points of two simplices with one
 * image are the weights {@code a, b >= 0}, not all zero, with {@code sum a_i y_i = sum b_j y_j},
 * and there {@code sum a_i z_i = sum b_j z_j} must hold. The weights form a pointed cone, so it is
 * enough to look at its extreme rays: those of smallest support.
 */
final class PairCheck {

  /** What small things cost: lists, sets and calls. */
  private static final int OVERHEAD = 16;

  private final List<Vertex> vertices;
  private final Effort effort;
  private final long bits;

  PairCheck(List<Vertex> vertices, Effort effort) {
    this.vertices = vertices;
    this.effort = effort;
    this.bits = vertices.stream().mapToLong(v -> Sweep.bits(v.y())).max().orElse(0);
    effort.begin("pairs of simplices with overlapping images");
  }

  /** The products that reduce a matrix. */
  static long elimination(long rows, long columns) {
    return OVERHEAD + 2 * rows * columns * Math.min(rows, columns);
  }

  /**
   * A simplex or a point.
   *
   * @param vertices indices of vertices
   * @param isRegular whether the image has the same dimension, so that no two points of it collide
   * @param dual for images of full dimension, by vertex a linear form that is positive there and 0
   *     at the other vertices; else none
   */
  record Piece(int[] vertices, boolean isRegular, BigInteger[][] dual) {

    Set<Integer> set() {
      return new TreeSet<>(IntStream.of(vertices).boxed().toList());
    }
  }

  Piece piece(int... simplex) {
    BigInteger[][] columns = Elimination.transpose(images(IntStream.of(simplex).boxed().toList()));
    int rows = columns.length;
    boolean square = rows == simplex.length;
    effort.spend(elimination(rows, square ? 2L * rows : simplex.length), rows * bits);
    Elimination elimination =
        new Elimination(square ? besideIdentity(columns) : columns, simplex.length);
    boolean regular = elimination.rank() == simplex.length;
    return new Piece(
        simplex, regular, regular && square ? elimination.dualRows() : new BigInteger[0][]);
  }

  private static BigInteger[][] besideIdentity(BigInteger[][] matrix) {
    int n = matrix.length;
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                Stream.concat(
                        Stream.of(matrix[i]),
                        IntStream.range(0, n)
                            .mapToObj(j -> i == j ? BigInteger.ONE : BigInteger.ZERO))
                    .toArray(BigInteger[]::new))
        .toArray(BigInteger[][]::new);
  }

  private BigInteger[][] images(List<Integer> points) {
    return points.stream().map(v -> vertices.get(v).y()).toArray(BigInteger[][]::new);
  }

  /** Whether what is to be determined agrees wherever two pieces have the same image. */
  boolean agree(Piece first, Piece second) {
    Set<Integer> a = first.set();
    Set<Integer> b = second.set();
    effort.spend(OVERHEAD + a.size() + b.size(), 0);
    boolean cut = true;
    while (cut && !a.isEmpty() && !b.isEmpty()) {
      cut = cut(first, a, b) || cut(second, b, a);
    }
    if (a.isEmpty() || b.isEmpty() || (a.equals(b) && first.isRegular)) {
      return true;
    }
    return agreeOnRays(new ArrayList<>(a), new ArrayList<>(b));
  }

  /**
   * Strikes vertices that cannot have a weight: where a linear form is nonnegative on one image and
   * nonpositive on the other, it is zero on both. Returns whether any were struck.
   */
  private boolean cut(Piece piece, Set<Integer> own, Set<Integer> others) {
    for (int k = 0; k < piece.dual.length; k++) {
      int vertex = piece.vertices[k];
      effort.spend((long) others.size() * piece.dual[k].length, piece.vertices.length * bits);
      BigInteger[] form = piece.dual[k];
      List<Integer> below = new ArrayList<>();
      boolean above = false;
      for (int v : others) {
        int sign = v == vertex ? 1 : Elimination.dot(form, vertices.get(v).y()).signum();
        above |= sign > 0;
        if (sign < 0) {
          below.add(v);
        }
      }
      if (!above && (own.remove(vertex) | others.removeAll(below))) {
        return true;
      }
    }
    return false;
  }

  private boolean agreeOnRays(List<Integer> a, List<Integer> b) {
    BigInteger[][] points =
        Stream.concat(Stream.of(images(a)), Stream.of(images(b))).toArray(BigInteger[][]::new);
    effort.spend(
        elimination(points.length, points[0].length) + (1L << points.length) / OVERHEAD,
        points[0].length * bits);
    // Rows that say the same as others would hide the rays: keep independent ones.
    Elimination independent = new Elimination(points, points[0].length);
    int rank = independent.rank();
    for (int choice = 0; choice < 1 << points.length; choice++) {
      if (Integer.bitCount(choice) == rank + 1) {
        effort.spend(2 * elimination(rank, rank + 1L), rank * bits);
        int chosen = choice;
        int[] columns =
            IntStream.range(0, points.length).filter(i -> (chosen >> i & 1) == 1).toArray();
        BigInteger[][] system =
            IntStream.range(0, rank)
                .mapToObj(
                    r ->
                        IntStream.of(columns)
                            .mapToObj(c -> points[c][independent.pivotColumn(r)])
                            .toArray(BigInteger[]::new))
                .toArray(BigInteger[][]::new);
        Optional<BigInteger[]> ray = new Elimination(system, columns.length).kernel();
        if (ray.isPresent() && !agreesOn(ray.get(), columns, a, b)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a solution is none with nonnegative weights, or what is to be determined agrees. */
  private boolean agreesOn(BigInteger[] weights, int[] columns, List<Integer> a, List<Integer> b) {
    int side = 0;
    for (int i = 0; i < columns.length; i++) {
      // In the solution both images are on one side: the weights of the second are negated.
      int sign = columns[i] < a.size() ? weights[i].signum() : -weights[i].signum();
      if (sign != 0 && sign == -side) {
        return true;
      }
      side = sign != 0 ? sign : side;
    }
    BigInteger[] difference = new BigInteger[vertices.get(a.get(0)).z().length];
    for (int k = 0; k < difference.length; k++) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < columns.length; i++) {
        int vertex = columns[i] < a.size() ? a.get(columns[i]) : b.get(columns[i] - a.size());
        sum = sum.add(weights[i].multiply(vertices.get(vertex).z()[k]));
      }
      if (sum.signum() != 0) {
        return false;
      }
    }
    return true;
  }
}
