package dev.crease.solver.ortools;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import dev.crease.SolverFailure;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/**
 * CBC, through OR-Tools' classic wrapper. It takes no seed, no start and no parameters of its own
 * on this way, and cannot be interrupted.
 */
final class CbcSolver extends OrtoolsSolver {

  static final String ID = "ortools-cbc";

  @Inject
  CbcSolver(Natives natives) {
    super(
        natives,
        ID,
        "CBC 2.10",
        Capabilities.of(Capability.INTEGER, Capability.CONTINUOUS)
            .withTrust(Capability.INTEGER, 1e-4),
        Optional.empty());
  }

  @Override
  SolveResult run(Model model, SolveOptions options, long start) {
    for (Variable v : model.variables()) {
      if (v.isIntegral() && Math.ceil(v.lower()) > Math.floor(v.upper())) {
        // OR-Tools calls such a model invalid.
        return SolveResult.without(
            SolveStatus.INFEASIBLE,
            model.objective().sense(),
            0,
            since(start),
            "there is no integer between the bounds of " + v.name());
      }
    }
    MPSolver solver = MPSolver.createSolver("CBC");
    if (solver == null) {
      throw new SolverFailure("OR-Tools was built without CBC");
    }
    MPSolverParameters parameters = new MPSolverParameters();
    try {
      String error = solver.loadModelFromProto(ModelRequests.proto(model, Map.of()));
      if (!error.isEmpty()) {
        throw new SolverFailure("OR-Tools refused model " + model.name() + ": " + error);
      }
      solver.suppressOutput();
      parameters.setDoubleParam(
          MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, options.tolerances().relativeGap());
      parameters.setDoubleParam(
          MPSolverParameters.DoubleParam.PRIMAL_TOLERANCE, options.tolerances().feasibility());
      parameters.setDoubleParam(
          MPSolverParameters.DoubleParam.DUAL_TOLERANCE, options.tolerances().feasibility());
      options.limits().time().ifPresent(l -> solver.setTimeLimit(Math.max(1, l.toMillis())));
      return result(model, options, solver, solver.solve(parameters), start);
    } finally {
      parameters.delete();
      solver.delete();
    }
  }

  private static SolveResult result(
      Model model, SolveOptions options, MPSolver solver, MPSolver.ResultStatus ended, long start) {
    SolveStatus status =
        switch (ended) {
          case OPTIMAL -> SolveStatus.OPTIMAL;
          case INFEASIBLE -> SolveStatus.INFEASIBLE;
          case UNBOUNDED -> SolveStatus.UNBOUNDED;
          case FEASIBLE, NOT_SOLVED -> SolveStatus.TIME_LIMIT;
          default -> SolveStatus.ERROR;
        };
    String message = "CBC: " + ended;
    if (model.integralCount() > 0 && status.isProof() && isNearLimit(options, start)) {
      // Cut off, CBC was seen to call a model infeasible that is not.
      status = SolveStatus.TIME_LIMIT;
      message += ", not believed so near the time limit";
      if (ended == MPSolver.ResultStatus.INFEASIBLE) {
        return SolveResult.without(status, model.objective().sense(), -1, since(start), message);
      }
    }
    if (ended != MPSolver.ResultStatus.OPTIMAL && ended != MPSolver.ResultStatus.FEASIBLE) {
      return SolveResult.without(status, model.objective().sense(), -1, since(start), message);
    }
    double[] values = new double[model.variables().size()];
    MPVariable[] variables = solver.variables();
    for (int i = 0; i < values.length; i++) {
      values[i] = variables[i].solutionValue();
    }
    double objective = model.objective().expression().valueAt(values);
    double bound = SolveResult.noBound(model.objective().sense());
    if (status == SolveStatus.OPTIMAL) {
      bound = boundOfOptimum(model, options, objective);
      if (model.integralCount() > 0) {
        bound = weaker(model, bound, solver.objective().bestBound());
      }
    }
    long nodes = model.integralCount() > 0 ? solver.nodes() : -1;
    return new SolveResult(
        status,
        Optional.of(new SolveResult.Solution(values, objective)),
        bound,
        nodes,
        since(start),
        message);
  }

  private static boolean isNearLimit(SolveOptions options, long start) {
    return options
        .limits()
        .time()
        .map(limit -> since(start).compareTo(limit.dividedBy(2)) >= 0)
        .orElse(false);
  }
}
