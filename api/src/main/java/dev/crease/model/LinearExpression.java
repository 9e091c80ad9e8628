package dev.crease.model;

import java.util.Arrays;

/**
 * A sparse affine expression {@code sum_k a_k x_k + constant} over the variables of one model.
 * Immutable; terms are sorted by variable index, each variable at most once, no coefficient zero.
 */
public final class LinearExpression {

  private static final LinearExpression ZERO = new LinearExpression(new int[0], new double[0], 0);

  private final int[] indices;
  private final double[] coefficients;
  private final double constant;

  private LinearExpression(int[] indices, double[] coefficients, double constant) {
    this.indices = indices;
    this.coefficients = coefficients;
    this.constant = constant;
  }

  /** The expression that is 0. */
  public static LinearExpression zero() {
    return ZERO;
  }

  /** A constant expression. */
  public static LinearExpression constant(double value) {
    return builder().addConstant(value).build();
  }

  /** The expression {@code x}. */
  public static LinearExpression of(Variable x) {
    return term(1, x);
  }

  /** The expression {@code a x}. */
  public static LinearExpression term(double a, Variable x) {
    return builder().add(a, x).build();
  }

  /** A builder that collects terms. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of terms. */
  public int size() {
    return indices.length;
  }

  /** Index of the variable of term {@code k}. */
  public int variable(int k) {
    return indices[k];
  }

  /** Coefficient of term {@code k}. */
  public double coefficient(int k) {
    return coefficients[k];
  }

  /** The constant. */
  public double constant() {
    return constant;
  }

  /** Whether no variable occurs. */
  public boolean isConstant() {
    return indices.length == 0;
  }

  /** The sum of two expressions. */
  public LinearExpression plus(LinearExpression other) {
    return builder().add(1, this).add(1, other).build();
  }

  /** The difference of two expressions. */
  public LinearExpression minus(LinearExpression other) {
    return builder().add(1, this).add(-1, other).build();
  }

  /** The expression times a number. */
  public LinearExpression times(double factor) {
    return builder().add(factor, this).build();
  }

  /** The value at a point that has one entry per variable of the model. */
  public double valueAt(double[] values) {
    double sum = constant;
    for (int k = 0; k < indices.length; k++) {
      sum += coefficients[k] * values[indices[k]];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearExpression that
        && constant == that.constant
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(coefficients, that.coefficients);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(indices) + Arrays.hashCode(coefficients))
        + Double.hashCode(constant);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < indices.length; k++) {
      text.append(coefficients[k]).append(" x").append(indices[k]).append(" + ");
    }
    return text.append(constant).toString();
  }

  /** Collects terms in any order; repeated variables are added up. Not thread-safe. */
  public static final class Builder {
    private int[] indices = new int[8];
    private double[] coefficients = new double[8];
    private int size;
    private double constant;

    private Builder() {}

    /** Adds {@code a x}. */
    public Builder add(double a, Variable x) {
      return add(a, x.index());
    }

    /** Adds a constant. */
    public Builder addConstant(double value) {
      checkFinite(value);
      constant += value;
      return this;
    }

    /** Adds {@code factor * expression}. */
    public Builder add(double factor, LinearExpression expression) {
      checkFinite(factor);
      for (int k = 0; k < expression.indices.length; k++) {
        add(factor * expression.coefficients[k], expression.indices[k]);
      }
      constant += factor * expression.constant;
      return this;
    }

    private Builder add(double a, int index) {
      checkFinite(a);
      if (size == indices.length) {
        indices = Arrays.copyOf(indices, 2 * size);
        coefficients = Arrays.copyOf(coefficients, 2 * size);
      }
      indices[size] = index;
      coefficients[size++] = a;
      return this;
    }

    private static void checkFinite(double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("coefficient " + value + " is not finite");
      }
    }

    /** The expression, with repeated variables added up and zero terms left out. */
    public LinearExpression build() {
      checkFinite(constant);
      sort();
      int[] i = new int[size];
      double[] a = new double[size];
      int used = 0;
      for (int k = 0; k < size; ) {
        int index = indices[k];
        double sum = 0;
        for (; k < size && indices[k] == index; k++) {
          sum += coefficients[k];
        }
        checkFinite(sum);
        if (sum != 0) {
          i[used] = index;
          a[used++] = sum;
        }
      }
      return new LinearExpression(Arrays.copyOf(i, used), Arrays.copyOf(a, used), constant);
    }

    private void sort() {
      boolean sorted = true;
      for (int k = 1; k < size && sorted; k++) {
        sorted = indices[k - 1] <= indices[k];
      }
      if (sorted) {
        return;
      }
      // The place breaks ties, so that equal indices are added up in the order they came.
      long[] keys = new long[size];
      for (int k = 0; k < size; k++) {
        keys[k] = ((long) indices[k] << 32) | k;
      }
      Arrays.sort(keys);
      int[] i = new int[size];
      double[] a = new double[size];
      for (int k = 0; k < size; k++) {
        i[k] = (int) (keys[k] >> 32);
        a[k] = coefficients[(int) keys[k]];
      }
      indices = i;
      coefficients = a;
    }
  }
}
