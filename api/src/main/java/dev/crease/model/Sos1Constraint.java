package dev.crease.model;

import java.util.HashSet;
import java.util.List;

/**
 * A special ordered set of type 1: at most one of the variables is nonzero.
 *
 * @param name for people
 * @param variables at least one, without repetition, in the order that branching may use
 */
public record Sos1Constraint(String name, List<Variable> variables) implements Constraint {

  /** Copies and checks the variables. */
  public Sos1Constraint {
    variables = List.copyOf(variables);
    if (variables.isEmpty() || new HashSet<>(variables).size() != variables.size()) {
      throw new IllegalArgumentException(
          "SOS1 constraint " + name + " needs variables, each once, not " + variables);
    }
  }

  @Override
  public <T, X extends Exception> T fold(
      Case<LinearConstraint, ? extends T, ? extends X> linear,
      Case<IndicatorConstraint, ? extends T, ? extends X> indicator,
      Case<Sos1Constraint, ? extends T, ? extends X> sos1,
      Case<QuadraticConstraint, ? extends T, ? extends X> quadratic)
      throws X {
    return sos1.of(this);
  }
}
