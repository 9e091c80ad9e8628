package dev.crease.verifier.proof;

import java.util.function.IntToDoubleFunction;

/**
 * A number that a sum is not below, while the sum is taken apart from the outputs to the inputs.
 *
 * <p>A coefficient that was computed is taken for exact. What it differs from the true one, times
 * the largest size of what it multiplies, is charged to the bound (Neumaier, Shcherbina, Safe
 * bounds in linear and mixed-integer linear programming, 2004).
 */
final class Bound {

  private double value;

  /** The same so far. */
  Bound copy() {
    Bound copy = new Bound();
    copy.value = value;
    return copy;
  }

  /** What the sum is at least; no number where something overflowed. */
  double value() {
    return value;
  }

  /** The sum has {@code a b} more. */
  void plus(double a, double b) {
    value = Round.sumDown(value, Round.productDown(a, b));
  }

  /** The sum has {@code c v} more, of a {@code v} between two numbers. */
  void plus(double c, double least, double most) {
    value = Round.sumDown(value, Math.min(Round.productDown(c, least), Round.productDown(c, most)));
  }

  /** The coefficient {@code c + a b} of something of at most this size. */
  double sum(double c, double a, double b, double size) {
    charge(Round.error(c, a, b), size);
    return c + a * b;
  }

  /** The coefficients of what a layer is computed from, given those of its {@code W y}. */
  double[] before(double[][] weights, double[] c, IntToDoubleFunction size) {
    double[] sums = new double[weights[0].length];
    double[] sizes = new double[sums.length];
    int terms = 0;
    for (int i = 0; i < c.length; i++) {
      if (c[i] != 0) {
        terms++;
        for (int j = 0; j < sums.length; j++) {
          double product = c[i] * weights[i][j];
          sums[j] += product;
          sizes[j] += Math.abs(product);
        }
      }
    }
    for (int j = 0; j < sums.length; j++) {
      charge(Round.error(terms, sizes[j]), size.applyAsDouble(j));
    }
    return sums;
  }

  private void charge(double error, double size) {
    value = Round.sumDown(value, -Round.productUp(error, size));
  }
}
