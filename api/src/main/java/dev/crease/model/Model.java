package dev.crease.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A mixed-integer model: a plain value that any backend can read in one pass.
 *
 * @param name for people
 * @param variables {@code variables.get(i).index() == i}
 * @param constraints in the order they were added
 * @param objective what to optimise; a constant objective asks for any feasible point
 */
public record Model(
    String name, List<Variable> variables, List<Constraint> constraints, Objective objective) {

  /** Copies the lists. */
  public Model {
    variables = List.copyOf(variables);
    constraints = List.copyOf(constraints);
  }

  /** The same variables and constraints; any point that fulfils them is optimal. */
  public Model withoutObjective() {
    return new Model(name, variables, constraints, Objective.minimize(LinearExpression.zero()));
  }

  /** A builder of a model. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Number of variables that must be integral. */
  public int integralCount() {
    return (int) variables.stream().filter(Variable::isIntegral).count();
  }

  /**
   * Whether it is a linear program: no integral variable, linear constraints and objective only.
   */
  public boolean isLinearProgram() {
    return integralCount() == 0
        && objective.expression().isLinear()
        && constraints.stream().allMatch(LinearConstraint.class::isInstance);
  }

  /**
   * By how much a point violates bounds, integrality and constraints, at the most; 0 when feasible.
   *
   * @param values one entry per variable
   */
  public double violation(double[] values) {
    double worst = 0;
    for (Variable v : variables) {
      double x = values[v.index()];
      worst = Math.max(worst, outside(x, v.lower(), v.upper()));
      if (v.isIntegral()) {
        double off = Math.abs(x - Math.rint(x));
        worst = Math.max(worst, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
      }
    }
    for (Constraint constraint : constraints) {
      worst = Math.max(worst, violation(constraint, values));
    }
    return worst;
  }

  private static double violation(Constraint constraint, double[] values) {
    return constraint.<Double, RuntimeException>fold(
        c -> outside(c.expression().valueAt(values), c.lower(), c.upper()),
        c -> isOn(c, values) ? violation(c.implied(), values) : 0,
        c -> secondLargest(c, values),
        c -> outside(c.expression().valueAt(values), c.lower(), c.upper()));
  }

  private static boolean isOn(IndicatorConstraint c, double[] values) {
    return Math.rint(values[c.indicator().index()]) == (c.activeValue() ? 1 : 0);
  }

  private static double secondLargest(Sos1Constraint c, double[] values) {
    double largest = 0;
    double second = 0;
    for (Variable v : c.variables()) {
      double size = Math.abs(values[v.index()]);
      if (Double.isNaN(size)) {
        return Double.POSITIVE_INFINITY;
      }
      second = Math.max(second, Math.min(size, largest));
      largest = Math.max(largest, size);
    }
    return second;
  }

  private static double outside(double value, double lower, double upper) {
    return Double.isNaN(value)
        ? Double.POSITIVE_INFINITY
        : Math.max(0, Math.max(lower - value, value - upper));
  }

  /** Collects variables and constraints. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private Objective objective = Objective.minimize(LinearExpression.zero());

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a continuous variable. */
    public Variable continuous(String variableName, double lower, double upper) {
      return add(variableName, VariableType.CONTINUOUS, lower, upper);
    }

    /** Adds an integer variable. */
    public Variable integer(String variableName, double lower, double upper) {
      return add(variableName, VariableType.INTEGER, lower, upper);
    }

    /** Adds a binary variable. */
    public Variable binary(String variableName) {
      return add(variableName, VariableType.BINARY, 0, 1);
    }

    /** Adds a variable of any type. */
    public Variable add(String variableName, VariableType type, double lower, double upper) {
      Variable variable = new Variable(variables.size(), variableName, type, lower, upper);
      variables.add(variable);
      return variable;
    }

    /** Adds {@code lower <= expression <= upper}. */
    public Builder range(
        String constraintName, double lower, LinearExpression expression, double upper) {
      return add(new LinearConstraint(constraintName, expression, lower, upper));
    }

    /** Adds {@code expression <= upper}. */
    public Builder atMost(String constraintName, LinearExpression expression, double upper) {
      return range(constraintName, Double.NEGATIVE_INFINITY, expression, upper);
    }

    /** Adds {@code expression >= lower}. */
    public Builder atLeast(String constraintName, LinearExpression expression, double lower) {
      return range(constraintName, lower, expression, Double.POSITIVE_INFINITY);
    }

    /** Adds {@code expression = value}. */
    public Builder equal(String constraintName, LinearExpression expression, double value) {
      return range(constraintName, value, expression, value);
    }

    /** Adds a constraint of any kind. */
    public Builder add(Constraint constraint) {
      constraints.add(constraint);
      return this;
    }

    /** Sets the objective; without one, any feasible point is optimal with value 0. */
    public Builder objective(Objective newObjective) {
      objective = newObjective;
      return this;
    }

    /** Number of variables so far. */
    public int variableCount() {
      return variables.size();
    }

    /** The model as it stands. */
    public Model build() {
      return new Model(name, variables, constraints, objective);
    }
  }
}
