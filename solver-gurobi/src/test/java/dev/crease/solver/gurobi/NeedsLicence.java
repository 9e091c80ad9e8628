package dev.crease.solver.gurobi;

import dev.crease.solver.Availability;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs a licence where there is none, with Gurobi's own reason. */
final class NeedsLicence implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Backends.raw("gurobi").availability() instanceof Availability.Unavailable no
        ? ConditionEvaluationResult.disabled("solver gurobi is unavailable: " + no.reason())
        : ConditionEvaluationResult.enabled("Gurobi has a licence");
  }
}
