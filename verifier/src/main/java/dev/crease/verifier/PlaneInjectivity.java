package dev.crease.verifier;

import dev.crease.verifier.Mesh.Facet;
import dev.crease.verifier.Subject.Vertex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * That a map from the line to the line, or from the plane to the plane, is one-to-one on a mesh: by
 * its orientation and, in the plane, by the image of the boundary.
 */
final class PlaneInjectivity {

  private final List<Vertex> vertices;
  private final Effort effort;
  private final long bits;

  private PlaneInjectivity(List<Vertex> vertices, Effort effort, long bits) {
    this.vertices = vertices;
    this.effort = effort;
    this.bits = bits;
  }

  static void check(Mesh mesh, Effort effort) {
    effort.begin("orientation of the images");
    long bits = mesh.vertices().stream().mapToLong(v -> Sweep.bits(v.y())).max().orElse(0);
    int side = 0;
    for (int i = 0; i < mesh.simplices().size(); i++) {
      BigInteger[][] image =
          IntStream.of(mesh.simplices().get(i))
              .mapToObj(v -> mesh.vertices().get(v).y())
              .toArray(BigInteger[][]::new);
      effort.spend(PairCheck.elimination(image.length, image.length), image.length * bits);
      int sign = new Elimination(image, image.length).determinantSign();
      side = i == 0 ? sign : side;
      if (sign == 0 || sign != side) {
        throw new Refusal(
            "lower.simplices["
                + i
                + "] is mapped with determinant 0, or turned over against the first");
      }
    }
    if (mesh.simplices().get(0).length == 2) {
      if (mesh.boundary().size() != 2) {
        throw new Refusal("lower: the mesh is not one interval");
      }
      return;
    }
    effort.begin("image of the boundary");
    new PlaneInjectivity(mesh.vertices(), effort, bits).checkPolygon(polygon(mesh.boundary()));
  }

  /** The boundary edges as one closed polygon. */
  private static List<Integer> polygon(List<Facet> boundary) {
    Map<Integer, Integer> next = new HashMap<>();
    for (Facet edge : boundary) {
      int from = edge.vertices().get(edge.isEven() ? 0 : 1);
      if (next.put(from, edge.vertices().get(edge.isEven() ? 1 : 0)) != null) {
        throw new Refusal("lower: the boundary passes vertex " + from + " twice");
      }
    }
    List<Integer> polygon = new ArrayList<>();
    int start = next.keySet().iterator().next();
    Integer at = start;
    while (at != null && (at != start || polygon.isEmpty()) && polygon.size() < next.size()) {
      polygon.add(at);
      at = next.get(at);
    }
    if (at == null || at != start || polygon.size() != next.size()) {
      throw new Refusal("lower: the boundary is not one closed polygon");
    }
    return polygon;
  }

  /** Checks that the image of a closed polygon is simple. */
  private void checkPolygon(List<Integer> polygon) {
    int n = polygon.size();
    List<List<BigInteger[]>> edges =
        IntStream.range(0, n)
            .mapToObj(i -> List.of(image(polygon.get(i)), image(polygon.get((i + 1) % n))))
            .toList();
    for (int i = 0; i < n; i++) {
      effort.spend(PairCheck.elimination(3, 3), 3 * bits);
      if (turnsBack(edges.get(i), edges.get((i + 1) % n))) {
        throw touching(polygon.get((i + 1) % n), polygon.get((i + 1) % n));
      }
    }
    Sweep.overlaps(
        edges,
        effort,
        (i, j) -> {
          effort.spend(4 * PairCheck.elimination(3, 3), 3 * bits);
          if (j - i != 1 && j - i != n - 1 && meet(edges.get(i), edges.get(j))) {
            throw touching(polygon.get(i), polygon.get(j));
          }
        });
  }

  private static Refusal touching(int v, int w) {
    return new Refusal(
        "lower: the image of the boundary touches itself at the edges from vertices "
            + v
            + " and "
            + w);
  }

  private BigInteger[] image(int vertex) {
    return vertices.get(vertex).y();
  }

  private static int side(BigInteger[] a, BigInteger[] b, BigInteger[] c) {
    return new Elimination(new BigInteger[][] {a, b, c}, 3).determinantSign();
  }

  /** Whether two edges a-b and b-c have more than b in common. */
  private static boolean turnsBack(List<BigInteger[]> ab, List<BigInteger[]> bc) {
    BigInteger[] a = ab.get(0);
    BigInteger[] b = ab.get(1);
    BigInteger[] c = bc.get(1);
    BigInteger product = BigInteger.ZERO;
    for (int k = 1; k <= 2; k++) {
      BigInteger toA = a[k].multiply(b[0]).subtract(b[k].multiply(a[0]));
      BigInteger toC = c[k].multiply(b[0]).subtract(b[k].multiply(c[0]));
      product = product.add(toA.multiply(toC));
    }
    return product.signum() > 0 && side(a, b, c) == 0;
  }

  /** Whether two edges of which the bounding boxes meet have a point in common. */
  private static boolean meet(List<BigInteger[]> ab, List<BigInteger[]> cd) {
    BigInteger[] a = ab.get(0);
    BigInteger[] b = ab.get(1);
    BigInteger[] c = cd.get(0);
    BigInteger[] d = cd.get(1);
    return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
  }
}
