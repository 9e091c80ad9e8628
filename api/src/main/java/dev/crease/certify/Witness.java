package dev.crease.certify;

import dev.crease.bounds.Norm;
import java.util.Optional;

/**
 * Two inputs that refute: {@code f(x) = f(x')} though {@code g(x) != g(x')}. Made only by replaying
 * both points through the network.
 */
public final class Witness {

  /**
   * How large the residual, together with what rounding may hide in it, may be compared with the
   * separation. Without the latter, two neighbouring doubles with one rounded output would pass.
   */
  static final double RESIDUAL_PER_SEPARATION = 1e-6;

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
   * Replays two points.
   *
   * @return the witness, or nothing when the residual is not small compared with the separation or
   *     the points do not fit the question
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
    double residual = Norm.LINF.distance(query.f().evaluate(x), query.f().evaluate(xPrime));
    double separation = Norm.LINF.distance(query.determined(x), query.determined(xPrime));
    double hidden = query.f().evaluationError(x) + query.f().evaluationError(xPrime);
    double blur = query.g().map(g -> g.evaluationError(x) + g.evaluationError(xPrime)).orElse(0.0);
    // Negated, so that a NaN is refused.
    if (!(residual + hidden <= RESIDUAL_PER_SEPARATION * (separation - blur))) {
      return Optional.empty();
    }
    double radius = Math.nextUp(Math.max(query.distance(x), query.distance(xPrime)));
    return Optional.of(new Witness(x.clone(), xPrime.clone(), separation, residual, radius));
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
