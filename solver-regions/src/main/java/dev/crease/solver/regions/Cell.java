package dev.crease.solver.regions;

import dev.crease.Unsupported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A full-dimensional convex polytope as its vertices and facets. Splitting it by a hyperplane is
 * the double-description step (Motzkin et al., 1953; Fukuda and Prodon, 1996): the new vertices are
 * on the edges whose ends have opposite signs, and two vertices span an edge when no third one lies
 * on all the facets that they share.
 */
final class Cell {

  private static final int MOST_FACETS = Long.SIZE;

  private final int m;
  private final Vertex[] vertices;
  private final long[] incidence;
  private final Hyperplane[] facets;
  private final byte[] sides;
  private final double[] middle;
  private final double[] halfWidth;
  private final double error;

  /**
   * @param vertices its corners
   * @param incidence for each vertex the facets that it lies on, as bits
   * @param facets the hyperplanes of its facets
   * @param sides for each facet the sign that its function has inside
   */
  private Cell(int m, Vertex[] vertices, long[] incidence, Hyperplane[] facets, byte[] sides) {
    this.m = m;
    this.vertices = vertices;
    this.incidence = incidence;
    this.facets = facets;
    this.sides = sides;
    middle = new double[m];
    halfWidth = new double[m];
    double worst = 0;
    for (Vertex v : vertices) {
      worst = Math.max(worst, v.error());
    }
    error = worst;
    for (int k = 0; k < m; k++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Vertex v : vertices) {
        low = Math.min(low, v.x(k));
        high = Math.max(high, v.x(k));
      }
      middle[k] = low + (high - low) / 2;
      halfWidth[k] = Math.nextUp(Math.max(high - middle[k], middle[k] - low));
    }
  }

  /**
   * A box.
   *
   * @param sides the hyperplanes {@code x_k = lower_k} (positive inside) and {@code x_k = upper_k}
   *     (negative inside), by turns
   */
  static Cell box(int m, Hyperplane... sides) {
    int corners = 1 << m;
    Vertex[] vertices = new Vertex[corners];
    long[] incidence = new long[corners];
    byte[] signs = new byte[2 * m];
    for (int k = 0; k < m; k++) {
      signs[2 * k] = 1;
      signs[2 * k + 1] = -1;
    }
    for (int c = 0; c < corners; c++) {
      Hyperplane[] own = new Hyperplane[m];
      for (int k = 0; k < m; k++) {
        int facet = 2 * k + (c >> k & 1);
        own[k] = sides[facet];
        incidence[c] |= 1L << facet;
      }
      vertices[c] = Vertex.of(m, own);
    }
    return new Cell(m, vertices, incidence, sides.clone(), signs);
  }

  int dimension() {
    return m;
  }

  Vertex[] vertices() {
    return vertices;
  }

  Hyperplane[] facets() {
    return facets;
  }

  /** The sign that the function of a facet has inside. */
  int side(int facet) {
    return sides[facet];
  }

  /** Bits of the facets that a vertex lies on. */
  long incidence(int vertex) {
    return incidence[vertex];
  }

  /** Middle of the bounding box of the rounded vertices. */
  double[] middle() {
    return middle;
  }

  /** Half-widths of that box. */
  double[] halfWidth() {
    return halfWidth;
  }

  /** A bound on the error of every coordinate of a vertex. */
  double error() {
    return error;
  }

  /**
   * The part on one side of a hyperplane that has vertices strictly on both.
   *
   * @param signs the exact sign of its function at each vertex
   * @param made the vertices on it that {@link #cuts} made
   */
  Cell part(Hyperplane plane, int[] signs, int side, List<Cut> made) {
    int kept = 0;
    for (int sign : signs) {
      kept += sign == 0 || sign == side ? 1 : 0;
    }
    int count = kept + made.size();
    Vertex[] newVertices = new Vertex[count];
    long[] bits = new long[count];
    long cutBit = 1L << facets.length;
    int next = 0;
    for (int i = 0; i < signs.length; i++) {
      if (signs[i] == 0 || signs[i] == side) {
        newVertices[next] = vertices[i];
        bits[next++] = signs[i] == 0 ? incidence[i] | cutBit : incidence[i];
      }
    }
    for (Cut cut : made) {
      newVertices[next] = cut.vertex();
      bits[next++] = cut.facets() | cutBit;
    }
    // Facets that the part only touches, if at all, go.
    int[] place = new int[facets.length + 1];
    int facetCount = 0;
    for (int f = 0; f <= facets.length; f++) {
      int on = 0;
      for (long b : bits) {
        on += (int) (b >>> f & 1);
      }
      place[f] = on >= m ? facetCount++ : -1;
    }
    Hyperplane[] newFacets = new Hyperplane[facetCount];
    byte[] newSides = new byte[facetCount];
    for (int f = 0; f <= facets.length; f++) {
      if (place[f] >= 0) {
        newFacets[place[f]] = f < facets.length ? facets[f] : plane;
        newSides[place[f]] = f < facets.length ? sides[f] : (byte) side;
      }
    }
    for (int i = 0; i < count; i++) {
      long old = bits[i];
      long mapped = 0;
      while (old != 0) {
        int f = Long.numberOfTrailingZeros(old);
        old &= old - 1;
        if (place[f] >= 0) {
          mapped |= 1L << place[f];
        }
      }
      bits[i] = mapped;
    }
    return new Cell(m, newVertices, bits, newFacets, newSides);
  }

  /**
   * The part on the inner side of a hyperplane.
   *
   * @param plane positive outside
   */
  Cell within(Hyperplane plane) {
    int[] signs = new int[vertices.length];
    boolean outside = false;
    for (int i = 0; i < signs.length; i++) {
      signs[i] = plane.exactSign(vertices[i]);
      outside |= signs[i] > 0;
    }
    return outside ? part(plane, signs, -1, cuts(plane, signs)) : this;
  }

  /**
   * A vertex on a cut edge.
   *
   * @param vertex where the edge meets the hyperplane
   * @param facets bits of the facets that the edge lies on
   */
  record Cut(Vertex vertex, long facets) {}

  /**
   * The vertices where a hyperplane cuts edges.
   *
   * @throws Unsupported if the cell would have more facets than it can hold
   */
  List<Cut> cuts(Hyperplane plane, int[] signs) {
    if (facets.length >= MOST_FACETS) {
      throw new Unsupported("a linear region with more than " + MOST_FACETS + " facets");
    }
    List<Cut> made = new ArrayList<>(4);
    for (int i = 0; i < signs.length; i++) {
      if (signs[i] <= 0) {
        continue;
      }
      for (int j = 0; j < signs.length; j++) {
        if (signs[j] >= 0) {
          continue;
        }
        long common = incidence[i] & incidence[j];
        if (Long.bitCount(common) >= m - 1 && isEdge(i, j, common)) {
          made.add(new Cut(meet(plane, common), common));
        }
      }
    }
    return made;
  }

  private boolean isEdge(int i, int j, long common) {
    if (m <= 2) {
      return true;
    }
    for (int k = 0; k < incidence.length; k++) {
      if (k != i && k != j && (incidence[k] & common) == common) {
        return false;
      }
    }
    return true;
  }

  private Vertex meet(Hyperplane plane, long common) {
    Hyperplane[] own = new Hyperplane[Long.bitCount(common) + 1];
    int next = 0;
    for (long rest = common; rest != 0; rest &= rest - 1) {
      own[next++] = facets[Long.numberOfTrailingZeros(rest)];
    }
    own[next] = plane;
    return Vertex.of(m, own);
  }

  /** For a polygon the indices of its vertices, each next to its neighbours on the border. */
  int[] around() {
    int[] order = new int[vertices.length];
    boolean[] taken = new boolean[vertices.length];
    taken[0] = true;
    long last = 0;
    for (int step = 1; step < order.length; step++) {
      int from = order[step - 1];
      int found = -1;
      for (int j = 0; j < order.length && found < 0; j++) {
        long shared = incidence[from] & incidence[j] & ~last;
        if (!taken[j] && shared != 0) {
          found = j;
          last = shared;
        }
      }
      if (found < 0) {
        throw new IllegalStateException("the border of a polygon is not closed");
      }
      taken[found] = true;
      order[step] = found;
    }
    return order;
  }

  @Override
  public String toString() {
    return "Cell" + Arrays.stream(vertices).map(v -> Arrays.toString(v.x())).toList();
  }
}
