package dev.crease.model;

/**
 * What to minimise or maximise.
 *
 * @param sense the direction
 * @param expression the function; affine when it has no products
 */
public record Objective(Sense sense, QuadraticExpression expression) {

  /** The direction of optimisation. */
  public enum Sense {
    /** As small as possible. */
    MINIMIZE,
    /** As large as possible. */
    MAXIMIZE
  }

  /** Minimise an affine expression. */
  public static Objective minimize(LinearExpression expression) {
    return new Objective(Sense.MINIMIZE, QuadraticExpression.of(expression));
  }

  /** Maximise an affine expression. */
  public static Objective maximize(LinearExpression expression) {
    return new Objective(Sense.MAXIMIZE, QuadraticExpression.of(expression));
  }

  /** Whether smaller is better. */
  public boolean isMinimize() {
    return sense == Sense.MINIMIZE;
  }
}
