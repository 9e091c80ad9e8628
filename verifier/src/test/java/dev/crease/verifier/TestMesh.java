package dev.crease.verifier;

import dev.crease.certify.Cover;
import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/**
 * Meshes made without the engine and without the checker: a box along a grid, each of its cells cut
 * into simplices (Freudenthal 1942), and then every edge on which a ReLU changes its sign cut at
 * its kink, layer by layer.
 */
final class TestMesh {

  private final int m;
  private final List<List<BigFraction>> vertices = new ArrayList<>();
  private List<List<Integer>> simplices = new ArrayList<>();

  private TestMesh(int m) {
    this.m = m;
  }

  static BigFraction rational(double value) {
    // BigFraction(0.0) equals no other zero.
    return value == 0 ? BigFraction.ZERO : new BigFraction(value);
  }

  static List<BigFraction> point(double... x) {
    List<BigFraction> point = new ArrayList<>();
    for (double value : x) {
      point.add(rational(value));
    }
    return point;
  }

  /**
   * The box of half width {@code reach} around a centre, with {@code cells} cells along each axis.
   */
  static TestMesh box(double[] center, BigFraction reach, int cells) {
    TestMesh mesh = new TestMesh(center.length);
    int m = center.length;
    Map<List<Integer>, Integer> index = new LinkedHashMap<>();
    for (List<Integer> at : grid(m, cells + 1)) {
      index.put(at, mesh.vertices.size());
      List<BigFraction> vertex = new ArrayList<>();
      for (int k = 0; k < m; k++) {
        BigFraction step = reach.multiply(2).divide(cells).multiply(at.get(k));
        vertex.add(rational(center[k]).subtract(reach).add(step));
      }
      mesh.vertices.add(vertex);
    }
    for (List<Integer> cell : grid(m, cells)) {
      for (List<Integer> order : permutations(m)) {
        List<Integer> at = new ArrayList<>(cell);
        List<Integer> simplex = new ArrayList<>(List.of(index.get(at)));
        for (int axis : order) {
          at.set(axis, at.get(axis) + 1);
          simplex.add(index.get(List.copyOf(at)));
        }
        if (isOdd(order)) {
          Collections.swap(simplex, m - 1, m);
        }
        mesh.simplices.add(simplex);
      }
    }
    return mesh;
  }

  /** One simplex, positively oriented. */
  static TestMesh simplex(double[]... corners) {
    TestMesh mesh = new TestMesh(corners.length - 1);
    List<Integer> simplex = new ArrayList<>();
    for (double[] corner : corners) {
      simplex.add(mesh.vertices.size());
      mesh.vertices.add(point(corner));
    }
    mesh.simplices.add(simplex);
    return mesh;
  }

  private static List<List<Integer>> grid(int m, int size) {
    List<List<Integer>> all = List.of(List.of());
    for (int k = 0; k < m; k++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> start : all) {
        for (int i = 0; i < size; i++) {
          List<Integer> next = new ArrayList<>(start);
          next.add(i);
          longer.add(next);
        }
      }
      all = longer;
    }
    return all;
  }

  private static List<List<Integer>> permutations(int m) {
    return grid(m, m).stream().filter(p -> p.stream().distinct().count() == m).toList();
  }

  private static boolean isOdd(List<Integer> order) {
    int inversions = 0;
    for (int i = 0; i < order.size(); i++) {
      for (int j = 0; j < i; j++) {
        inversions += order.get(j) > order.get(i) ? 1 : 0;
      }
    }
    return inversions % 2 == 1;
  }

  /** Cuts the mesh along all kinks of a network. */
  TestMesh cut(ReluNetwork network) {
    for (int k = 0; k < network.layers().size(); k++) {
      for (int i = 0; i < network.layers().get(k).outputs(); i++) {
        if (network.layers().get(k).isRelu(i)) {
          cut(network, k, i);
        }
      }
    }
    return this;
  }

  private void cut(ReluNetwork network, int k, int i) {
    List<BigFraction> values = new ArrayList<>();
    for (List<BigFraction> vertex : vertices) {
      values.add(preActivation(network, vertex, k, i));
    }
    for (int s = 0; s < simplices.size(); ) {
      int[] edge = crossing(simplices.get(s), values);
      if (edge.length == 0) {
        s++;
      } else {
        split(edge[0], edge[1], values);
      }
    }
  }

  private static int[] crossing(List<Integer> simplex, List<BigFraction> values) {
    for (int v : simplex) {
      for (int w : simplex) {
        if (values.get(v).signum() < 0 && values.get(w).signum() > 0) {
          return new int[] {v, w};
        }
      }
    }
    return new int[0];
  }

  private void split(int v, int w, List<BigFraction> values) {
    BigFraction t = values.get(v).divide(values.get(v).subtract(values.get(w)));
    List<BigFraction> kink = new ArrayList<>();
    for (int k = 0; k < m; k++) {
      BigFraction from = vertices.get(v).get(k);
      kink.add(from.add(vertices.get(w).get(k).subtract(from).multiply(t)));
    }
    int middle = vertices.size();
    vertices.add(kink);
    values.add(BigFraction.ZERO);
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> simplex : simplices) {
      if (simplex.contains(v) && simplex.contains(w)) {
        all.add(simplex.stream().map(x -> x == v ? middle : x).toList());
        all.add(simplex.stream().map(x -> x == w ? middle : x).toList());
      } else {
        all.add(simplex);
      }
    }
    simplices = all;
  }

  private static BigFraction preActivation(
      ReluNetwork network, List<BigFraction> x, int layer, int neuron) {
    List<BigFraction> y = x;
    for (int k = 0; ; k++) {
      Layer at = network.layers().get(k);
      List<BigFraction> z = new ArrayList<>();
      for (int i = 0; i < at.outputs(); i++) {
        BigFraction sum = rational(at.bias(i));
        for (int j = 0; j < at.inputs(); j++) {
          sum = sum.add(rational(at.weights().get(i, j)).multiply(y.get(j)));
        }
        if (k == layer && i == neuron) {
          return sum;
        }
        z.add(at.isRelu(i) && sum.signum() < 0 ? BigFraction.ZERO : sum);
      }
      y = z;
    }
  }

  /** Leaves out the simplices that have a vertex at a point. */
  TestMesh without(List<BigFraction> point) {
    int vertex = vertices.indexOf(point);
    if (vertex < 0) {
      throw new IllegalArgumentException("there is no vertex at " + point);
    }
    simplices = simplices.stream().filter(s -> !s.contains(vertex)).toList();
    return this;
  }

  /** Both meshes, side by side. */
  TestMesh and(TestMesh other) {
    int offset = vertices.size();
    vertices.addAll(other.vertices);
    simplices = new ArrayList<>(simplices);
    other.simplices.forEach(s -> simplices.add(s.stream().map(v -> v + offset).toList()));
    return this;
  }

  int vertexAt(double... x) {
    return vertices.indexOf(point(x));
  }

  Cover cover(BigFraction radius) {
    return new Cover(radius, vertices, simplices);
  }
}
