package dev.crease.testkit;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A small linear program that changes together with a session. */
final class LinearProgram {

  private final double[][] a;
  private final double[] lower;
  private final double[] upper;
  private final double[] rowLower;
  private final double[] rowUpper;

  LinearProgram(int columns, int rows, Random random) {
    a = new double[rows][columns];
    lower = new double[columns];
    upper = new double[columns];
    rowLower = new double[rows];
    rowUpper = new double[rows];
    Arrays.fill(lower, -1);
    Arrays.fill(upper, 1);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        a[i][j] = random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 1);
      }
      side(i, random);
    }
  }

  /** One random change of both. */
  void change(Random random, LinearSession session) {
    switch (random.nextInt(3)) {
      case 0 -> {
        int j = random.nextInt(lower.length);
        double one = random.nextDouble(-1, 1);
        double two = random.nextInt(4) == 0 ? one : random.nextDouble(-1, 1);
        lower[j] = Math.min(one, two);
        upper[j] = Math.max(one, two);
        session.setBounds(lower.clone(), upper.clone());
      }
      case 1 -> changeSides(random, session);
      default -> {
        int i = random.nextInt(a.length);
        int j = random.nextInt(lower.length);
        a[i][j] = random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 1);
        session.setCoefficient(i, j, a[i][j]);
      }
    }
  }

  /** A random change of a row's sides, of which it may lose one or both. */
  void changeSides(Random random, LinearSession session) {
    side(random.nextInt(a.length), random);
    session.setSides(rowLower.clone(), rowUpper.clone());
  }

  private void side(int i, Random random) {
    double at = random.nextDouble(-1.5, 1);
    rowLower[i] = random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : at;
    rowUpper[i] = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : at + random.nextInt(2);
  }

  Model model() {
    Model.Builder model = Model.builder("changing");
    List<Variable> x = new ArrayList<>();
    for (int j = 0; j < lower.length; j++) {
      x.add(model.continuous("x" + j, lower[j], upper[j]));
    }
    for (int i = 0; i < a.length; i++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int j = 0; j < lower.length; j++) {
        if (a[i][j] != 0) {
          row.add(a[i][j], x.get(j));
        }
      }
      model.range("row" + i, rowLower[i], row.build(), rowUpper[i]);
    }
    return model.build();
  }

  /** What multipliers prove of an objective. */
  double proved(double[] cost, double[] multipliers) {
    double[] left = cost.clone();
    double bound = 0;
    for (int i = 0; i < a.length; i++) {
      double y = multipliers[i];
      double side = y > 0 ? rowLower[i] : rowUpper[i];
      if (Math.abs(y) < 1e-11) {
        continue;
      }
      bound += y * side;
      for (int j = 0; j < left.length; j++) {
        left[j] -= y * a[i][j];
      }
    }
    for (int j = 0; j < left.length; j++) {
      bound += Math.min(left[j] * lower[j], left[j] * upper[j]);
    }
    return bound;
  }
}
