package dev.crease.witness;

import dev.crease.bounds.Norm;
import dev.crease.network.AffineMap;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Newton's method on a piecewise linear map: solve on the linear region at hand, go there, repeat.
 * It ends after finitely many steps when it ends, with a residual of round-off (Eaves and Scarf,
 * The Solution of Systems of Piecewise Linear Equations, 1976). It finds witnesses and polishes
 * those of a solver; it proves nothing.
 */
public final class Newton {

  /** Steps that it takes at the most. */
  static final int STEPS = 40;

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
   *
   * @param over whether to stop with what there is
   */
  public static Optional<double[]> preimage(
      ReluNetwork f, double[] target, double[] start, BooleanSupplier over) {
    double[] x = start.clone();
    double[] best = x.clone();
    double bestResidual = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (int step = 0; step < STEPS && worse < PATIENCE && !over.getAsBoolean(); step++) {
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
   * How far two points must move to collide exactly.
   *
   * @param length a bound on the Euclidean length of both moves together
   * @param exact the collision itself, where it was needed to be sure
   */
  record Move(double length, Optional<ExactCollision> exact) {}

  /**
   * The move by less than {@code allowed} that makes up for {@code residual} and for what rounding
   * may hide in it, {@code hidden}, on the points' linear regions. In directions that the maps
   * lose, as far as rounding can tell, no move does anything, and one that might cross a kink may
   * do something else: there an exact collision must be found.
   *
   * @return nothing when no collision may be inferred
   */
  static Optional<Move> move(
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
    double length = 0;
    for (int i = 0; i < s.length; i++) {
      if (s[i] > 2 * noise) {
        kept++;
        double part = (Math.abs(along[i]) + blur) / (s[i] - noise);
        if (!(part <= allowed)) {
          return Optional.empty();
        }
        length = Math.hypot(length, part);
      }
    }
    boolean isPlain =
        kept == f.outputs()
            && !mayCrossKink(f, x, length)
            && (query.isPinned() || !mayCrossKink(f, xPrime, length));
    if (isPlain) {
      return Optional.of(new Move(length, Optional.empty()));
    }
    return ExactRepair.near(query, x, xPrime, allowed)
        .map(exact -> new Move(length(x, xPrime, exact), Optional.of(exact)));
  }

  private static double length(double[] x, double[] xPrime, ExactCollision exact) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum = Math.hypot(sum, Fractions.nearest(exact.p().get(i)) - x[i]);
      sum = Math.hypot(sum, Fractions.nearest(exact.pPrime().get(i)) - xPrime[i]);
    }
    return sum;
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
   * @param over whether to stop with what there is
   * @return both points, or nothing when it does not get there
   */
  public static Optional<double[][]> collision(
      Query query, double[] startX, double[] startXPrime, BooleanSupplier over) {
    ReluNetwork f = query.f();
    double[] x = startX.clone();
    double[] w = startXPrime.clone();
    int m = f.inputs();
    double[][] best = {x.clone(), w.clone()};
    double bestResidual = Double.POSITIVE_INFINITY;
    for (int step = 0; step < STEPS && !over.getAsBoolean(); step++) {
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
