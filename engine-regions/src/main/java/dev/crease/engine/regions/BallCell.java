package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import java.math.BigInteger;
import java.util.Arrays;

/** The ball of a question as a cell: exactly in the norms 1 and infinity, else the box around. */
final class BallCell {

  private BallCell() {}

  static Cell of(Question question, double radius) {
    Cell cell = question.window(radius);
    int[] ball = question.ball();
    if (question.norm() == Norm.L1 && ball.length > 1) {
      for (int signs = 0; signs < 1 << ball.length; signs++) {
        cell = cell.within(octahedron(question.inputs(), ball, signs, radius));
      }
    }
    return cell;
  }

  /** The side {@code sum of +-x_k = radius} of the ball of norm 1, positive outside. */
  private static Hyperplane octahedron(int m, int[] ball, int signs, double radius) {
    double[] coefficients = new double[m + 1];
    BigInteger[] exact = new BigInteger[m + 1];
    Arrays.fill(exact, BigInteger.ZERO);
    int scale = Rationals.scale(radius);
    for (int k = 0; k < ball.length; k++) {
      coefficients[ball[k]] = (signs >> k & 1) == 0 ? 1 : -1;
      exact[ball[k]] = Rationals.scaled(coefficients[ball[k]], scale);
    }
    coefficients[m] = -radius;
    exact[m] = Rationals.scaled(-radius, scale);
    return new Hyperplane(
        coefficients, new double[m + 1], Hyperplane.WINDOW, () -> new ExactRow(exact, scale));
  }
}
