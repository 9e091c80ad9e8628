package dev.crease.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A sparse quadratic expression {@code sum q_ij x_i x_j + linear}.
 *
 * @param terms the products; repeated pairs add up
 * @param linear the affine part
 */
public record QuadraticExpression(List<Term> terms, LinearExpression linear) {

  /**
   * One product {@code coefficient * x_first * x_second}.
   *
   * @param first index of a variable
   * @param second index of a variable, possibly the same
   * @param coefficient a finite number
   */
  public record Term(int first, int second, double coefficient) {

    /** Checks the coefficient. */
    public Term {
      if (!Double.isFinite(coefficient)) {
        throw new IllegalArgumentException("coefficient " + coefficient + " is not finite");
      }
    }
  }

  /** Copies the terms. */
  public QuadraticExpression {
    terms = List.copyOf(terms);
  }

  /** An affine expression as a quadratic one. */
  public static QuadraticExpression of(LinearExpression linear) {
    return new QuadraticExpression(List.of(), linear);
  }

  /** The sum of squares of affine expressions, multiplied out. */
  public static QuadraticExpression sumOfSquares(List<LinearExpression> expressions) {
    List<Term> terms = new ArrayList<>();
    LinearExpression.Builder linear = LinearExpression.builder();
    for (LinearExpression e : expressions) {
      for (int i = 0; i < e.size(); i++) {
        terms.add(new Term(e.variable(i), e.variable(i), e.coefficient(i) * e.coefficient(i)));
        for (int j = 0; j < i; j++) {
          terms.add(
              new Term(e.variable(j), e.variable(i), 2 * e.coefficient(i) * e.coefficient(j)));
        }
      }
      double c = e.constant();
      linear.add(2 * c, e).addConstant(-c * c);
    }
    return new QuadraticExpression(terms, linear.build());
  }

  /** This expression minus an affine one. */
  public QuadraticExpression minus(LinearExpression other) {
    return new QuadraticExpression(terms, linear.minus(other));
  }

  /** Whether there are no products. */
  public boolean isLinear() {
    return terms.isEmpty();
  }

  /** The value at a point that has one entry per variable of the model. */
  public double valueAt(double[] values) {
    double sum = linear.valueAt(values);
    for (Term term : terms) {
      sum += term.coefficient() * values[term.first()] * values[term.second()];
    }
    return sum;
  }
}
