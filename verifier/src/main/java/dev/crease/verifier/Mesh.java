package dev.crease.verifier;

import dev.crease.verifier.Subject.Vertex;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;

/**
 * A mesh of which it is checked that it covers a ball and that the networks are affine on each of
 * its simplices; see the package for why the checks suffice.
 *
 * @param vertices with their values
 * @param simplices indices of vertices, positively oriented
 * @param boundary the facets that belong to one simplex only
 */
record Mesh(List<Vertex> vertices, List<int[]> simplices, List<Facet> boundary) {

  /** The vertices of a facet in increasing order, and whether that is the induced orientation. */
  record Facet(List<Integer> vertices, boolean isEven) {}

  /** Of bit operations for the determinants, roughly: some minutes. */
  private static final double MOST_WORK = 0x1p44;

  private static final String VERTICES = "lower.vertices[";
  private static final String SIMPLICES = "lower.simplices[";

  static Mesh check(
      Subject subject, Certificate.Covered lower, String norm, BigInteger[] center, Effort effort) {
    effort.begin("vertices");
    int m = center.length - 1;
    long bits =
        Stream.concat(lower.vertices().stream(), Stream.<BigInteger[]>of(center))
            .flatMap(Arrays::stream)
            .mapToInt(BigInteger::bitLength)
            .max()
            .orElse(0);
    if (Math.pow(m + 1, 3) * bits * bits * lower.simplices().size() > MOST_WORK) {
      throw new Stopped("lower: there are too many simplices of too many digits to check them all");
    }
    checkVertices(lower.vertices(), m);
    // Evaluated side by side; each value depends on its own point only.
    long weights = subject.weights();
    List<Vertex> vertices =
        lower.vertices().stream()
            .parallel()
            .map(
                x -> {
                  effort.spendOnInput(weights, Sweep.bits(x));
                  return subject.at(x);
                })
            .toList();
    effort.begin("simplices");
    for (int i = 0; i < lower.simplices().size(); i++) {
      effort.spendOnInput(PairCheck.elimination(m + 1L, m + 1L), (m + 1) * bits);
      checkSimplex(lower.simplices().get(i), vertices, m, SIMPLICES + i + "]");
    }
    Mesh mesh = new Mesh(vertices, lower.simplices(), boundary(lower.simplices()));
    effort.begin("cover of the ball");
    effort.spendOnInput(
        mesh.simplices.size() * PairCheck.elimination(m + 1L, m + 2L), (m + 1) * bits);
    if (mesh.simplices.stream().noneMatch(s -> mesh.contains(s, center))) {
      throw new Refusal("lower: the centre lies in no simplex");
    }
    int[][] directions = directions(norm, m);
    for (Facet facet : mesh.boundary) {
      effort.spendOnInput(
          PairCheck.elimination(m, m + 1L) + (long) directions.length * m * m, (m + 1) * bits);
      if (!mesh.staysOutside(facet, lower.radius(), norm, center, directions)) {
        throw new Refusal(
            "lower: the facet of vertices "
                + facet.vertices
                + " is on the boundary, and is not seen to stay out of the ball of the radius");
      }
    }
    return mesh;
  }

  private static void checkVertices(List<BigInteger[]> vertices, int m) {
    // Sorted, not hashed: a file can be made whose points all have one hash.
    Map<List<BigInteger>, Integer> seen = new TreeMap<>(Mesh::compare);
    for (int i = 0; i < vertices.size(); i++) {
      BigInteger[] x = vertices.get(i);
      if (x.length != m + 1 || x[0].signum() <= 0) {
        throw new Refusal(
            VERTICES + i + "] is not a positive denominator and " + m + " numerators");
      }
      BigInteger divisor = Arrays.stream(x).reduce(BigInteger.ZERO, BigInteger::gcd);
      Integer twin = seen.put(Arrays.stream(x).map(v -> v.divide(divisor)).toList(), i);
      if (twin != null) {
        throw new Refusal(VERTICES + i + "] is the same point as vertex " + twin);
      }
    }
  }

  private static <T extends Comparable<T>> int compare(List<T> a, List<T> b) {
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      int order = a.get(k).compareTo(b.get(k));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static void checkSimplex(int[] simplex, List<Vertex> vertices, int m, String where) {
    if (simplex.length != m + 1) {
      throw new Refusal(where + " does not have " + (m + 1) + " vertices");
    }
    for (int v : simplex) {
      if (v < 0 || v >= vertices.size()) {
        throw new Refusal(where + " has a vertex " + v + ", which there is not");
      }
    }
    BigInteger[][] x = rows(simplex, vertices);
    // With the denominators first, the determinant has the sign of det(v_1 - v_0, ..., v_m - v_0).
    if (new Elimination(x, m + 1).determinantSign() <= 0) {
      throw new Refusal(where + " is not positively oriented");
    }
    if (!Subject.isAffineOn(Arrays.stream(simplex).mapToObj(vertices::get).toList())) {
      throw new Refusal(where + " lies on both sides of a neuron's kink");
    }
  }

  private static BigInteger[][] rows(int[] points, List<Vertex> vertices) {
    return Arrays.stream(points).mapToObj(v -> vertices.get(v).x()).toArray(BigInteger[][]::new);
  }

  /** The facets that occur once; all others must occur twice, with opposite orientations. */
  private static List<Facet> boundary(List<int[]> simplices) {
    Map<List<Integer>, Facet> open = new TreeMap<>(Mesh::compare);
    Set<List<Integer>> closed = new TreeSet<>(Mesh::compare);
    for (int i = 0; i < simplices.size(); i++) {
      for (int k = 0; k < simplices.get(i).length; k++) {
        Facet facet = facet(simplices.get(i), k);
        Facet other = open.get(facet.vertices);
        if (closed.contains(facet.vertices) || (other != null && other.isEven == facet.isEven)) {
          throw new Refusal(
              SIMPLICES + i + "] is not the only one on its side of the facet " + facet.vertices);
        }
        if (other == null) {
          open.put(facet.vertices, facet);
        } else {
          open.remove(facet.vertices);
          closed.add(facet.vertices);
        }
      }
    }
    return List.copyOf(open.values());
  }

  /** The facet opposite to vertex {@code k}: the others in their order, reversed for odd k. */
  private static Facet facet(int[] simplex, int k) {
    int[] others = IntStream.range(0, simplex.length).filter(i -> i != k).toArray();
    int inversions = k;
    for (int i = 0; i < others.length; i++) {
      for (int j = 0; j < i; j++) {
        inversions += simplex[others[j]] > simplex[others[i]] ? 1 : 0;
      }
    }
    List<Integer> sorted = Arrays.stream(others).map(i -> simplex[i]).sorted().boxed().toList();
    return new Facet(sorted, inversions % 2 == 0);
  }

  /** Whether a simplex, with its border, holds a point. */
  private boolean contains(int[] simplex, BigInteger[] point) {
    BigInteger[][] columns = Arrays.copyOf(rows(simplex, vertices), simplex.length + 1);
    columns[simplex.length] = point;
    // The only relation between them: it must have the point alone on one side.
    BigInteger[] relation =
        new Elimination(Elimination.transpose(columns), columns.length).kernel().orElseThrow();
    int side = relation[simplex.length].signum();
    return side != 0
        && IntStream.range(0, simplex.length).allMatch(i -> relation[i].signum() != side);
  }

  /**
   * Normals {@code u} of faces of the ball, of dual norm 1, each with the components -1, 0 and 1.
   */
  private static int[][] directions(String norm, int m) {
    return switch (norm) {
      case "inf" ->
          IntStream.range(0, 2 * m)
              .mapToObj(i -> IntStream.range(0, m).map(k -> k != i / 2 ? 0 : 1 - 2 * (i % 2)))
              .map(IntStream::toArray)
              .toArray(int[][]::new);
      case "1" ->
          IntStream.range(0, 1 << m)
              .mapToObj(i -> IntStream.range(0, m).map(k -> 1 - 2 * (i >> k & 1)))
              .map(IntStream::toArray)
              .toArray(int[][]::new);
      default -> new int[0][];
    };
  }

  /**
   * Whether some {@code u} has {@code u . (v - c) >= R ||u||_*} at all vertices of a facet: a
   * normal of the ball or that of the facet. Then the facet does not meet the open ball.
   */
  private boolean staysOutside(
      Facet facet, BigFraction radius, String norm, BigInteger[] c, int[][] directions) {
    BigInteger[][] x =
        rows(facet.vertices.stream().mapToInt(Integer::intValue).toArray(), vertices);
    for (int[] u : directions) {
      if (Arrays.stream(x).allMatch(v -> isBeyond(v, u, radius, c))) {
        return true;
      }
    }
    BigInteger[] plane = new Elimination(x, c.length).kernel().orElseThrow();
    BigInteger height = Elimination.dot(plane, c).abs().multiply(radius.getDenominator());
    BigInteger reach = radius.getNumerator().multiply(c[0]);
    Stream<BigInteger> normal = Arrays.stream(plane).skip(1).map(BigInteger::abs);
    return switch (norm) {
      case "inf" ->
          height.compareTo(reach.multiply(normal.reduce(BigInteger.ZERO, BigInteger::add))) >= 0;
      case "1" ->
          height.compareTo(reach.multiply(normal.reduce(BigInteger.ZERO, BigInteger::max))) >= 0;
      default ->
          height
                  .pow(2)
                  .compareTo(
                      reach
                          .pow(2)
                          .multiply(
                              normal.map(h -> h.pow(2)).reduce(BigInteger.ZERO, BigInteger::add)))
              >= 0;
    };
  }

  private static boolean isBeyond(BigInteger[] v, int[] u, BigFraction radius, BigInteger[] c) {
    BigInteger height = BigInteger.ZERO;
    for (int k = 0; k < u.length; k++) {
      BigInteger difference = v[k + 1].multiply(c[0]).subtract(c[k + 1].multiply(v[0]));
      height = height.add(difference.multiply(BigInteger.valueOf(u[k])));
    }
    BigInteger unit = v[0].multiply(c[0]);
    return height.multiply(radius.getDenominator()).compareTo(radius.getNumerator().multiply(unit))
        >= 0;
  }
}
