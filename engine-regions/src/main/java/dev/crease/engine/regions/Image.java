package dev.crease.engine.regions;

import dev.crease.Rounding;

/**
 * The hull of some points under a local map, in doubles with an error bound: enough to tell that
 * two images are apart, never that they meet.
 */
final class Image {

  /** Directions of a size beyond these are scaled. */
  private static final double LEAST_SIZE = 0x1p-100;

  private static final double MOST_SIZE = 0x1p100;

  private final double[][] points;
  private final double[] errors;
  private final double[] low;
  private final double[] high;
  private final double[][] normals;

  private Image(double[][] points, double[] errors, double[][] normals) {
    int n = errors.length;
    this.points = points;
    this.errors = errors;
    this.normals = normals;
    low = new double[n];
    high = new double[n];
    for (int i = 0; i < n; i++) {
      low[i] = Double.POSITIVE_INFINITY;
      high[i] = Double.NEGATIVE_INFINITY;
      for (double[] y : points) {
        low[i] = Math.min(low[i], y[i] - errors[i]);
        high[i] = Math.max(high[i], y[i] + errors[i]);
      }
    }
  }

  /** The image of a whole leaf under f. */
  static Image of(Leaf leaf) {
    Vertex[] vertices = leaf.cell().vertices();
    double[][] x = new double[vertices.length][];
    for (int v = 0; v < x.length; v++) {
      x[v] = vertices[v].x();
    }
    return of(leaf, x, leaf.cell().error());
  }

  /**
   * The image of points of a leaf.
   *
   * @param error how far the points that are meant may be from the hull of these, in each
   *     coordinate
   */
  static Image of(Leaf leaf, double[][] x, double error) {
    double[][] rows = leaf.rows(0);
    int m = leaf.cell().dimension();
    double[] reach = new double[m];
    for (double[] point : x) {
      for (int k = 0; k < m; k++) {
        reach[k] = Math.max(reach[k], Math.abs(point[k]) + error);
      }
    }
    double[][] points = new double[x.length][rows.length];
    double[] errors = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      double size = Math.abs(row[m]);
      double inherited = leaf.rowError(0, i, m);
      for (int k = 0; k < m; k++) {
        size += Math.abs(row[k]) * reach[k];
        inherited += Math.abs(row[k]) * error + leaf.rowError(0, i, k) * reach[k];
      }
      errors[i] = (inherited + Rounding.gamma(m + 2) * size) * (1 + 1e-9) + Double.MIN_NORMAL;
      for (int v = 0; v < x.length; v++) {
        double y = row[m];
        for (int k = 0; k < m; k++) {
          y += row[k] * x[v][k];
        }
        points[v][i] = y;
      }
    }
    return new Image(points, errors, normals(leaf));
  }

  /**
   * An output that is known up to an error, which no direction but the axes tells from others.
   *
   * @param y the output
   * @param errors how far each entry may be off
   */
  static Image around(double[] y, double[] errors) {
    return new Image(new double[][] {y.clone()}, errors.clone(), new double[0][]);
  }

  /**
   * Directions in which the image of a leaf may be told from others: the normals of its facets,
   * {@code A^-T a}, for a square map that is well enough conditioned.
   */
  private static double[][] normals(Leaf leaf) {
    double[][] rows = leaf.rows(0);
    Cell cell = leaf.cell();
    int m = cell.dimension();
    if (rows.length != m) {
      return new double[0][];
    }
    Hyperplane[] facets = cell.facets();
    int count = facets.length;
    double[][] work = new double[m][m + count];
    for (int k = 0; k < m; k++) {
      for (int i = 0; i < m; i++) {
        work[k][i] = rows[i][k];
      }
      for (int f = 0; f < count; f++) {
        work[k][m + f] = facets[f].coefficient(k);
      }
    }
    for (int c = 0; c < m; c++) {
      int best = c;
      for (int i = c + 1; i < m; i++) {
        if (Math.abs(work[i][c]) > Math.abs(work[best][c])) {
          best = i;
        }
      }
      if (work[best][c] == 0) {
        return new double[0][];
      }
      double[] swap = work[c];
      work[c] = work[best];
      work[best] = swap;
      double pivot = work[c][c];
      for (int k = c; k < m + count; k++) {
        work[c][k] /= pivot;
      }
      for (int i = 0; i < m; i++) {
        double factor = work[i][c];
        if (i != c && factor != 0) {
          for (int k = c; k < m + count; k++) {
            work[i][k] -= factor * work[c][k];
          }
        }
      }
    }
    double[][] normals = new double[count][m];
    for (int f = 0; f < count; f++) {
      for (int i = 0; i < m; i++) {
        normals[f][i] = work[i][m + f];
      }
      normalize(normals[f]);
    }
    return normals;
  }

  /** Scales a direction to the order of 1, so that no product with it vanishes or overflows. */
  private static void normalize(double[] direction) {
    double size = 0;
    for (double h : direction) {
      size = Math.max(size, Math.abs(h));
    }
    if (!(size >= LEAST_SIZE && size <= MOST_SIZE)) {
      int shift = -Math.getExponent(size);
      for (int i = 0; i < direction.length; i++) {
        direction[i] = Math.scalb(direction[i], shift);
      }
    }
  }

  double low(int i) {
    return low[i];
  }

  /**
   * All within some distance of this, in the norm infinity and so in the norm 1.
   *
   * @param by not negative
   */
  Image grown(double by) {
    double[] more = errors.clone();
    for (int i = 0; i < more.length; i++) {
      more[i] = Math.nextUp(more[i] + by);
    }
    return by == 0 ? this : new Image(points, more, normals);
  }

  double high(int i) {
    return high[i];
  }

  /** Whether some hyperplane certainly separates the two, strictly. */
  boolean isApartFrom(Image other) {
    for (int i = 0; i < low.length; i++) {
      if (low[i] > other.high[i] || high[i] < other.low[i]) {
        return true;
      }
    }
    for (double[] normal : normals) {
      if (separates(normal, this, other)) {
        return true;
      }
    }
    for (double[] normal : other.normals) {
      if (separates(normal, this, other)) {
        return true;
      }
    }
    double[] between = new double[low.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = low[i] + high[i] - other.low[i] - other.high[i];
    }
    normalize(between);
    return separates(between, this, other);
  }

  private static boolean separates(double[] h, Image a, Image b) {
    double[] first = a.range(h);
    double[] second = b.range(h);
    return first[0] > second[1] || first[1] < second[0];
  }

  /** The least and the largest value of a direction, rounded outward; infinite on an overflow. */
  private double[] range(double[] h) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double blur = 0;
    double reach = 0;
    for (int i = 0; i < h.length; i++) {
      double size = Math.max(Math.abs(low[i]), Math.abs(high[i]));
      blur += Math.abs(h[i]) * (errors[i] + Rounding.gamma(h.length + 2) * size);
      reach += Math.abs(h[i]) * size;
    }
    // Negated for NaN. A sum that overflows on its way stays infinite and would look far away.
    if (!(reach < Double.MAX_VALUE / 4)) {
      return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    blur *= 1 + 1e-9;
    for (double[] y : points) {
      double value = 0;
      for (int i = 0; i < h.length; i++) {
        value += h[i] * y[i];
      }
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new double[] {least - blur, most + blur};
  }
}
