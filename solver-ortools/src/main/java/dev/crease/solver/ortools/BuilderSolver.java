package dev.crease.solver.ortools;

import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import com.google.ortools.modelbuilder.SolveStatus;
import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.Capabilities;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.guard.ReservedParameters;
import java.util.Map;
import java.util.Optional;

/** A backend that goes through OR-Tools' model builder: it can be interrupted and sends its log. */
abstract class BuilderSolver extends OrtoolsSolver {

  private final String ortoolsName;

  BuilderSolver(
      Natives natives,
      String id,
      String name,
      String ortoolsName,
      Capabilities capabilities,
      ReservedParameters reserved) {
    super(natives, id, name, capabilities, Optional.of(reserved));
    this.ortoolsName = ortoolsName;
  }

  /** The solver's own parameters for the options. */
  abstract Map<String, String> parameters(SolveOptions options);

  /** Between name and value of a parameter. */
  abstract String separator();

  /** What the response says, read with care for what the solver can prove. */
  abstract SolveResult interpret(
      Model model, SolveOptions options, ModelSolverHelper solver, long start);

  @Override
  SolveResult run(Model model, SolveOptions options, long start) {
    ModelBuilderHelper builder = new ModelBuilderHelper();
    ModelSolverHelper solver = new ModelSolverHelper(ortoolsName);
    try {
      build(model, builder, options.warmStart());
      solver.setSolverSpecificParameters(
          lines(parameters(options), options.parameters(), separator()));
      options.limits().time().ifPresent(l -> solver.setTimeLimitInSeconds(seconds(l)));
      options
          .logSink()
          .ifPresent(
              sink -> {
                solver.setLogCallback(text -> text.lines().forEach(sink));
                solver.enableOutput(true);
              });
      Cancellation.Registration interrupts =
          options.limits().cancellation().onCancel(solver::interruptSolve);
      try (interrupts) {
        solver.solve(builder);
      }
      if (!solver.hasResponse()) {
        throw new SolverFailure(version() + " gave no answer");
      }
      if (solver.getStatus() == SolveStatus.INVALID_SOLVER_PARAMETERS) {
        throw new BadInput(
            version()
                + " refused a parameter: "
                + solver.getStatusString().lines().findFirst().orElse(""));
      }
      return interpret(model, options, solver, start);
    } finally {
      solver.delete();
      builder.delete();
    }
  }

  private static void build(
      Model model, ModelBuilderHelper builder, Map<Integer, Double> warmStart) {
    for (Variable v : model.variables()) {
      int i = builder.addVar();
      builder.setVarLowerBound(i, v.lower());
      builder.setVarUpperBound(i, v.upper());
      builder.setVarIntegrality(i, v.isIntegral());
    }
    for (Constraint constraint : model.constraints()) {
      if (constraint instanceof IndicatorConstraint indicator) {
        enforced(indicator, builder);
        continue;
      }
      LinearConstraint row = (LinearConstraint) constraint;
      int i = builder.addLinearConstraint();
      builder.setConstraintLowerBound(i, row.lower());
      builder.setConstraintUpperBound(i, row.upper());
      for (int k = 0; k < row.expression().size(); k++) {
        builder.addConstraintTerm(i, row.expression().variable(k), row.expression().coefficient(k));
      }
    }
    LinearExpression objective = model.objective().expression().linear();
    builder.setMaximize(!model.objective().isMinimize());
    builder.setObjectiveOffset(objective.constant());
    for (int k = 0; k < objective.size(); k++) {
      builder.setVarObjectiveCoefficient(objective.variable(k), objective.coefficient(k));
    }
    warmStart.keySet().stream().sorted().forEach(i -> builder.addHint(i, warmStart.get(i)));
  }

  private static void enforced(IndicatorConstraint constraint, ModelBuilderHelper builder) {
    LinearConstraint row = constraint.implied();
    int i = builder.addEnforcedLinearConstraint();
    builder.setEnforcedIndicatorVariableIndex(i, constraint.indicator().index());
    builder.setEnforcedIndicatorValue(i, constraint.activeValue());
    builder.setEnforcedConstraintLowerBound(i, row.lower());
    builder.setEnforcedConstraintUpperBound(i, row.upper());
    for (int k = 0; k < row.expression().size(); k++) {
      builder.addEnforcedConstraintTerm(
          i, row.expression().variable(k), row.expression().coefficient(k));
    }
  }

  static double[] values(Model model, ModelSolverHelper solver) {
    double[] values = new double[model.variables().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = solver.getVariableValue(i);
    }
    return values;
  }

  static dev.crease.solver.SolveStatus stopped(SolveOptions options, long start) {
    if (options.limits().cancellation().isCancelled()) {
      return dev.crease.solver.SolveStatus.INTERRUPTED;
    }
    boolean timeIsUp =
        options
            .limits()
            .time()
            .map(l -> since(start).compareTo(l.multipliedBy(9).dividedBy(10)) >= 0)
            .orElse(false);
    return timeIsUp
        ? dev.crease.solver.SolveStatus.TIME_LIMIT
        : dev.crease.solver.SolveStatus.OTHER_LIMIT;
  }
}
