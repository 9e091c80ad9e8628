package dev.crease.solver.ortools;

import com.sun.jna.Pointer;
import dev.crease.SolverFailure;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;

/** Hands a model to HiGHS in one call. */
final class HighsModel {

  private HighsModel() {}

  static void pass(HighsLibrary highs, Pointer handle, Model model) {
    int columns = model.variables().size();
    int rows = model.constraints().size();
    double[] cost = new double[columns];
    LinearExpression objective = model.objective().expression().linear();
    for (int k = 0; k < objective.size(); k++) {
      cost[objective.variable(k)] = objective.coefficient(k);
    }
    double[] lower = new double[columns];
    double[] upper = new double[columns];
    int[] integrality = new int[columns];
    for (Variable v : model.variables()) {
      // Presolve has lost solutions of integers whose bounds are no integers.
      double least = v.isIntegral() ? Math.ceil(v.lower()) : v.lower();
      double most = v.isIntegral() ? Math.floor(v.upper()) : v.upper();
      lower[v.index()] = least <= most ? least : v.lower();
      upper[v.index()] = least <= most ? most : v.upper();
      integrality[v.index()] =
          v.isIntegral() ? HighsLibrary.VAR_INTEGER : HighsLibrary.VAR_CONTINUOUS;
    }
    double[] rowLower = new double[rows];
    double[] rowUpper = new double[rows];
    int[] starts = new int[rows + 1];
    int nonZeros = 0;
    for (int r = 0; r < rows; r++) {
      nonZeros += ((LinearConstraint) model.constraints().get(r)).expression().size();
    }
    int[] index = new int[nonZeros];
    double[] value = new double[nonZeros];
    int at = 0;
    for (int r = 0; r < rows; r++) {
      LinearConstraint row = (LinearConstraint) model.constraints().get(r);
      rowLower[r] = row.lower();
      rowUpper[r] = row.upper();
      for (int k = 0; k < row.expression().size(); k++) {
        index[at] = row.expression().variable(k);
        value[at++] = row.expression().coefficient(k);
      }
      starts[r + 1] = at;
    }
    int sense =
        model.objective().isMinimize() ? HighsLibrary.SENSE_MINIMIZE : HighsLibrary.SENSE_MAXIMIZE;
    int status =
        highs.Highs_passMip(
            handle,
            columns,
            rows,
            nonZeros,
            HighsLibrary.MATRIX_ROWWISE,
            sense,
            objective.constant(),
            cost,
            lower,
            upper,
            rowLower,
            rowUpper,
            starts,
            index,
            value,
            integrality);
    if (status == HighsLibrary.STATUS_ERROR) {
      throw new SolverFailure("HiGHS refused model " + model.name());
    }
  }
}
