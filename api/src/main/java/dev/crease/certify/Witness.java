package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.network.Matrix;
import java.util.Optional;

/**
 * Two inputs that refute: {@code f(x) = f(x')} though {@code g(x) != g(x')}. Made only by replaying
 * both points through the network.
 */
public final class Witness {

  /** How far, compared with their distance, the points may have to move to collide exactly. */
  static final double REACH = 1e-3;

  private final double[] x;
  private final double[] xPrime;
  private final double separation;
  private final double residual;
  private final double radius;

  private Witness(double[] x, double[] xPrime, double separation, double residual, double radius) {
    this.x = x;
    this.xPrime = xPrime;
    this.separation = separation;
    this.residual = residual;
    this.radius = radius;
  }

  /**
   * Replays two points. Their residual must be within what rounding may hide, and the move that
   * would make up for both, on the points' linear regions, must be small compared with their
   * distance: a small residual alone would also be had from two neighbouring doubles, or from a map
   * that contracts.
   *
   * @return the witness, or nothing when the points are no collision or do not fit the question
   */
  public static Optional<Witness> replay(Query query, double[] x, double[] xPrime) {
    for (int i : query.shared().keySet()) {
      if (x[i] != xPrime[i]
          || x[i] < query.shared().get(i).lower()
          || x[i] > query.shared().get(i).upper()) {
        return Optional.empty();
      }
    }
    if (query.isPinned() && query.distance(xPrime) != 0) {
      return Optional.empty();
    }
    double[] difference = query.f().evaluate(x);
    double[] other = query.f().evaluate(xPrime);
    for (int i = 0; i < difference.length; i++) {
      difference[i] = other[i] - difference[i];
    }
    double residual = Norm.LINF.of(difference);
    double hidden = query.f().evaluationError(x) + query.f().evaluationError(xPrime);
    double blur = query.g().map(g -> g.evaluationError(x) + g.evaluationError(xPrime)).orElse(0.0);
    double separation = Norm.LINF.distance(query.determined(x), query.determined(xPrime));
    double apart = Norm.LINF.distance(query.inBall(x), query.inBall(xPrime));
    // What the points move, g may move by its slope: that must not make up the separation.
    double allowed = REACH * Math.min(apart, separation / (2 * slope(query, x, xPrime)));
    // Negated, so that a NaN is refused.
    if (!(separation > 2 * blur)
        || !(residual <= 4 * hidden)
        || !Newton.isWithinReach(query, x, xPrime, difference, hidden, allowed)) {
      return Optional.empty();
    }
    double radius =
        Math.nextUp(Math.max(query.distance(x), query.distance(xPrime)) * (1 + 0x1p-50));
    return Optional.of(new Witness(x.clone(), xPrime.clone(), separation, residual, radius));
  }

  /** The largest slope of g at the two points, in L-infinity; 1 for the identity. */
  private static double slope(Query query, double[] x, double[] xPrime) {
    if (query.g().isEmpty()) {
      return 1;
    }
    double most = Double.MIN_NORMAL;
    for (double[] point : new double[][] {x, xPrime}) {
      Matrix a = query.g().get().localMap(point).matrix();
      for (int i = 0; i < a.rows(); i++) {
        most = Math.max(most, Norm.L1.of(a.row(i)));
      }
    }
    return most;
  }

  /** A copy of the first point: one entry per input of the network. */
  public double[] x() {
    return x.clone();
  }

  /** A copy of the second point; the centre for pseudo-invertibility. */
  public double[] xPrime() {
    return xPrime.clone();
  }

  /** {@code ||g(x) - g(x')||} in the L-infinity norm. */
  public double separation() {
    return separation;
  }

  /** {@code ||f(x) - f(x')||} in the L-infinity norm, evaluated in double arithmetic. */
  public double residual() {
    return residual;
  }

  /** The distance from the centre of the point further away, in the question's norm. */
  public double radius() {
    return radius;
  }
}
