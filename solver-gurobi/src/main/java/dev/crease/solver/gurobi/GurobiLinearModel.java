package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import com.gurobi.gurobi.GRBConstr;
import com.gurobi.gurobi.GRBException;
import com.gurobi.gurobi.GRBLinExpr;
import com.gurobi.gurobi.GRBModel;
import com.gurobi.gurobi.GRBVar;
import dev.crease.SolverFailure;
import dev.crease.model.Constraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A linear program in Gurobi, on an environment of its own. A row {@code L <= a x <= U} is {@code a
 * x - s = 0} with a variable {@code s} between {@code L} and {@code U}, so that either side can
 * change at any time; its multiplier is that of the equation.
 */
final class GurobiLinearModel implements GurobiProgram {

  private static final int DUAL_SIMPLEX = 1;

  /** A call into Gurobi. */
  private interface Call<T> {
    T run() throws GRBException;
  }

  /** A call that gives nothing. */
  private interface Change {
    void run() throws GRBException;
  }

  private final GurobiEnvironment environment;
  private final GRBModel grb;
  private final GRBVar[] columns;
  private final GRBVar[] sides;
  private final GRBConstr[] rows;

  private GurobiLinearModel(GurobiEnvironment environment, GRBModel grb, Model model)
      throws GRBException {
    this.environment = environment;
    this.grb = grb;
    List<Variable> variables = model.variables();
    this.columns =
        variables(
            variables.stream().mapToDouble(Variable::lower).toArray(),
            variables.stream().mapToDouble(Variable::upper).toArray());
    List<LinearConstraint> constraints = new ArrayList<>();
    for (Constraint c : model.constraints()) {
      constraints.add((LinearConstraint) c);
    }
    this.sides =
        variables(
            constraints.stream().mapToDouble(c -> c.lower() - constant(c)).toArray(),
            constraints.stream().mapToDouble(c -> c.upper() - constant(c)).toArray());
    this.rows = new GRBConstr[constraints.size()];
    for (int i = 0; i < rows.length; i++) {
      GRBLinExpr row = new GRBLinExpr();
      LinearExpression e = constraints.get(i).expression();
      for (int k = 0; k < e.size(); k++) {
        row.addTerm(e.coefficient(k), columns[e.variable(k)]);
      }
      row.addTerm(-1, sides[i]);
      rows[i] = grb.addConstr(row, GRB.EQUAL, 0, "");
    }
    grb.update();
  }

  private static double constant(LinearConstraint c) {
    return c.expression().constant();
  }

  private GRBVar[] variables(double[] lower, double[] upper) throws GRBException {
    char[] types = new char[lower.length];
    Arrays.fill(types, GRB.CONTINUOUS);
    return grb.addVars(finite(lower), finite(upper), null, types, null);
  }

  /**
   * A session on a linear program.
   *
   * @throws dev.crease.BackendUnavailable if there is no licence after all
   * @throws dev.crease.Unsupported if the licence is for smaller programs
   */
  static LinearSession open(Model model, SolveOptions options) {
    GurobiEnvironment environment;
    try {
      environment = GurobiEnvironment.prepare(options);
    } catch (GRBException e) {
      throw failure(e);
    }
    boolean done = false;
    try {
      GurobiLinearModel program = on(environment, model, options);
      done = true;
      return new GurobiSession(
          program, program.columns.length, program.rows.length, options.limits().cancellation());
    } catch (GRBException e) {
      throw failure(e);
    } finally {
      if (!done) {
        // Nobody gets a session that could be closed.
        environment.close();
      }
    }
  }

  private static GurobiLinearModel on(
      GurobiEnvironment environment, Model model, SolveOptions options) throws GRBException {
    GRBModel grb = new GRBModel(GurobiSolve.started(environment, options));
    boolean done = false;
    try {
      set(grb, options);
      GurobiLinearModel program = new GurobiLinearModel(environment, grb, model);
      done = true;
      return program;
    } finally {
      if (!done) {
        grb.dispose();
      }
    }
  }

  /** Whatever the user sets: a presolved program has neither a basis to start from nor a proof. */
  private static void set(GRBModel grb, SolveOptions options) throws GRBException {
    grb.set(GRB.IntParam.OutputFlag, 0);
    grb.set(GRB.IntParam.Method, DUAL_SIMPLEX);
    grb.set(GRB.IntParam.Presolve, 0);
    grb.set(GRB.IntParam.InfUnbdInfo, 1);
    var left = GurobiParameters.secondsLeft(options, Duration.ZERO);
    if (left.isPresent()) {
      // Gurobi counts it anew for each solve.
      grb.set(GRB.DoubleParam.TimeLimit, left.getAsDouble());
    }
  }

  private static RuntimeException failure(GRBException e) {
    return GurobiSolve.tooLarge(e)
        .<RuntimeException>map(u -> u)
        .orElseGet(
            () -> new SolverFailure("Gurobi failed at a linear program: " + Text.oneLine(e), e));
  }

  @Override
  public void setCosts(double[] costs) {
    change(() -> grb.set(GRB.DoubleAttr.Obj, columns, costs));
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    change(() -> bound(columns, lower, upper));
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    change(() -> bound(sides, lower, upper));
  }

  private void bound(GRBVar[] variables, double[] lower, double[] upper) throws GRBException {
    grb.set(GRB.DoubleAttr.LB, variables, finite(lower));
    grb.set(GRB.DoubleAttr.UB, variables, finite(upper));
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    change(() -> grb.chgCoeff(rows[row], columns[variable], value));
  }

  @Override
  public OptionalInt minimize() {
    try {
      grb.optimize();
      return OptionalInt.of(grb.get(GRB.IntAttr.Status));
    } catch (GRBException e) {
      if (GurobiSolve.tooLarge(e).isPresent()) {
        throw failure(e);
      }
      return OptionalInt.empty();
    }
  }

  @Override
  public double[] values() {
    return ask(() -> grb.get(GRB.DoubleAttr.X, columns));
  }

  @Override
  public double[] multipliers() {
    return ask(() -> grb.get(GRB.DoubleAttr.Pi, rows));
  }

  @Override
  public Optional<double[]> farkasDual() {
    try {
      return Optional.of(grb.get(GRB.DoubleAttr.FarkasDual, rows));
    } catch (GRBException e) {
      // Refused where it was not computed.
      return Optional.empty();
    }
  }

  @Override
  public void stop() {
    grb.terminate();
  }

  @Override
  public void close() {
    grb.dispose();
    environment.close();
  }

  private static double[] finite(double[] sides) {
    return Arrays.stream(sides)
        .map(s -> Math.max(-GRB.INFINITY, Math.min(GRB.INFINITY, s)))
        .toArray();
  }

  private static void change(Change change) {
    try {
      change.run();
    } catch (GRBException e) {
      throw failure(e);
    }
  }

  private static <T> T ask(Call<T> call) {
    try {
      return call.run();
    } catch (GRBException e) {
      throw failure(e);
    }
  }
}
