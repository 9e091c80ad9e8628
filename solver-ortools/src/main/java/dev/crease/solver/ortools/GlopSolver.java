package dev.crease.solver.ortools;

import com.google.ortools.modelbuilder.ModelSolverHelper;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.LinearSession;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** GLOP, Google's simplex solver: linear programs only. */
final class GlopSolver extends BuilderSolver {

  static final String ID = "ortools-glop";

  @Inject
  GlopSolver(Natives natives) {
    super(
        natives,
        ID,
        "GLOP",
        "glop",
        Capabilities.of(
            Capability.CONTINUOUS,
            Capability.INTERRUPT,
            Capability.SEED,
            Capability.LINEAR_SESSION),
        ParameterNames.GLOP);
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    if (!model.isLinearProgram()) {
      throw new IllegalArgumentException(model.name() + " is no linear program");
    }
    load();
    return Optional.of(new GlopSession(model, options));
  }

  @Override
  Map<String, String> parameters(SolveOptions options) {
    Map<String, String> p = new HashMap<>();
    p.put("primal_feasibility_tolerance", String.valueOf(options.tolerances().feasibility()));
    p.put("dual_feasibility_tolerance", String.valueOf(options.tolerances().feasibility()));
    p.put("random_seed", String.valueOf(options.seed()));
    return p;
  }

  @Override
  String separator() {
    return ": ";
  }

  @Override
  SolveResult interpret(Model model, SolveOptions options, ModelSolverHelper solver, long start) {
    SolveStatus status =
        switch (solver.getStatus()) {
          case OPTIMAL -> SolveStatus.OPTIMAL;
          case INFEASIBLE -> infeasible(model, options, start);
          case UNBOUNDED -> SolveStatus.UNBOUNDED;
          case CANCELLED_BY_USER -> SolveStatus.INTERRUPTED;
          case FEASIBLE, NOT_SOLVED, UNKNOWN_STATUS -> stopped(options, start);
          default -> SolveStatus.ERROR;
        };
    String message = "GLOP: " + solver.getStatus() + " " + solver.getStatusString();
    if (status != SolveStatus.OPTIMAL) {
      return SolveResult.without(status, model.objective().sense(), -1, since(start), message);
    }
    double[] values = values(model, solver);
    double objective = model.objective().expression().valueAt(values);
    return new SolveResult(
        status,
        Optional.of(new SolveResult.Solution(values, objective)),
        objective,
        -1,
        since(start),
        message);
  }

  /** GLOP's "infeasible" may mean that the dual is: only without an objective it is a proof. */
  private SolveStatus infeasible(Model model, SolveOptions options, long start) {
    if (model.objective().expression().linear().isConstant()) {
      return SolveStatus.INFEASIBLE;
    }
    Model feasibility =
        new Model(
            model.name(),
            model.variables(),
            model.constraints(),
            Objective.minimize(LinearExpression.zero()));
    return run(feasibility, options, start).status() == SolveStatus.INFEASIBLE
        ? SolveStatus.INFEASIBLE
        : SolveStatus.INFEASIBLE_OR_UNBOUNDED;
  }
}
