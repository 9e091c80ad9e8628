package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.network.AffineMap;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * What the linear region of the centre tells before any model is solved: how far its border is, and
 * whether the network is degenerate on it.
 */
final class CenterAnalysis {

  private static final double RANK_TOLERANCE = 1e-9;

  private final double border;
  private final boolean fullRank;
  private final Optional<Witness> collapse;

  private CenterAnalysis(double border, boolean fullRank, Optional<Witness> collapse) {
    this.border = border;
    this.fullRank = fullRank;
    this.collapse = collapse;
  }

  static CenterAnalysis of(Query query) {
    if (!query.shared().isEmpty()) {
      return new CenterAnalysis(0, false, Optional.empty());
    }
    double[] c = query.center();
    double border = border(query.f(), c);
    Matrix a = query.f().localMap(c).matrix();
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows(a), false));
    double[] s = svd.getSingularValues();
    boolean fullRank =
        a.rows() >= a.columns() && s[s.length - 1] > RANK_TOLERANCE * Math.max(s[0], 1e-300);
    if (fullRank || border == 0) {
      return new CenterAnalysis(border, fullRank, Optional.empty());
    }
    return new CenterAnalysis(border, false, collapse(query, a, border));
  }

  /** The distance, in L-infinity and rounded down, from a point to the border of its region. */
  private static double border(ReluNetwork f, double[] c) {
    double least = Double.POSITIVE_INFINITY;
    List<AffineMap> maps = f.localMaps(f.pattern(c));
    for (int k = 0; k < f.layers().size(); k++) {
      double[] z = maps.get(k).apply(c);
      for (int i = 0; i < z.length; i++) {
        double slope = Norm.L1.of(maps.get(k).matrix().row(i));
        if (f.layers().get(k).isRelu(i) && slope > 0) {
          least = Math.min(least, Math.abs(z[i]) / slope);
        }
      }
    }
    // Less by more than the rounding of the local maps.
    return Math.max(0, least * (1 - 1e-6) - 1e-12);
  }

  /** A collision inside the centre's own region, along a direction that f loses and g keeps. */
  private static Optional<Witness> collapse(Query query, Matrix a, double border) {
    int m = a.columns();
    // Squared up with zero rows, so that the decomposition has a vector for every lost direction.
    double[][] square = new double[Math.max(m, a.rows())][m];
    System.arraycopy(rows(a), 0, square, 0, a.rows());
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(square, false));
    double[] s = svd.getSingularValues();
    double[] c = query.center();
    double reach = border;
    if (query.g().isPresent()) {
      reach = Math.min(reach, border(query.g().get(), c));
    }
    Optional<Witness> best = Optional.empty();
    for (int k = 0; k < m; k++) {
      if (s[k] > RANK_TOLERANCE * Math.max(s[0], 1e-300)) {
        continue;
      }
      double[] v = svd.getV().getColumn(k);
      double step = Math.min(Math.min(reach, query.maxRadius()) / 4, 1e-3) / Norm.L1.of(v);
      double[] x = c.clone();
      for (int i = 0; i < m; i++) {
        x[i] += step * v[i];
      }
      Optional<Witness> found = Witness.replay(query, x, c);
      if (found.isPresent()
          && (best.isEmpty() || found.get().separation() > best.get().separation())) {
        best = found;
      }
    }
    return best;
  }

  private static double[][] rows(Matrix a) {
    double[][] rows = new double[a.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = a.row(i);
    }
    return rows;
  }

  /**
   * A separation below which no point collides with the centre: within its own region, where the
   * network is affine with a matrix of full column rank. Empty when the centre is on a border or
   * the matrix is singular.
   */
  Optional<Double> rigorousDelta() {
    return fullRank && border > 0 ? Optional.of(border) : Optional.empty();
  }

  /** A collision as close to the centre as one likes: the radius is 0. */
  Optional<Witness> collapse() {
    return collapse;
  }
}
