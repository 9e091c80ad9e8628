package dev.crease.certify;

import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;

/**
 * Two inputs and how much faster than they their outputs differ: {@code ||f(x) - f(x')|| / ||x -
 * x'||}. It shows that no lower Lipschitz constant is above {@link #most} and no upper one below
 * {@link #least}.
 *
 * @param x an input of the network, all of its entries
 * @param xPrime another one, with the same shared inputs
 * @param least not above the ratio
 * @param most not below the ratio
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Secant(double[] x, double[] xPrime, double least, double most) {

  /** Room for the rounding of a norm, of its arguments and of the quotient. */
  private static final double SLACK = 1e-12;

  /** Copies the points and checks that the ends are ends. */
  public Secant {
    x = x.clone();
    xPrime = xPrime.clone();
    if (!(least >= 0) || !(most >= least)) {
      throw new IllegalArgumentException("a ratio from " + least + " to " + most);
    }
  }

  /**
   * The ratio of two points, evaluated in doubles; what rounding may hide widens it.
   *
   * @param query whose norm and network are meant
   * @param x an input of the network
   * @param xPrime another one, not the same
   */
  public static Secant of(Query query, double[] x, double[] xPrime) {
    ReluNetwork f = query.f();
    double away = query.norm().distance(query.inBall(x), query.inBall(xPrime));
    if (!(away > 0)) {
      throw new IllegalArgumentException("a ratio of a point and itself");
    }
    double apart = query.norm().distance(f.evaluate(x), f.evaluate(xPrime));
    double blur = f.outputs() * (f.evaluationError(x) + f.evaluationError(xPrime));
    double least = Math.max(0, (apart * (1 - SLACK) - blur) / away * (1 - SLACK));
    double most = (apart * (1 + SLACK) + blur) / away * (1 + SLACK);
    if (!Double.isFinite(most)) {
      return new Secant(x, xPrime, 0, Double.POSITIVE_INFINITY);
    }
    return new Secant(x, xPrime, least, Math.nextUp(most));
  }

  @Override
  public double[] x() {
    return x.clone();
  }

  @Override
  public double[] xPrime() {
    return xPrime.clone();
  }
}
