package dev.crease.solver.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.Unsupported;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.solver.Capability;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  /** Feasible before exactly when feasible after, on a grid that straddles every border. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void indicatorsKeepTheFeasibleSet(boolean activeValue) {
    Model.Builder builder = Model.builder("m");
    Variable x = builder.continuous("x", -2, 3);
    Variable y = builder.continuous("y", -1, 1);
    Variable t = builder.binary("t");
    LinearExpression e =
        LinearExpression.of(x)
            .minus(LinearExpression.term(2, y))
            .plus(LinearExpression.constant(1));
    IndicatorConstraint indicator =
        new IndicatorConstraint("i", t, activeValue, new LinearConstraint("r", e, -0.5, 1.5));
    Model before = builder.add(indicator).build();
    Model.Builder after = Model.builder("after");
    before.variables().forEach(v -> after.add(v.name(), v.type(), v.lower(), v.upper()));
    IndicatorBridge.rewrite(indicator, before, after);
    Model rewritten = after.build();
    assertTrue(rewritten.constraints().stream().allMatch(LinearConstraint.class::isInstance));
    for (double at = -2; at <= 3; at += 0.25) {
      for (double other = -1; other <= 1; other += 0.25) {
        for (double on = 0; on <= 1; on++) {
          double[] point = {at, other, on};
          assertEquals(
              before.violation(point) == 0,
              rewritten.violation(point) <= 1e-12,
              () -> java.util.Arrays.toString(point));
        }
      }
    }
  }

  /** {@code t = 1 -> x <= 1} with {@code 0 <= x <= 4} is {@code x + 3 t <= 4}. */
  @Test
  void indicatorIsTheBigMWrittenByHand() {
    Model.Builder builder = Model.builder("m");
    Variable x = builder.continuous("x", 0, 4);
    Variable t = builder.binary("t");
    IndicatorConstraint indicator =
        new IndicatorConstraint(
            "i", t, true, new LinearConstraint("r", LinearExpression.of(x), -INF, 1));
    Model.Builder after = Model.builder("after");
    IndicatorBridge.rewrite(indicator, builder.build(), after);
    LinearConstraint row = (LinearConstraint) after.build().constraints().get(0);
    assertEquals(1, row.expression().coefficient(0));
    assertEquals(3, row.expression().coefficient(1), 1e-12);
    assertTrue(row.expression().coefficient(1) >= 3, "rounded outward");
    assertEquals(4, row.upper(), 1e-12);
    assertEquals(1, after.build().constraints().size());
  }

  @Test
  void anUnboundedVariableIsNamed() {
    Model.Builder builder = Model.builder("m");
    Variable far = builder.continuous("far", 0, INF);
    Variable t = builder.binary("t");
    IndicatorConstraint indicator =
        new IndicatorConstraint(
            "i", t, true, new LinearConstraint("r", LinearExpression.of(far), -INF, 1));
    Model model = builder.add(indicator).build();
    Unsupported e =
        assertThrows(
            Unsupported.class,
            () -> IndicatorBridge.rewrite(indicator, model, Model.builder("after")));
    assertTrue(e.getMessage().contains("variable far has no finite bound"), e.getMessage());
    Unsupported sos =
        assertThrows(
            Unsupported.class,
            () ->
                Sos1Bridge.rewrite(new Sos1Constraint("s", List.of(far)), Model.builder("after")));
    assertTrue(sos.getMessage().contains("variable far has no finite bounds"), sos.getMessage());
  }

  @Test
  void setsKeepTheFeasiblePoints() {
    Model.Builder builder = Model.builder("m");
    Variable x = builder.continuous("x", -1, 2);
    Variable y = builder.continuous("y", 0, 3);
    Sos1Constraint set = new Sos1Constraint("s", List.of(x, y));
    Model before = builder.add(set).build();
    Model.Builder after = Model.builder("after");
    before.variables().forEach(v -> after.add(v.name(), v.type(), v.lower(), v.upper()));
    Sos1Bridge.rewrite(set, after);
    Model rewritten = after.build();
    for (double at = -1; at <= 2; at += 0.5) {
      for (double other = 0; other <= 3; other += 0.5) {
        boolean feasible = false;
        for (int bits = 0; bits < 4; bits++) {
          double[] point = {at, other, bits & 1, bits >> 1};
          feasible |= rewritten.violation(point) == 0;
        }
        assertEquals(before.violation(new double[] {at, other}) == 0, feasible, at + ", " + other);
      }
    }
  }

  @Test
  void theAnswerComesBackInTheModelsVariables() {
    Model.Builder builder = Model.builder("m");
    Variable x = builder.continuous("x", 0, 1);
    Variable y = builder.continuous("y", 0, 1);
    builder.add(new Sos1Constraint("s", List.of(x, y)));
    builder.objective(Objective.maximize(LinearExpression.of(x)));
    MipSolver bare =
        FakeSolver.of(
                (m, o, l) -> {
                  assertTrue(m.constraints().stream().allMatch(LinearConstraint.class::isInstance));
                  assertEquals(4, m.variables().size());
                  return FakeSolver.result(SolveStatus.OPTIMAL, 1, 1, 1, 0, 1, 0);
                })
            .without(Capability.SOS1, Capability.INDICATOR);
    SolveResult result =
        new BridgedSolver(bare)
            .solve(builder.build(), SolveOptions.defaults(), SolveListener.none());
    assertEquals(2, result.solution().orElseThrow().values().length);
    assertEquals(1, result.dualBound());
  }
}
