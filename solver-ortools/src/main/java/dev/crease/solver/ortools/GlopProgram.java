package dev.crease.solver.ortools;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;

/** A linear program in GLOP, through OR-Tools' linear solver, which keeps its basis. */
final class GlopProgram {

  private final MPSolver solver;
  private final List<MPVariable> variables = new ArrayList<>();
  private final List<MPConstraint> rows = new ArrayList<>();
  private final SolveOptions options;

  private GlopProgram(SolveOptions options) {
    this.options = options;
    this.solver = MPSolver.createSolver("GLOP");
    if (solver == null) {
      throw new SolverFailure("OR-Tools has no GLOP");
    }
    solver.objective().setMinimization();
    options.limits().time().ifPresent(limit -> solver.setTimeLimit(Math.max(1, limit.toMillis())));
  }

  static GlopProgram of(Model model, SolveOptions options) {
    GlopProgram program = new GlopProgram(options);
    for (Variable v : model.variables()) {
      program.variables.add(program.solver.makeNumVar(v.lower(), v.upper(), ""));
    }
    for (Constraint constraint : model.constraints()) {
      LinearConstraint c = (LinearConstraint) constraint;
      double constant = c.expression().constant();
      MPConstraint row =
          program.solver.makeConstraint(c.lower() - constant, c.upper() - constant, "");
      for (int k = 0; k < c.expression().size(); k++) {
        row.setCoefficient(
            program.variables.get(c.expression().variable(k)), c.expression().coefficient(k));
      }
      program.rows.add(row);
    }
    return program;
  }

  /** The same program, whose rows may be missed on either side, each at the price of how far. */
  GlopProgram elastic() {
    GlopProgram program = new GlopProgram(options);
    for (MPVariable v : variables) {
      program.variables.add(program.solver.makeNumVar(v.lb(), v.ub(), ""));
    }
    for (MPConstraint row : rows) {
      MPConstraint copy = program.solver.makeConstraint(row.lb(), row.ub(), "");
      for (int j = 0; j < variables.size(); j++) {
        double value = row.getCoefficient(variables.get(j));
        if (value != 0) {
          copy.setCoefficient(program.variables.get(j), value);
        }
      }
      for (int sign = -1; sign <= 1; sign += 2) {
        MPVariable missing = program.solver.makeNumVar(0, MPSolver.infinity(), "");
        copy.setCoefficient(missing, sign);
        program.solver.objective().setCoefficient(missing, 1);
      }
      program.rows.add(copy);
    }
    return program;
  }

  int columns() {
    return variables.size();
  }

  int rows() {
    return rows.size();
  }

  MPSolver.ResultStatus minimize(double[] cost) {
    MPObjective objective = solver.objective();
    for (int j = 0; j < cost.length; j++) {
      objective.setCoefficient(variables.get(j), cost[j]);
    }
    Cancellation.Registration interrupts =
        options.limits().cancellation().onCancel(solver::interruptSolve);
    try (interrupts) {
      return options.limits().cancellation().isCancelled()
          ? MPSolver.ResultStatus.NOT_SOLVED
          : solver.solve();
    }
  }

  double[] values() {
    return variables.stream().mapToDouble(MPVariable::solutionValue).toArray();
  }

  double[] multipliers() {
    return rows.stream().mapToDouble(MPConstraint::dualValue).toArray();
  }

  void setBounds(double[] lower, double[] upper) {
    for (int j = 0; j < lower.length; j++) {
      variables.get(j).setBounds(lower[j], upper[j]);
    }
  }

  void setSides(double[] lower, double[] upper) {
    for (int i = 0; i < lower.length; i++) {
      rows.get(i).setBounds(lower[i], upper[i]);
    }
  }

  void setCoefficient(int row, int variable, double value) {
    rows.get(row).setCoefficient(variables.get(variable), value);
  }

  void delete() {
    solver.delete();
  }
}
