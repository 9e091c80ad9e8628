package dev.crease.model;

/**
 * A quadratic constraint {@code lower <= expression <= upper}, convex or not.
 *
 * @param name for people
 * @param expression the quadratic expression; its constant counts
 * @param lower possibly {@code -Infinity}
 * @param upper possibly {@code +Infinity}, not below {@code lower}
 */
public record QuadraticConstraint(
    String name, QuadraticExpression expression, double lower, double upper) implements Constraint {

  /** Moves the constant of the expression into the range. */
  public QuadraticConstraint {
    double constant = expression.linear().constant();
    if (constant != 0) {
      expression = expression.minus(LinearExpression.constant(constant));
      lower -= constant;
      upper -= constant;
    }
    LinearConstraint.checkRange(name, lower, upper);
  }

  @Override
  public <T, X extends Exception> T fold(
      Case<LinearConstraint, ? extends T, ? extends X> linear,
      Case<IndicatorConstraint, ? extends T, ? extends X> indicator,
      Case<Sos1Constraint, ? extends T, ? extends X> sos1,
      Case<QuadraticConstraint, ? extends T, ? extends X> quadratic)
      throws X {
    return quadratic.of(this);
  }
}
