package dev.crease.solver.ortools;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.util.Optional;

/** One linear program on one HiGHS handle: a solve starts from the basis of the one before it. */
final class HighsSession implements LinearSession {

  /** {@code simplex_strategy} of HiGHS. */
  private static final int PRIMAL_SIMPLEX = 4;

  private static final int DUAL_SIMPLEX = 1;

  private final HighsLibrary highs;
  private final int columns;
  private final int rows;
  private final SolveOptions options;
  private Optional<Pointer> handle;
  private boolean hasMoved;

  HighsSession(HighsLibrary highs, Model model, SolveOptions options) {
    this.highs = highs;
    this.columns = model.variables().size();
    this.rows = model.constraints().size();
    this.options = options;
    Pointer created = highs.Highs_create();
    this.handle = Optional.of(created);
    highs.Highs_setBoolOptionValue(created, "output_flag", 0);
    highs.Highs_setStringOptionValue(created, "parallel", "off");
    highs.Highs_setStringOptionValue(created, "presolve", "off");
    highs.Highs_setIntOptionValue(created, "random_seed", options.seed());
    highs.Highs_setDoubleOptionValue(
        created, "primal_feasibility_tolerance", options.tolerances().feasibility());
    highs.Highs_setDoubleOptionValue(
        created, "dual_feasibility_tolerance", options.tolerances().feasibility());
    options
        .limits()
        .time()
        .ifPresent(
            limit ->
                highs.Highs_setDoubleOptionValue(
                    created, "time_limit", Math.max(1e-3, limit.toNanos() / 1e9)));
    try {
      HighsModel.pass(highs, created, model);
    } catch (RuntimeException e) {
      // Nobody gets a session that could be closed.
      close();
      throw e;
    }
  }

  @Override
  public Outcome solve(double[] cost) {
    Pointer at = open();
    refuse(cost.length, columns, "costs", "variables");
    if (options.limits().cancellation().isCancelled()) {
      return new Undecided();
    }
    // The limit counts from the handle's first run on.
    highs.Highs_zeroAllClocks(at);
    highs.Highs_changeColsCostByRange(at, 0, columns - 1, cost);
    // A basis stays primal feasible under other objectives, dual feasible under other sides.
    highs.Highs_setIntOptionValue(at, "simplex_strategy", hasMoved ? DUAL_SIMPLEX : PRIMAL_SIMPLEX);
    hasMoved = false;
    int ran = highs.Highs_run(at);
    Optional<HighsModelStatus> status = HighsModelStatus.of(highs.Highs_getModelStatus(at));
    if (ran == HighsLibrary.STATUS_ERROR || status.isEmpty()) {
      return new Undecided();
    }
    return switch (status.get()) {
      case OPTIMAL -> optimum(at);
      case INFEASIBLE -> infeasible(at);
      default -> new Undecided();
    };
  }

  private Outcome optimum(Pointer at) {
    double[] values = new double[columns];
    double[] multipliers = new double[rows];
    highs.Highs_getSolution(at, values, new double[columns], new double[rows], multipliers);
    return new Optimum(values, multipliers);
  }

  private Outcome infeasible(Pointer at) {
    Optional<double[]> ray = ray(at);
    if (ray.isEmpty()) {
      // Only the dual simplex method ends with one.
      highs.Highs_setLogicalBasis(at);
      highs.Highs_setIntOptionValue(at, "simplex_strategy", DUAL_SIMPLEX);
      highs.Highs_run(at);
      ray = ray(at);
    }
    return ray.<Outcome>map(Infeasible::new).orElseGet(Undecided::new);
  }

  private Optional<double[]> ray(Pointer at) {
    IntByReference has = new IntByReference();
    double[] ray = new double[rows];
    int got = highs.Highs_getDualRay(at, has, ray);
    return got == HighsLibrary.STATUS_ERROR || has.getValue() == 0
        ? Optional.empty()
        : Optional.of(ray);
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    Pointer at = open();
    refuse(lower.length, columns, "bounds", "variables");
    refuse(upper.length, columns, "bounds", "variables");
    accept(highs.Highs_changeColsBoundsByRange(at, 0, columns - 1, lower, upper));
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    Pointer at = open();
    refuse(lower.length, rows, "sides", "constraints");
    refuse(upper.length, rows, "sides", "constraints");
    accept(highs.Highs_changeRowsBoundsByRange(at, 0, rows - 1, lower, upper));
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    Pointer at = open();
    if (row < 0 || row >= rows || variable < 0 || variable >= columns) {
      throw new IllegalArgumentException("there is no row " + row + " with a variable " + variable);
    }
    accept(highs.Highs_changeCoeff(at, row, variable, value));
  }

  private Pointer open() {
    return handle.orElseThrow(() -> new IllegalStateException("the session is closed"));
  }

  private void accept(int status) {
    if (status == HighsLibrary.STATUS_ERROR) {
      throw new SolverFailure("HiGHS refused a change of a linear program");
    }
    hasMoved = true;
  }

  private static void refuse(int given, int wanted, String what, String of) {
    if (given != wanted) {
      throw new IllegalArgumentException(given + " " + what + " for " + wanted + " " + of);
    }
  }

  @Override
  public void close() {
    handle.ifPresent(highs::Highs_destroy);
    handle = Optional.empty();
  }
}
