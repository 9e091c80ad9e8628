package org.example.crease.ojalgo;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proves that rows contradict each other: each row may be missed at a price of 1, and where the
 * least price is proved to be positive there is no point. ojAlgo's own "infeasible" is not enough:
 * its simplex codes skip small pivots, and may then call a program infeasible that is not.
 */
final class Elastic {

  /**
   * By how much of the tolerance rows are loosened in the proof, so that a model which only the
   * rounding of its numbers makes contradictory is not proved to be infeasible.
   */
  private static final double LOOSE = 0.01;

  private final double[] price;
  private final List<LinearConstraint> loose = new ArrayList<>();
  private final Program program;
  private final int columns;

  Elastic(int columns, List<LinearConstraint> constraints, double tolerance) {
    this.columns = columns;
    List<LinearConstraint> rows = new ArrayList<>();
    double room = LOOSE * tolerance;
    Model.Builder builder = Model.builder("elastic");
    for (int j = 0; j < columns; j++) {
      builder.continuous("x", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    for (LinearConstraint row : constraints) {
      LinearExpression.Builder missable = LinearExpression.builder().add(1, row.expression());
      if (row.lower() != Double.NEGATIVE_INFINITY) {
        missable.add(1, missed(builder));
      }
      if (row.upper() != Double.POSITIVE_INFINITY) {
        missable.add(-1, missed(builder));
      }
      LinearExpression e = missable.build();
      rows.add(new LinearConstraint(row.name(), e, row.lower(), row.upper()));
      loose.add(new LinearConstraint(row.name(), e, row.lower() - room, row.upper() + room));
    }
    price = new double[builder.variableCount()];
    Arrays.fill(price, columns, price.length, 1);
    program = new Program(price, rows);
  }

  private static Variable missed(Model.Builder builder) {
    return builder.continuous("missed", 0, Double.POSITIVE_INFINITY);
  }

  /** Whether it is proved that no point of the box satisfies the rows. */
  boolean isInfeasible(double[] lower, double[] upper, Simplex simplex, Clock clock) {
    double[] low = Arrays.copyOf(lower, price.length);
    double[] high = Arrays.copyOf(upper, price.length);
    Arrays.fill(high, columns, price.length, Double.POSITIVE_INFINITY);
    Program.Answer raw = program.minimize(low, high, simplex, clock.millisLeft());
    return DualProof.bound(price, loose, low, high, raw.y()) > 0;
  }
}
