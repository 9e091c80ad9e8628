package dev.crease.engine.regions;

import dev.crease.regions.Piece;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The function from outputs to values on the image of a leaf. With {@code f(x) = A x + b} and
 * {@code g(x) = C x + d} there, {@code f} determines {@code g} on the leaf iff {@code C = M A} for
 * some {@code M}, and the function is {@code d + M (y - b)}.
 */
final class PieceMaker {

  private final Leaf leaf;
  private final int m;
  private final int scale;
  private final BigInteger[][] a;
  private final BigInteger[][] c;

  /** The numerators of {@code M}, row by row, and their denominator, which is positive. */
  private final BigInteger[][] slopes;

  private BigInteger denominator = BigInteger.ONE;

  /**
   * @param leaf of a network with two outputs
   * @param values the rows of {@code g}
   */
  private PieceMaker(Leaf leaf, ExactRow[] values) {
    this.leaf = leaf;
    this.m = leaf.cell().dimension();
    ExactRow[] outputs = leaf.exactRows(0);
    int most = 0;
    for (ExactRow row : outputs) {
      most = Math.max(most, row.scale());
    }
    for (ExactRow row : values) {
      most = Math.max(most, row.scale());
    }
    int common = most;
    this.scale = common;
    this.a = Arrays.stream(outputs).map(row -> row.at(common)).toArray(BigInteger[][]::new);
    this.c = Arrays.stream(values).map(row -> row.at(common)).toArray(BigInteger[][]::new);
    this.slopes = new BigInteger[c.length][a.length];
  }

  /**
   * The piece of a leaf.
   *
   * @throws IllegalStateException if {@code f} does not determine {@code g}
   */
  static Piece piece(Leaf leaf, ExactRow[] values) {
    PieceMaker maker = new PieceMaker(leaf, values);
    return maker.piece(maker.solve());
  }

  private Piece piece(int rank) {
    List<double[]> vertices = distinct(m == 2 && rank == 2 ? turnedLeft() : hull(corners()));
    double[] at = vertices.get(0);
    double[] value = new double[c.length];
    List<double[]> rows = new ArrayList<>();
    int fine = Math.max(scale, Rationals.scale(at));
    for (int j = 0; j < c.length; j++) {
      BigInteger sum = c[j][m].shiftLeft(fine - scale).multiply(denominator);
      double[] row = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        BigInteger step = Rationals.scaled(at[i], fine).subtract(a[i][m].shiftLeft(fine - scale));
        sum = sum.add(slopes[j][i].multiply(step));
        row[i] = Rationals.ratio(slopes[j][i], denominator);
      }
      value[j] = Rationals.ratio(sum, denominator.shiftLeft(fine));
      rows.add(row);
    }
    return new Piece(vertices, edges(vertices), at, value, rows);
  }

  /** Solves {@code M A = C}, with 0 for what is free, and gives the rank of {@code A}. */
  private int solve() {
    int n = a.length;
    BigInteger[][] system = new BigInteger[m][n + c.length];
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < n + c.length; i++) {
        system[k][i] = i < n ? a[i][k] : c[i - n][k];
      }
    }
    BigInteger[] pivots = Elimination.reduce(system, n);
    int rank = 0;
    for (int i = 0; i < n; i++) {
      boolean isFree = pivots[i].signum() == 0;
      for (int j = 0; j < c.length; j++) {
        BigInteger entry = isFree ? BigInteger.ZERO : system[rank][n + j];
        slopes[j][i] = pivots[i].signum() < 0 ? entry.negate() : entry;
      }
      if (!isFree) {
        // All pivots are equal.
        denominator = pivots[i].abs();
        rank++;
      }
    }
    for (int k = rank; k < m; k++) {
      for (int j = 0; j < c.length; j++) {
        if (system[k][n + j].signum() != 0) {
          throw new IllegalStateException("the output does not determine the value on a region");
        }
      }
    }
    return rank;
  }

  /** What the network gives at the corners of the leaf, homogeneous. */
  private List<BigInteger[]> corners() {
    return Arrays.stream(leaf.cell().vertices()).map(this::image).toList();
  }

  private BigInteger[] image(Vertex vertex) {
    return ExactRow.at(leaf.exactRows(0), vertex.exact());
  }

  /** The same of a polygon that is not flattened: in the order of its border, counter-clockwise. */
  private List<BigInteger[]> turnedLeft() {
    List<BigInteger[]> images = new ArrayList<>();
    for (int v : leaf.cell().around()) {
      images.add(image(leaf.cell().vertices()[v]));
    }
    if (turn(images.get(0), images.get(1), images.get(2)) < 0) {
      Collections.reverse(images);
    }
    return images;
  }

  /**
   * The convex hull of points of the plane, counter-clockwise, exactly: by the chains of Andrew
   * (1979). Of points on a line the two ends, of equal points one.
   */
  private static List<BigInteger[]> hull(List<BigInteger[]> points) {
    List<BigInteger[]> sorted = new ArrayList<>(points);
    sorted.sort(PieceMaker::compare);
    List<BigInteger[]> hull = half(sorted);
    Collections.reverse(sorted);
    List<BigInteger[]> upper = half(sorted);
    // The end of each chain begins the other.
    hull.remove(hull.size() - 1);
    hull.addAll(upper.subList(0, upper.size() - 1));
    if (hull.isEmpty()) {
      hull.add(points.get(0));
    }
    return hull;
  }

  private static int compare(BigInteger[] p, BigInteger[] q) {
    Comparator<BigInteger[]> byFirst = Comparator.comparing(v -> new Quotient(v[0], v[2]));
    return byFirst.thenComparing(v -> new Quotient(v[1], v[2])).compare(p, q);
  }

  /** The chain from the first point to the last that turns left. */
  private static List<BigInteger[]> half(List<BigInteger[]> sorted) {
    List<BigInteger[]> chain = new ArrayList<>();
    for (BigInteger[] p : sorted) {
      while (chain.size() > 1
          && turn(chain.get(chain.size() - 2), chain.get(chain.size() - 1), p) <= 0) {
        chain.remove(chain.size() - 1);
      }
      if (chain.isEmpty() || compare(chain.get(chain.size() - 1), p) != 0) {
        chain.add(p);
      }
    }
    return chain;
  }

  /** 1 when the way from the first point over the second to the third turns left, 0 straight. */
  private static int turn(BigInteger[] p, BigInteger[] q, BigInteger[] r) {
    BigInteger[][] rows = {p.clone(), q.clone(), r.clone()};
    return Elimination.determinant(rows).signum();
  }

  /** The corners in doubles, without those that are the same there. */
  private static List<double[]> distinct(List<BigInteger[]> corners) {
    List<double[]> vertices = new ArrayList<>();
    for (BigInteger[] y : corners) {
      double[] rounded = {Rationals.ratio(y[0], y[2]), Rationals.ratio(y[1], y[2])};
      if (vertices.stream().noneMatch(v -> Arrays.equals(v, rounded))) {
        vertices.add(rounded);
      }
    }
    return vertices;
  }

  /** The half-planes to the left of the edges; for a segment or a point also those of its ends. */
  private static List<double[]> edges(List<double[]> vertices) {
    List<double[]> edges = new ArrayList<>();
    int count = vertices.size();
    if (count == 1) {
      double[] v = vertices.get(0);
      edges.add(new double[] {1, 0, v[0]});
      edges.add(new double[] {-1, 0, -v[0]});
      edges.add(new double[] {0, 1, v[1]});
      edges.add(new double[] {0, -1, -v[1]});
      return edges;
    }
    for (int i = 0; i < count; i++) {
      double[] from = vertices.get(i);
      double[] to = vertices.get((i + 1) % count);
      double length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      double[] along = {(to[0] - from[0]) / length, (to[1] - from[1]) / length};
      edges.add(halfPlane(along[1], -along[0], from));
      if (count == 2) {
        edges.add(halfPlane(along[0], along[1], to));
      }
    }
    return edges;
  }

  private static double[] halfPlane(double e0, double e1, double[] through) {
    return new double[] {e0, e1, e0 * through[0] + e1 * through[1]};
  }
}
