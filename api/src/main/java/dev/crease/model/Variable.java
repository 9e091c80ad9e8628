package dev.crease.model;

/**
 * A variable of one model.
 *
 * @param index its place in {@link Model#variables()}, counted from 0
 * @param name any text, for people; backends identify variables by index
 * @param type continuous, integer or binary
 * @param lower the lower bound, possibly {@code -Infinity}
 * @param upper the upper bound, possibly {@code +Infinity}, not below {@code lower}
 */
public record Variable(int index, String name, VariableType type, double lower, double upper) {

  /** Checks the bounds. */
  public Variable {
    if (!(lower <= upper)
        || lower == Double.POSITIVE_INFINITY
        || upper == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "variable " + name + " cannot have the bounds [" + lower + ", " + upper + "]");
    }
    if (type == VariableType.BINARY && (lower < 0 || upper > 1)) {
      throw new IllegalArgumentException(
          "binary variable " + name + " cannot have the bounds [" + lower + ", " + upper + "]");
    }
  }

  /** Whether the variable must be integral. */
  public boolean isIntegral() {
    return type != VariableType.CONTINUOUS;
  }
}
