package dev.crease.engine.regions;

import java.math.BigInteger;
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

  private final int m;
  private final Vertex[] vertices;
  private final long[] incidence;
  private final int words;
  private final Hyperplane[] facets;
  private final byte[] sides;
  private final double[] middle;
  private final double[] halfWidth;
  private final double error;

  /**
   * @param vertices its corners
   * @param incidence for each vertex the facets that it lies on, as bits of so many words that
   *     there is one for each facet
   * @param facets the hyperplanes of its facets
   * @param sides for each facet the sign that its function has inside
   */
  private Cell(int m, Vertex[] vertices, long[] incidence, Hyperplane[] facets, byte[] sides) {
    this.m = m;
    this.vertices = vertices;
    this.incidence = incidence;
    this.facets = facets;
    this.sides = sides;
    this.words = words(facets.length);
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
    // At most 64 facets, so one word each.
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

  /** How many longs hold a bit for each facet. */
  private static int words(int facets) {
    return (facets + Long.SIZE - 1) / Long.SIZE;
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

  /** How many words of bits there are for the facets that a vertex lies on. */
  int words() {
    return words;
  }

  /** A word of the bits of the facets that a vertex lies on. */
  long incidence(int vertex, int word) {
    return incidence[vertex * words + word];
  }

  /** Whether two vertices lie on one facet. */
  boolean shareFacet(int i, int j) {
    for (int w = 0; w < words; w++) {
      if ((incidence[i * words + w] & incidence[j * words + w]) != 0) {
        return true;
      }
    }
    return false;
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
    int wide = words(facets.length + 1);
    long[] bits = new long[count * wide];
    int cutWord = facets.length >> 6;
    long cutBit = 1L << facets.length;
    int next = 0;
    for (int i = 0; i < signs.length; i++) {
      if (signs[i] == 0 || signs[i] == side) {
        newVertices[next] = vertices[i];
        System.arraycopy(incidence, i * words, bits, next * wide, words);
        if (signs[i] == 0) {
          bits[next * wide + cutWord] |= cutBit;
        }
        next++;
      }
    }
    for (Cut cut : made) {
      newVertices[next] = cut.vertex();
      for (int w = 0; w < words; w++) {
        bits[next * wide + w] = common(cut.from(), cut.to(), w);
      }
      bits[next * wide + cutWord] |= cutBit;
      next++;
    }
    // Facets that the part only touches, if at all, go.
    int[] place = new int[facets.length + 1];
    int facetCount = 0;
    for (int f = 0; f <= facets.length; f++) {
      int on = 0;
      for (int i = f >> 6; i < bits.length; i += wide) {
        on += (int) (bits[i] >>> f & 1);
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
    int narrow = words(facetCount);
    long[] newBits = new long[count * narrow];
    for (int i = 0; i < bits.length; i++) {
      int vertex = i / wide;
      int first = (i - vertex * wide) * Long.SIZE;
      for (long old = bits[i]; old != 0; old &= old - 1) {
        int to = place[first + Long.numberOfTrailingZeros(old)];
        if (to >= 0) {
          newBits[vertex * narrow + (to >> 6)] |= 1L << to;
        }
      }
    }
    return new Cell(m, newVertices, newBits, newFacets, newSides);
  }

  /** A word of the bits of the facets that two vertices share. */
  private long common(int i, int j, int word) {
    return incidence[i * words + word] & incidence[j * words + word];
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
   * Whether the closed cell holds a point, exactly.
   *
   * @param point homogeneous, with a positive last entry
   */
  boolean holds(BigInteger[] point) {
    double[] x = new double[m];
    for (int k = 0; k < m; k++) {
      x[k] = Rationals.ratio(point[k], point[m]);
    }
    for (int f = 0; f < facets.length; f++) {
      if (facets[f].sign(point, x) * sides[f] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * A vertex on a cut edge.
   *
   * @param vertex where the edge meets the hyperplane
   * @param from one end of the edge
   * @param to the other end
   */
  record Cut(Vertex vertex, int from, int to) {}

  /** The vertices where a hyperplane cuts edges. */
  List<Cut> cuts(Hyperplane plane, int[] signs) {
    List<Cut> made = new ArrayList<>(4);
    for (int i = 0; i < signs.length; i++) {
      if (signs[i] <= 0) {
        continue;
      }
      for (int j = 0; j < signs.length; j++) {
        if (signs[j] >= 0) {
          continue;
        }
        int shared = 0;
        for (int w = 0; w < words; w++) {
          shared += Long.bitCount(common(i, j, w));
        }
        if (shared >= m - 1 && isEdge(i, j)) {
          made.add(new Cut(meet(plane, i, j, shared), i, j));
        }
      }
    }
    return made;
  }

  private boolean isEdge(int i, int j) {
    if (m <= 2) {
      return true;
    }
    for (int k = 0; k < vertices.length; k++) {
      if (k != i && k != j && holdsCommon(k, i, j)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a vertex lies on all the facets that two others share. */
  private boolean holdsCommon(int k, int i, int j) {
    for (int w = 0; w < words; w++) {
      if ((common(i, j, w) & ~incidence[k * words + w]) != 0) {
        return false;
      }
    }
    return true;
  }

  private Vertex meet(Hyperplane plane, int i, int j, int shared) {
    Hyperplane[] own = new Hyperplane[shared + 1];
    int next = 0;
    for (int w = 0; w < words; w++) {
      for (long rest = common(i, j, w); rest != 0; rest &= rest - 1) {
        own[next++] = facets[w * Long.SIZE + Long.numberOfTrailingZeros(rest)];
      }
    }
    own[next] = plane;
    return Vertex.of(m, own);
  }

  /** For a polygon the indices of its vertices, each next to its neighbours on the border. */
  int[] around() {
    int[] order = new int[vertices.length];
    boolean[] taken = new boolean[vertices.length];
    taken[0] = true;
    int last = -1;
    for (int step = 1; step < order.length; step++) {
      int from = order[step - 1];
      int found = -1;
      for (int j = 0; j < order.length && found < 0; j++) {
        int shared = taken[j] ? -1 : sharedFacet(from, j, last);
        if (shared >= 0) {
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

  /** A facet that two vertices of a polygon share, other than one of them; -1 if none. */
  private int sharedFacet(int i, int j, int except) {
    for (int w = 0; w < words; w++) {
      long shared = common(i, j, w);
      if (except >> 6 == w) {
        shared &= ~(1L << except);
      }
      if (shared != 0) {
        return w * Long.SIZE + Long.numberOfTrailingZeros(shared);
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return "Cell" + Arrays.stream(vertices).map(v -> Arrays.toString(v.x())).toList();
  }
}
