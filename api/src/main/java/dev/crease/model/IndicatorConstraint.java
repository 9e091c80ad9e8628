package dev.crease.model;

/**
 * {@code indicator = activeValue} implies a linear constraint.
 *
 * @param name for people
 * @param indicator a binary variable
 * @param activeValue the value that enforces the constraint: 1 when true, 0 when false
 * @param implied what then holds
 */
public record IndicatorConstraint(
    String name, Variable indicator, boolean activeValue, LinearConstraint implied)
    implements Constraint {

  /** Checks that the indicator is binary. */
  public IndicatorConstraint {
    if (indicator.type() != VariableType.BINARY) {
      throw new IllegalArgumentException(
          "indicator " + indicator.name() + " of constraint " + name + " is not binary");
    }
  }

  @Override
  public <T, X extends Exception> T fold(
      Case<LinearConstraint, ? extends T, ? extends X> linear,
      Case<IndicatorConstraint, ? extends T, ? extends X> indicator,
      Case<Sos1Constraint, ? extends T, ? extends X> sos1,
      Case<QuadraticConstraint, ? extends T, ? extends X> quadratic)
      throws X {
    return indicator.of(this);
  }
}
