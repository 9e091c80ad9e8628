package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.network.AffineMap;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Newton's method on a piecewise linear map: solve on the linear region at hand, go there, repeat.
 * It ends after finitely many steps when it ends, with a residual of round-off (Eaves and Scarf,
 * The Solution of Systems of Piecewise Linear Equations, 1976). It finds witnesses and polishes
 * those of a solver; it proves nothing.
 */
final class Newton {

  private static final int STEPS = 40;
  private static final int PATIENCE = 12;
  private static final double RELATIVE_CUTOFF = 1e-11;

  private Newton() {}

  /** The step of least norm that solves {@code J step = residual}, or nothing when J is 0. */
  static Optional<double[]> leastStep(double[][] jacobian, double[] residual) {
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(jacobian, false));
    double[] s = svd.getSingularValues();
    if (s.length == 0 || !(s[0] > 0)) {
      return Optional.empty();
    }
    double[] c = svd.getUT().operate(residual);
    for (int i = 0; i < s.length; i++) {
      c[i] = s[i] > RELATIVE_CUTOFF * s[0] ? c[i] / s[i] : 0;
    }
    return Optional.of(svd.getV().operate(new ArrayRealVector(c, false)).toArray());
  }

  /**
   * Moves {@code x} towards {@code f(x) = target} and returns where the residual was least; empty
   * when it runs away.
   */
  static Optional<double[]> preimage(ReluNetwork f, double[] target, double[] start) {
    double[] x = start.clone();
    double[] best = x.clone();
    double bestResidual = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (int step = 0; step < STEPS && worse < PATIENCE; step++) {
      double[] residual = minus(target, f.evaluate(x));
      double size = Norm.LINF.of(residual);
      if (size < bestResidual) {
        bestResidual = size;
        best = x.clone();
        worse = 0;
      } else {
        worse++;
      }
      if (size <= 4e-16 * Norm.LINF.of(target)) {
        return Optional.of(x);
      }
      Optional<double[]> d = leastStep(rows(f.localMap(x).matrix(), 1), residual);
      if (d.isEmpty() || !advance(x, d.get(), 0)) {
        break;
      }
    }
    return Double.isFinite(bestResidual) ? Optional.of(best) : Optional.empty();
  }

  /**
   * Whether a collision may be inferred from two points: whether moving them by less than {@code
   * allowed} makes up for {@code residual} and for what rounding may hide in it, {@code hidden}, on
   * their linear regions. In directions that the maps lose, as far as rounding can tell, no move
   * does anything: there it must be so exactly. So must it be where the move might cross a kink.
   */
  static boolean isWithinReach(
      Query query, double[] x, double[] xPrime, double[] residual, double hidden, double allowed) {
    ReluNetwork f = query.f();
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(jacobian(query, x, xPrime), false));
    double[] s = svd.getSingularValues();
    double[] along = svd.getUT().operate(residual);
    double[][] errors = JacobianRounding.rows(f);
    double noise = 4e-16 * f.inputs() * (s.length == 0 ? 0 : s[0]);
    for (double error : errors[errors.length - 1]) {
      noise += 2 * error;
    }
    double blur = hidden * Math.sqrt(f.outputs());
    int kept = 0;
    double move = 0;
    for (int i = 0; i < s.length; i++) {
      if (s[i] > 2 * noise) {
        kept++;
        if (!(Math.abs(along[i]) + blur <= allowed * (s[i] - noise))) {
          return false;
        }
        move = Math.hypot(move, (Math.abs(along[i]) + blur) / (s[i] - noise));
      }
    }
    if (kept < f.outputs() && !isLostExactly(query, x, xPrime, kept)) {
      return false;
    }
    boolean mayCross =
        mayCrossKink(f, x, move) || (!query.isPinned() && mayCrossKink(f, xPrime, move));
    return !mayCross
        || ExactRepair.isExact(query, x, xPrime, allowed)
        || (!query.isPinned() && ExactRepair.isExact(query, xPrime, x, allowed));
  }

  /** Whether a neuron is so near its kink that a move of that Euclidean length may cross it. */
  private static boolean mayCrossKink(ReluNetwork f, double[] x, double move) {
    List<AffineMap> maps = f.localMaps(f.pattern(x));
    for (int k = 0; k < f.layers().size(); k++) {
      Matrix a = maps.get(k).matrix();
      double[] offset = maps.get(k).offset();
      for (int i = 0; i < a.rows(); i++) {
        if (f.layers().get(k).isRelu(i)) {
          double[] row = a.row(i);
          double value = offset[i];
          double size = Math.abs(value);
          for (int j = 0; j < x.length; j++) {
            value += row[j] * x[j];
            size += Math.abs(row[j] * x[j]);
          }
          if (Math.abs(value) <= 2 * move * Norm.L2.of(row) + 0x1p-46 * size) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Whether no more directions are kept than those that doubles show, and the outputs agree in all
   * the others: exactly, since no move makes up for anything there.
   */
  private static boolean isLostExactly(Query query, double[] x, double[] xPrime, int kept) {
    ReluNetwork f = query.f();
    int m = f.inputs();
    ExactMap.Value atX = ExactMap.evaluate(f, ExactMap.point(x));
    ExactMap.Value atPrime = ExactMap.evaluate(f, ExactMap.point(xPrime));
    long[][] a = ModularRank.jacobian(f, atX.pattern());
    long[][] b = ModularRank.jacobian(f, atPrime.pattern());
    long[][] moves = new long[f.outputs()][2 * m];
    long[][] withResidual = new long[f.outputs()][2 * m + 1];
    for (int i = 0; i < f.outputs(); i++) {
      for (int j = 0; j < m; j++) {
        if (!query.shared().containsKey(j)) {
          moves[i][j] = a[i][j];
          moves[i][m + j] = query.isPinned() ? 0 : b[i][j];
        }
      }
      System.arraycopy(moves[i], 0, withResidual[i], 0, 2 * m);
      withResidual[i][2 * m] = ModularRank.of(atX.outputs()[i].subtract(atPrime.outputs()[i]));
    }
    return ModularRank.of(moves) == kept && ModularRank.of(withResidual) == kept;
  }

  private static double[][] jacobian(Query query, double[] x, double[] w) {
    ReluNetwork f = query.f();
    int m = f.inputs();
    double[][] a = rows(f.localMap(x).matrix(), 1);
    double[][] b = rows(f.localMap(w).matrix(), -1);
    double[][] jacobian = new double[f.outputs()][2 * m];
    for (int i = 0; i < f.outputs(); i++) {
      for (int j = 0; j < m; j++) {
        boolean moves = !query.shared().containsKey(j);
        jacobian[i][j] = moves ? a[i][j] : 0;
        jacobian[i][m + j] = moves && !query.isPinned() ? b[i][j] : 0;
      }
    }
    return jacobian;
  }

  /**
   * Moves two points as little as it can until {@code f(x) = f(x')}.
   *
   * @param query says which coordinates may move
   * @return both points, or nothing when it does not get there
   */
  static Optional<double[][]> collision(Query query, double[] startX, double[] startXPrime) {
    ReluNetwork f = query.f();
    double[] x = startX.clone();
    double[] w = startXPrime.clone();
    int m = f.inputs();
    double[][] best = {x.clone(), w.clone()};
    double bestResidual = Double.POSITIVE_INFINITY;
    for (int step = 0; step < STEPS; step++) {
      double[] residual = minus(f.evaluate(w), f.evaluate(x));
      double size = Norm.LINF.of(residual);
      if (size < bestResidual) {
        bestResidual = size;
        best = new double[][] {x.clone(), w.clone()};
      } else if (step > 3) {
        break;
      }
      if (size == 0) {
        break;
      }
      double[][] jacobian = jacobian(query, x, w);
      Optional<double[]> d = leastStep(jacobian, residual);
      if (d.isEmpty() || !advance(x, d.get(), 0) || !advance(w, d.get(), m)) {
        break;
      }
    }
    return Double.isFinite(bestResidual) ? Optional.of(best) : Optional.empty();
  }

  private static boolean advance(double[] x, double[] step, int offset) {
    for (int i = 0; i < x.length; i++) {
      x[i] += step[offset + i];
      if (!(Math.abs(x[i]) < 1e12)) {
        return false;
      }
    }
    return true;
  }

  private static double[][] rows(Matrix matrix, double sign) {
    double[][] rows = new double[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.row(i);
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] *= sign;
      }
    }
    return rows;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
