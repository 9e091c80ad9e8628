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
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One linear program in GLOP, through OR-Tools' linear solver, which keeps its basis. */
final class GlopSession implements LinearSession {

  private final MPSolver solver;
  private final List<MPVariable> variables = new ArrayList<>();
  private final List<MPConstraint> rows = new ArrayList<>();
  private final SolveOptions options;
  private boolean open = true;

  GlopSession(Model model, SolveOptions options) {
    this.options = options;
    this.solver = MPSolver.createSolver("GLOP");
    if (solver == null) {
      throw new SolverFailure("OR-Tools has no GLOP");
    }
    for (Variable v : model.variables()) {
      variables.add(solver.makeNumVar(v.lower(), v.upper(), ""));
    }
    for (Constraint constraint : model.constraints()) {
      LinearConstraint c = (LinearConstraint) constraint;
      double constant = c.expression().constant();
      MPConstraint row = solver.makeConstraint(c.lower() - constant, c.upper() - constant, "");
      for (int k = 0; k < c.expression().size(); k++) {
        row.setCoefficient(
            variables.get(c.expression().variable(k)), c.expression().coefficient(k));
      }
      rows.add(row);
    }
    solver.objective().setMinimization();
    options.limits().time().ifPresent(limit -> solver.setTimeLimit(Math.max(1, limit.toMillis())));
  }

  @Override
  public Optional<Optimum> minimize(double[] cost) {
    if (!open) {
      throw new IllegalStateException("the session is closed");
    }
    if (cost.length != variables.size()) {
      throw new IllegalArgumentException(
          cost.length + " costs for " + variables.size() + " variables");
    }
    MPObjective objective = solver.objective();
    for (int i = 0; i < cost.length; i++) {
      objective.setCoefficient(variables.get(i), cost[i]);
    }
    MPSolver.ResultStatus status;
    Cancellation.Registration interrupts =
        options.limits().cancellation().onCancel(solver::interruptSolve);
    try (interrupts) {
      if (options.limits().cancellation().isCancelled()) {
        return Optional.empty();
      }
      status = solver.solve();
    }
    // ABNORMAL and the like are no optimum: the caller keeps the bound that it has.
    if (status != MPSolver.ResultStatus.OPTIMAL) {
      return Optional.empty();
    }
    return Optional.of(
        new Optimum(
            variables.stream().mapToDouble(MPVariable::solutionValue).toArray(),
            rows.stream().mapToDouble(MPConstraint::dualValue).toArray()));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      solver.delete();
    }
  }
}
