package dev.crease.solver.scip;

import static dev.crease.solver.scip.ScipError.check;

import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.solver.Limits;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.solver.scip.jni.ScipLpi;
import java.util.stream.IntStream;

/**
 * One linear program in the linear solver that SCIP was built with, which is SoPlex. It keeps its
 * basis from one solve to the next.
 */
final class ScipSession implements LinearSession {

  /** Numbers of parameters: {@code SCIP_LPPAR_...} of lpi/type_lpi.h, SCIP 10. */
  private static final int SCALING = 2;

  private static final int PRESOLVING = 3;
  private static final int FEASIBILITY = 6;
  private static final int DUAL_FEASIBILITY = 7;
  private static final int TIME_LIMIT = 11;
  private static final int TIMING = 16;
  private static final int SEED = 17;

  private static final int WALL_CLOCK = 2;

  /** {@code SCIP_BASESTAT_BASIC}. */
  private static final int BASIC = 1;

  private final int[] columns;
  private final int[] rows;
  private final Limits limits;
  private final ScipLpi lpi = new ScipLpi(null);
  private final Cancellation.Registration interrupts;
  private boolean hasMoved;

  /** Guarded by {@link #lpi}, so that nobody interrupts what was freed. */
  private boolean open = true;

  ScipSession(Model model, SolveOptions options) {
    this.columns = IntStream.range(0, model.variables().size()).toArray();
    this.rows = IntStream.range(0, model.constraints().size()).toArray();
    this.limits = options.limits();
    ScipFunctions.creaseForgetErrors();
    boolean done = false;
    try {
      check(
          "SCIPlpiCreate", ScipFunctions.SCIPlpiCreate(lpi, null, "session", ScipProgram.MINIMIZE));
      set(options);
      ScipProgram.load(lpi, model);
      done = true;
    } catch (ScipError e) {
      throw new SolverFailure("SCIP opens no linear program: " + e.getMessage(), e);
    } finally {
      if (!done) {
        // Nobody gets a session that could be closed.
        free();
      }
    }
    this.interrupts = limits.cancellation().onCancel(this::interrupt);
  }

  private void set(SolveOptions options) {
    // Presolved programs start from no basis.
    set(PRESOLVING, 0);
    set(TIMING, WALL_CLOCK);
    set(SEED, options.seed());
    set(FEASIBILITY, options.tolerances().feasibility());
    set(DUAL_FEASIBILITY, options.tolerances().feasibility());
  }

  private void set(int parameter, int value) {
    check("SCIPlpiSetIntpar", ScipFunctions.SCIPlpiSetIntpar(lpi, parameter, value));
  }

  private void set(int parameter, double value) {
    check("SCIPlpiSetRealpar", ScipFunctions.SCIPlpiSetRealpar(lpi, parameter, value));
  }

  @Override
  public Outcome solve(double[] cost) {
    refuse(cost.length, columns.length, "costs", "variables");
    if (limits.cancellation().isCancelled()) {
      return new Undecided();
    }
    try {
      check("SCIPlpiChgObj", ScipFunctions.SCIPlpiChgObj(lpi, columns.length, columns, cost));
      Outcome outcome = run();
      if (outcome instanceof Undecided && mayGoOn()) {
        outcome = runFromScratch();
      }
      return outcome;
    } catch (ScipError e) {
      throw new SolverFailure("SCIP solves no linear program: " + e.getMessage(), e);
    }
  }

  private Outcome run() {
    limits.time().ifPresent(t -> set(TIME_LIMIT, Math.max(1e-3, t.toNanos() / 1e9)));
    // A basis stays primal feasible under other objectives, dual feasible under other sides.
    int ran =
        hasMoved ? ScipFunctions.SCIPlpiSolveDual(lpi) : ScipFunctions.SCIPlpiSolvePrimal(lpi);
    hasMoved = false;
    if (ReturnCode.of(ran) != ReturnCode.OKAY) {
      ScipFunctions.creaseForgetErrors();
      return new Undecided();
    }
    if (ScipFunctions.SCIPlpiIsOptimal(lpi) != 0) {
      return optimum();
    }
    return ScipFunctions.SCIPlpiIsPrimalInfeasible(lpi) != 0
            && ScipFunctions.SCIPlpiHasDualRay(lpi) != 0
        ? infeasible()
        : new Undecided();
  }

  private boolean mayGoOn() {
    return !limits.cancellation().isCancelled() && ScipFunctions.SCIPlpiIsTimelimExc(lpi) == 0;
  }

  /** An old basis or the scaling can be what a solve fails at. */
  private Outcome runFromScratch() {
    set(SCALING, 0);
    check("SCIPlpiClearState", ScipFunctions.SCIPlpiClearState(lpi));
    hasMoved = true;
    try {
      return run();
    } finally {
      set(SCALING, 1);
    }
  }

  private Outcome optimum() {
    double[] values = new double[columns.length];
    double[] multipliers = new double[rows.length];
    check(
        "SCIPlpiGetSol",
        ScipFunctions.SCIPlpiGetSol(lpi, null, values, multipliers, (double[]) null, null));
    return new Optimum(values, multipliers);
  }

  private Outcome infeasible() {
    double[] ray = new double[rows.length];
    check("SCIPlpiGetDualfarkas", ScipFunctions.SCIPlpiGetDualfarkas(lpi, ray));
    return new Infeasible(ray);
  }

  @Override
  public void setBounds(double[] lower, double[] upper) {
    refuse(lower.length, columns.length, "bounds", "variables");
    refuse(upper.length, columns.length, "bounds", "variables");
    accept(
        "SCIPlpiChgBounds",
        ScipFunctions.SCIPlpiChgBounds(
            lpi,
            columns.length,
            columns,
            ScipProgram.finite(lpi, lower),
            ScipProgram.finite(lpi, upper)));
  }

  @Override
  public void setSides(double[] lower, double[] upper) {
    refuse(lower.length, rows.length, "sides", "constraints");
    refuse(upper.length, rows.length, "sides", "constraints");
    boolean losesBasis = losesBasis(lower, upper);
    accept(
        "SCIPlpiChgSides",
        ScipFunctions.SCIPlpiChgSides(
            lpi,
            rows.length,
            rows,
            ScipProgram.finite(lpi, lower),
            ScipProgram.finite(lpi, upper)));
    if (losesBasis) {
      accept("SCIPlpiClearState", ScipFunctions.SCIPlpiClearState(lpi));
    }
  }

  /**
   * Whether a row loses both sides that holds with one of them. SoPlex does not move such a row
   * again, so that the next solve would end at what is no optimum.
   */
  private boolean losesBasis(double[] lower, double[] upper) {
    int[] free =
        IntStream.of(rows)
            .filter(i -> Double.isInfinite(lower[i]) && Double.isInfinite(upper[i]))
            .toArray();
    if (free.length == 0) {
      return false;
    }
    int[] state = new int[rows.length];
    int got = ScipFunctions.SCIPlpiGetBase(lpi, new int[columns.length], state);
    if (ReturnCode.of(got) != ReturnCode.OKAY) {
      // There is a row without sides outside the basis already.
      ScipFunctions.creaseForgetErrors();
      return true;
    }
    return IntStream.of(free).anyMatch(i -> state[i] != BASIC);
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    refuse(1, 1, "", "");
    if (row < 0 || row >= rows.length || variable < 0 || variable >= columns.length) {
      throw new IllegalArgumentException("there is no row " + row + " with a variable " + variable);
    }
    accept("SCIPlpiChgCoef", ScipFunctions.SCIPlpiChgCoef(lpi, row, variable, value));
  }

  private void accept(String call, int returned) {
    try {
      check(call, returned);
    } catch (ScipError e) {
      throw new SolverFailure("SCIP refused a change of a linear program: " + e.getMessage(), e);
    }
    hasMoved = true;
  }

  private void refuse(int given, int wanted, String what, String of) {
    if (!open) {
      throw new IllegalStateException("the session is closed");
    }
    if (given != wanted) {
      throw new IllegalArgumentException(given + " " + what + " for " + wanted + " " + of);
    }
  }

  /** From another thread, in the middle of a solve. */
  private void interrupt() {
    synchronized (lpi) {
      if (open) {
        ScipFunctions.SCIPlpiInterrupt(lpi, 1);
      }
    }
  }

  private void free() {
    synchronized (lpi) {
      if (open && !lpi.isNull()) {
        ScipFunctions.SCIPlpiFree(lpi);
      }
      open = false;
    }
  }

  @Override
  public void close() {
    interrupts.close();
    free();
  }
}
