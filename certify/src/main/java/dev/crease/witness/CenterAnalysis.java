package dev.crease.witness;

import dev.crease.bounds.Norm;
import dev.crease.network.AffineMap;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * What the linear region of the centre tells before any model is solved: how far its border is, and
 * whether the network is degenerate on it.
 */
public final class CenterAnalysis {

  /** An error bound this small means that no weight leads to the neuron. */
  private static final double NO_SLOPE = 1e-300;

  private final double border;
  private final double borderInNorm;
  private final boolean fullRank;
  private final Optional<Witness> collapse;

  private CenterAnalysis(
      double border, double borderInNorm, boolean fullRank, Optional<Witness> collapse) {
    this.border = border;
    this.borderInNorm = borderInNorm;
    this.fullRank = fullRank;
    this.collapse = collapse;
  }

  public static CenterAnalysis of(Query query) {
    if (!query.shared().isEmpty()) {
      return new CenterAnalysis(0, 0, false, Optional.empty());
    }
    double[] c = query.center();
    double border = border(query.f(), c, Norm.LINF);
    Matrix a = query.f().localMap(c).matrix();
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows(a), false));
    double[] s = svd.getSingularValues();
    double noise = noise(query.f(), s[0]);
    // Only what rounding cannot explain is known of the rank; the rest is decided without any.
    boolean fullRank =
        a.rows() >= a.columns()
            && (s[s.length - 1] > 2 * noise || (border > 0 && ExactRepair.isOneToOneAt(query)));
    if (fullRank || border == 0) {
      double inNorm = query.norm() == Norm.LINF ? border : border(query.f(), c, query.norm());
      return new CenterAnalysis(border, inNorm, fullRank, Optional.empty());
    }
    return new CenterAnalysis(border, border, false, collapse(query, a, border, noise));
  }

  /** What rounding may do to a singular value of the computed Jacobian (Weyl). */
  private static double noise(ReluNetwork f, double largest) {
    double[][] errors = JacobianRounding.rows(f);
    double sum = 0;
    for (double error : errors[errors.length - 1]) {
      sum += error;
    }
    return sum + 1e-14 * f.inputs() * largest;
  }

  /** The distance in a norm, rounded down, from a point to the border of its region. */
  private static double border(ReluNetwork f, double[] c, Norm norm) {
    double least = Double.POSITIVE_INFINITY;
    List<AffineMap> maps = f.localMaps(f.pattern(c));
    List<double[]> values = f.preActivations(c);
    List<double[]> valueErrors = f.preActivationErrors(c);
    double[][] slopeErrors = JacobianRounding.rows(f);
    for (int k = 0; k < f.layers().size(); k++) {
      for (int i = 0; i < f.layers().get(k).outputs(); i++) {
        // A neuron whose weights are all 0, as pruning makes them, may rest on its kink.
        if (f.layers().get(k).isRelu(i) && slopeErrors[k][i] > NO_SLOPE) {
          double away = Math.abs(values.get(k)[i]) - valueErrors.get(k)[i];
          double slope = norm.dual().of(maps.get(k).matrix().row(i)) + slopeErrors[k][i];
          least = Math.min(least, away / slope);
        }
      }
    }
    return least > 0 ? least * (1 - 1e-9) : 0;
  }

  /** A collision inside the centre's own region, along a direction that f loses and g keeps. */
  private static Optional<Witness> collapse(Query query, Matrix a, double border, double noise) {
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
      reach = Math.min(reach, border(query.g().get(), c, Norm.LINF));
    }
    Optional<Witness> best = Optional.empty();
    for (int k = 0; k < m; k++) {
      if (s[k] > 2 * noise) {
        continue;
      }
      double[] v = svd.getV().getColumn(k);
      double step = Math.min(Math.min(reach, query.maxRadius()) / 4, 1e-3) / Norm.L1.of(v);
      double[] x = c.clone();
      for (int i = 0; i < m; i++) {
        x[i] += step * v[i];
      }
      // No move makes up for anything along such a direction: only what is exact counts.
      Optional<Witness> found = Witness.exactly(query, x, c);
      if (found.isPresent()
          && (best.isEmpty() || found.get().separation() > best.get().separation())) {
        best = found;
      }
    }
    return best.map(found -> found.shrinking(query));
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
  public Optional<Double> rigorousDelta() {
    return fullRank && border > 0 ? Optional.of(border) : Optional.empty();
  }

  /**
   * A radius up to which the network is one affine map of full column rank around the centre: there
   * it is one-to-one, at any separation, and determines everything else. Not above the largest
   * radius of the question.
   */
  public Optional<Double> proved(Query query) {
    return fullRank && borderInNorm > 0
        ? Optional.of(Math.min(borderInNorm, query.maxRadius()))
        : Optional.empty();
  }

  /** A collision as close to the centre as one likes: the radius is 0. */
  public Optional<Witness> collapse() {
    return collapse;
  }
}
