package dev.crease.solver.ortools;

import com.google.ortools.modelbuilder.ModelSolverHelper;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * CP-SAT. It works on integers: a continuous variable is put on a grid, and constraints are scaled
 * and rounded. What it says of a model with continuous variables is said of that grid, so its
 * optima, bounds and infeasibilities prove nothing about the model: they come back as {@link
 * SolveStatus#OTHER_LIMIT} without a bound, and its points are worth what their replay says.
 */
final class CpSatSolver extends BuilderSolver {

  static final String ID = "ortools-cp-sat";

  /** OR-Tools' mip_max_bound: what lies beyond is not searched. */
  private static final double LARGEST_BOUND = 1e7;

  private static final String NOTE =
      "CP-SAT works on scaled integers: with continuous or unbounded variables it refutes, but does"
          + " not certify";

  @Inject
  CpSatSolver(Natives natives) {
    super(
        natives,
        ID,
        "CP-SAT",
        "sat",
        Capabilities.of(
                Capability.INTEGER,
                Capability.CONTINUOUS,
                Capability.INDICATOR,
                Capability.WARM_START,
                Capability.INTERRUPT,
                Capability.LOG,
                Capability.THREADS,
                Capability.SEED)
            .withNote(NOTE),
        ParameterNames.CP_SAT);
  }

  @Override
  Map<String, String> parameters(SolveOptions options) {
    Map<String, String> p = new HashMap<>();
    p.put("num_workers", String.valueOf(options.threads()));
    p.put("random_seed", String.valueOf(options.seed()));
    p.put("relative_gap_limit", String.valueOf(options.tolerances().relativeGap()));
    p.put("absolute_gap_limit", String.valueOf(options.tolerances().absoluteGap()));
    p.put("mip_wanted_precision", String.valueOf(options.tolerances().feasibility()));
    p.put("mip_var_scaling", "1e4");
    // Ctrl-C is the program's, and so is standard output.
    p.put("catch_sigint_signal", "false");
    p.put("log_to_stdout", "false");
    return p;
  }

  @Override
  String separator() {
    return ": ";
  }

  @Override
  SolveResult interpret(Model model, SolveOptions options, ModelSolverHelper solver, long start) {
    boolean isInteger = model.variables().stream().allMatch(CpSatSolver::isOnGrid);
    boolean maybeUnbounded =
        solver.getStatusString().toLowerCase(Locale.ROOT).contains("unbounded");
    SolveStatus status =
        switch (solver.getStatus()) {
          case OPTIMAL -> isInteger ? SolveStatus.OPTIMAL : SolveStatus.OTHER_LIMIT;
          case INFEASIBLE ->
              maybeUnbounded
                  ? SolveStatus.INFEASIBLE_OR_UNBOUNDED
                  : isInteger ? SolveStatus.INFEASIBLE : SolveStatus.OTHER_LIMIT;
          case UNBOUNDED -> SolveStatus.UNBOUNDED;
          case CANCELLED_BY_USER -> SolveStatus.INTERRUPTED;
          case FEASIBLE, NOT_SOLVED, UNKNOWN_STATUS ->
              maybeUnbounded ? SolveStatus.INFEASIBLE_OR_UNBOUNDED : stopped(options, start);
          default -> SolveStatus.ERROR;
        };
    String message =
        "CP-SAT: "
            + solver.getStatus()
            + (isInteger ? "" : " on its integer grid")
            + " "
            + solver.getStatusString();
    double bound = SolveResult.noBound(model.objective().sense());
    Optional<SolveResult.Solution> solution = Optional.empty();
    if (solver.hasSolution()) {
      double[] values = values(model, solver);
      solution =
          Optional.of(
              new SolveResult.Solution(values, model.objective().expression().valueAt(values)));
      if (isInteger) {
        bound = solver.getBestObjectiveBound();
      }
    }
    return new SolveResult(status, solution, bound, -1, since(start), message);
  }

  /**
   * Whether the grid has all values of a variable: OR-Tools cuts infinite bounds off for CP-SAT.
   */
  private static boolean isOnGrid(Variable v) {
    return v.isIntegral() && v.lower() >= -LARGEST_BOUND && v.upper() <= LARGEST_BOUND;
  }
}
