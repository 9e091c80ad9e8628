package dev.crease.model;

/**
 * A ranged linear constraint {@code lower <= expression <= upper}.
 *
 * @param name for people
 * @param expression its constant is 0: the builder moves it into the range
 * @param lower possibly {@code -Infinity}
 * @param upper possibly {@code +Infinity}, not below {@code lower}
 */
public record LinearConstraint(String name, LinearExpression expression, double lower, double upper)
    implements Constraint {

  /** Moves the constant of the expression into the range. */
  public LinearConstraint {
    double constant = expression.constant();
    if (constant != 0) {
      expression = expression.minus(LinearExpression.constant(constant));
      lower -= constant;
      upper -= constant;
    }
    checkRange(name, lower, upper);
  }

  static void checkRange(String name, double lower, double upper) {
    if (!(lower <= upper)
        || lower == Double.POSITIVE_INFINITY
        || upper == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "constraint " + name + " cannot have the range [" + lower + ", " + upper + "]");
    }
  }

  @Override
  public <T, X extends Exception> T fold(
      Case<LinearConstraint, ? extends T, ? extends X> linear,
      Case<IndicatorConstraint, ? extends T, ? extends X> indicator,
      Case<Sos1Constraint, ? extends T, ? extends X> sos1,
      Case<QuadraticConstraint, ? extends T, ? extends X> quadratic)
      throws X {
    return linear.of(this);
  }
}
