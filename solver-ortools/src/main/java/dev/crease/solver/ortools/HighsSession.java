package dev.crease.solver.ortools;

import com.sun.jna.Pointer;
import dev.crease.model.Model;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import java.util.Optional;

/**
 * One linear program on one HiGHS handle: a solve starts from the basis of the one before it, which
 * stays primal feasible when only the objective changes.
 */
final class HighsSession implements LinearSession {

  /** {@code simplex_strategy} of HiGHS. */
  private static final int PRIMAL_SIMPLEX = 4;

  private final HighsLibrary highs;
  private final int columns;
  private final int rows;
  private final SolveOptions options;
  private Optional<Pointer> handle;

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
    highs.Highs_setIntOptionValue(created, "simplex_strategy", PRIMAL_SIMPLEX);
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
  public Optional<Optimum> minimize(double[] cost) {
    if (handle.isEmpty()) {
      throw new IllegalStateException("the session is closed");
    }
    if (cost.length != columns) {
      throw new IllegalArgumentException(cost.length + " costs for " + columns + " variables");
    }
    if (options.limits().cancellation().isCancelled()) {
      return Optional.empty();
    }
    Pointer at = handle.get();
    // The limit counts from the handle's first run on.
    highs.Highs_zeroAllClocks(at);
    highs.Highs_changeColsCostByRange(at, 0, columns - 1, cost);
    int ran = highs.Highs_run(at);
    Optional<HighsModelStatus> status = HighsModelStatus.of(highs.Highs_getModelStatus(at));
    if (ran == HighsLibrary.STATUS_ERROR || !status.equals(Optional.of(HighsModelStatus.OPTIMAL))) {
      return Optional.empty();
    }
    double[] values = new double[columns];
    double[] multipliers = new double[rows];
    highs.Highs_getSolution(at, values, new double[columns], new double[rows], multipliers);
    return Optional.of(new Optimum(values, multipliers));
  }

  @Override
  public void close() {
    handle.ifPresent(highs::Highs_destroy);
    handle = Optional.empty();
  }
}
