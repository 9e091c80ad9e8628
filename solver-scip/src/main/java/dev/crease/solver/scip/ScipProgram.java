package dev.crease.solver.scip;

import static dev.crease.solver.scip.ScipError.check;

import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.solver.scip.jni.ScipLpi;

/** Hands a linear program to SCIP's linear solver, by columns and without an objective. */
final class ScipProgram {

  static final int MINIMIZE = 1;

  private ScipProgram() {}

  static void load(ScipLpi lpi, Model model) {
    int columns = model.variables().size();
    int rows = model.constraints().size();
    double[] lower = new double[columns];
    double[] upper = new double[columns];
    for (Variable v : model.variables()) {
      lower[v.index()] = v.lower();
      upper[v.index()] = v.upper();
    }
    double[] left = new double[rows];
    double[] right = new double[rows];
    int[] starts = new int[columns + 1];
    for (int i = 0; i < rows; i++) {
      LinearConstraint row = row(model, i);
      left[i] = row.lower() - row.expression().constant();
      right[i] = row.upper() - row.expression().constant();
      for (int k = 0; k < row.expression().size(); k++) {
        starts[row.expression().variable(k) + 1]++;
      }
    }
    for (int j = 0; j < columns; j++) {
      starts[j + 1] += starts[j];
    }
    int[] index = new int[starts[columns]];
    double[] value = new double[starts[columns]];
    int[] next = starts.clone();
    for (int i = 0; i < rows; i++) {
      LinearExpression e = row(model, i).expression();
      for (int k = 0; k < e.size(); k++) {
        int at = next[e.variable(k)]++;
        index[at] = i;
        value[at] = e.coefficient(k);
      }
    }
    check(
        "SCIPlpiLoadColLP",
        ScipFunctions.SCIPlpiLoadColLP(
            lpi,
            MINIMIZE,
            columns,
            new double[columns],
            finite(lpi, lower),
            finite(lpi, upper),
            null,
            rows,
            finite(lpi, left),
            finite(lpi, right),
            null,
            index.length,
            starts,
            index,
            value));
  }

  private static LinearConstraint row(Model model, int i) {
    Constraint row = model.constraints().get(i);
    return (LinearConstraint) row;
  }

  /** Sides or bounds as the linear solver writes them: its infinity is a number. */
  static double[] finite(ScipLpi lpi, double[] sides) {
    double infinity = ScipFunctions.SCIPlpiInfinity(lpi);
    double[] finite = new double[sides.length];
    for (int k = 0; k < sides.length; k++) {
      finite[k] = Math.max(-infinity, Math.min(infinity, sides[k]));
    }
    return finite;
  }
}
