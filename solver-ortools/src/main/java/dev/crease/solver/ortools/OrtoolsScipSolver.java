package dev.crease.solver.ortools;

import com.google.ortools.linearsolver.MPModelRequest;
import com.google.ortools.linearsolver.MPSolutionResponse;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverResponseStatus;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * SCIP, through OR-Tools' model request, which takes indicator, SOS1 and quadratic constraints and
 * a start. It cannot be interrupted on this way, and at a limit it gives its bound only together
 * with an incumbent.
 */
final class OrtoolsScipSolver extends OrtoolsSolver {

  static final String ID = "ortools-scip";

  /** What SCIP calls infinite. */
  private static final double INFINITY = 1e20;

  private static final double LARGEST_TOLERANCE = 1e-3;

  @Inject
  OrtoolsScipSolver(Natives natives) {
    super(
        natives,
        ID,
        "SCIP 10.0",
        Capabilities.of(
                Capability.INTEGER,
                Capability.CONTINUOUS,
                Capability.INDICATOR,
                Capability.SOS1,
                Capability.QUADRATIC,
                Capability.WARM_START,
                Capability.NODE_LIMIT,
                Capability.BOUND_AT_LIMIT,
                Capability.SEED)
            .withTrust(Capability.INTEGER, 5e-4)
            .withTrust(Capability.INDICATOR, 5e-4)
            .withTrust(Capability.SOS1, 5e-4)
            .withPreference(200),
        Optional.of(ParameterNames.SCIP));
  }

  @Override
  SolveResult run(Model model, SolveOptions options, long start) {
    MPModelRequest.Builder request =
        MPModelRequest.newBuilder()
            .setSolverType(MPModelRequest.SolverType.SCIP_MIXED_INTEGER_PROGRAMMING)
            .setModel(ModelRequests.proto(model, options.warmStart()))
            .setSolverSpecificParameters(lines(parameters(options), options.parameters(), " = "));
    options.limits().time().ifPresent(l -> request.setSolverTimeLimitSeconds(seconds(l)));
    MPSolutionResponse response = MPSolver.solveWithProto(request.build());
    SolveStatus status = status(options, start, response);
    Optional<SolveResult.Solution> solution =
        response.getVariableValueCount() == model.variables().size()
                && (status == SolveStatus.OPTIMAL || response.getVariableValueCount() > 0)
            ? Optional.of(solution(model, response))
            : Optional.empty();
    if (model.variables().isEmpty() && status == SolveStatus.OPTIMAL) {
      solution = Optional.of(new SolveResult.Solution(new double[0], response.getObjectiveValue()));
    }
    double bound = SolveResult.noBound(model.objective().sense());
    if (solution.isPresent() && response.hasBestObjectiveBound()) {
      bound = response.getBestObjectiveBound();
      if (Math.abs(bound) >= INFINITY) {
        bound = SolveResult.noBound(model.objective().sense());
      }
    }
    return new SolveResult(status, solution, bound, -1, since(start), message(response));
  }

  private static Map<String, String> parameters(SolveOptions options) {
    Map<String, String> p = new HashMap<>();
    // Ctrl-C is the program's.
    p.put("misc/catchctrlc", "FALSE");
    // Each was seen to cut off the optimum of a small model.
    p.put("constraints/linear/rangedrowpropagation", "FALSE");
    p.put("constraints/indicator/dualreductions", "FALSE");
    // Its cuts from bounds of special ordered sets cut solutions off.
    p.put("constraints/SOS1/boundcutsfreq", "-1");
    p.put("limits/gap", String.valueOf(options.tolerances().relativeGap()));
    p.put("limits/absgap", String.valueOf(options.tolerances().absoluteGap()));
    // SCIP has one tolerance for both.
    p.put(
        "numerics/feastol",
        String.valueOf(
            Math.min(
                LARGEST_TOLERANCE,
                Math.min(options.tolerances().feasibility(), options.tolerances().integrality()))));
    p.put("randomization/randomseedshift", String.valueOf(options.seed()));
    options.limits().nodes().ifPresent(n -> p.put("limits/nodes", String.valueOf(n)));
    return p;
  }

  private static SolveResult.Solution solution(Model model, MPSolutionResponse response) {
    double[] values = new double[model.variables().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = response.getVariableValue(i);
    }
    return new SolveResult.Solution(values, response.getObjectiveValue());
  }

  private static String message(MPSolutionResponse response) {
    return "SCIP: " + response.getStatus() + " " + response.getStatusStr();
  }

  private static SolveStatus status(SolveOptions options, long start, MPSolutionResponse response) {
    MPSolverResponseStatus status = response.getStatus();
    return switch (status) {
      case MPSOLVER_OPTIMAL -> SolveStatus.OPTIMAL;
      case MPSOLVER_INFEASIBLE ->
          // OR-Tools says infeasible where SCIP says infeasible or unbounded, and notes it in
          // words.
          response.getStatusStr().contains("unbounded")
              ? SolveStatus.INFEASIBLE_OR_UNBOUNDED
              : SolveStatus.INFEASIBLE;
      case MPSOLVER_UNBOUNDED -> SolveStatus.UNBOUNDED;
      case MPSOLVER_FEASIBLE, MPSOLVER_NOT_SOLVED, MPSOLVER_UNKNOWN_STATUS -> limit(options, start);
      case MPSOLVER_CANCELLED_BY_USER -> SolveStatus.INTERRUPTED;
      case MPSOLVER_MODEL_INVALID_SOLVER_PARAMETERS ->
          throw new BadInput(
              "SCIP refused a parameter: "
                  + response.getStatusStr().lines().findFirst().orElse(""));
      default -> SolveStatus.ERROR;
    };
  }

  /** SCIP does not tell on this way which limit it stopped at. */
  private static SolveStatus limit(SolveOptions options, long start) {
    boolean timeIsUp =
        options
            .limits()
            .time()
            .map(l -> since(start).compareTo(l.multipliedBy(9).dividedBy(10)) >= 0)
            .orElse(false);
    if (timeIsUp) {
      return SolveStatus.TIME_LIMIT;
    }
    return options.limits().nodes().isPresent() ? SolveStatus.NODE_LIMIT : SolveStatus.OTHER_LIMIT;
  }
}
