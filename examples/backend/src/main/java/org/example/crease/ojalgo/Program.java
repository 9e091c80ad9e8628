package org.example.crease.ojalgo;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import java.math.BigDecimal;
import java.util.List;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.linear.LinearSolver;

/** A linear program to be minimised by ojAlgo again and again, within other bounds each time. */
final class Program {

  static {
    // Without this ojAlgo greets on standard output, where a command's result belongs.
    System.getProperties().putIfAbsent("shut.up.ojAlgo", "true");
  }

  /**
   * What ojAlgo says; nothing of it is checked yet.
   *
   * @param state its state
   * @param x the point
   * @param y a multiplier for each row, positive at lower sides
   */
  record Answer(Optimisation.State state, double[] x, double[] y) {}

  private final double[] cost;
  private final List<LinearConstraint> rows;
  private final BigDecimal[][] coefficients;

  Program(double[] cost, List<LinearConstraint> rows) {
    this.cost = cost;
    this.rows = rows;
    // ojAlgo's models are decimal; converting once saves most of the time of a small program.
    coefficients = new BigDecimal[rows.size()][];
    for (int i = 0; i < coefficients.length; i++) {
      LinearExpression e = rows.get(i).expression();
      coefficients[i] = new BigDecimal[e.size()];
      for (int k = 0; k < e.size(); k++) {
        coefficients[i][k] = BigDecimal.valueOf(e.coefficient(k));
      }
    }
  }

  static String ojalgoVersion() {
    return OjAlgoUtils.getVersion();
  }

  /** Minimises within bounds. */
  Answer minimize(double[] lower, double[] upper, Simplex simplex, long millis) {
    Optimisation.Options options = new Optimisation.Options();
    options.time_abort = millis;
    options.time_suffice = millis;
    if (simplex == Simplex.DUAL) {
      options.linear().dual();
    } else {
      options.linear().primal();
    }
    try {
      return minimize(lower, upper, options);
    } catch (RuntimeException e) {
      // An exception in the middle of a pivot is one more way to fail.
      return new Answer(Optimisation.State.FAILED, lower, new double[rows.size()]);
    }
  }

  private Answer minimize(double[] lower, double[] upper, Optimisation.Options options) {
    double[] x = lower.clone();
    double[] y = new double[rows.size()];
    // Fixed variables are left out: ojAlgo prints them to standard output in one of its codes.
    Variable[] columns = new Variable[x.length];
    ExpressionsBasedModel model = new ExpressionsBasedModel(options);
    for (int j = 0; j < x.length; j++) {
      if (lower[j] < upper[j]) {
        columns[j] = model.newVariable("x" + j).weight(cost[j]);
        columns[j].lower(limit(lower[j])).upper(limit(upper[j]));
      }
    }
    if (model.countVariables() == 0) {
      return new Answer(Optimisation.State.OPTIMAL, x, y);
    }
    for (int i = 0; i < y.length; i++) {
      addRow(model, columns, x, i);
    }
    // Straight to the simplex code: the presolvers on the way round to eight decimals.
    LinearSolver solver = LinearSolver.INTEGRATION.build(model);
    try {
      Optimisation.Result raw = solver.solve();
      for (var multiplier : raw.getMatchedMultipliers()) {
        if (multiplier.getKey().left() instanceof Expression row) {
          // ojAlgo counts lower sides upwards, and upper sides and equations downwards.
          boolean up = multiplier.getKey().right() == Optimisation.ConstraintType.LOWER;
          y[Integer.parseInt(row.getName())] +=
              up ? multiplier.doubleValue() : -multiplier.doubleValue();
        }
      }
      Optimisation.Result point = LinearSolver.INTEGRATION.toModelState(raw, model);
      int column = 0;
      for (int j = 0; j < x.length; j++) {
        if (columns[j] != null) {
          x[j] = point.doubleValue(column++);
        }
      }
      return new Answer(raw.getState(), x, y);
    } finally {
      solver.dispose();
    }
  }

  private void addRow(ExpressionsBasedModel model, Variable[] columns, double[] fixed, int i) {
    LinearConstraint row = rows.get(i);
    LinearExpression e = row.expression();
    if (Double.isInfinite(row.lower()) && Double.isInfinite(row.upper())) {
      return;
    }
    Expression expression = null;
    double moved = 0;
    for (int k = 0; k < e.size(); k++) {
      int j = e.variable(k);
      if (columns[j] == null) {
        moved += e.coefficient(k) * fixed[j];
      } else {
        expression = expression == null ? model.newExpression(String.valueOf(i)) : expression;
        expression.set(columns[j], coefficients[i][k]);
      }
    }
    // Whether a row of fixed variables holds is seen when the point is checked.
    if (expression != null) {
      expression.lower(limit(row.lower() - moved)).upper(limit(row.upper() - moved));
    }
  }

  private static Double limit(double bound) {
    return Double.isInfinite(bound) ? null : Double.valueOf(bound);
  }
}
