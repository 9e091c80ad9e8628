package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BackendUnavailable;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.Variable;
import dev.crease.solver.Availability;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GurobiSolverTest {

  @Test
  void asksOnceForALicence() {
    for (Availability answer :
        new Availability[] {
          Availability.available(), Availability.unavailable("no licence", "get one")
        }) {
      AtomicInteger asked = new AtomicInteger();
      GurobiSolver solver =
          new GurobiSolver(
              () -> {
                asked.incrementAndGet();
                return answer;
              });
      assertEquals(0, asked.get(), "making one asks for nothing");
      for (int i = 0; i < 1000; i++) {
        assertEquals(answer, solver.availability());
      }
      assertEquals(1, asked.get());
    }
  }

  @Test
  void aCheckThatFailsIsAReason() {
    assertReason(
        () -> {
          throw new NoClassDefFoundError("com/gurobi/gurobi/GRBEnv");
        },
        "com/gurobi/gurobi/GRBEnv");
    assertReason(
        () -> {
          throw new IllegalStateException("two\n  lines\n");
        },
        "two lines");
    assertReason(
        () -> {
          throw new UnsatisfiedLinkError();
        },
        "UnsatisfiedLinkError");
  }

  private static void assertReason(Supplier<Availability> check, String part) {
    Availability.Unavailable no =
        assertInstanceOf(Availability.Unavailable.class, new GurobiSolver(check).availability());
    assertTrue(no.reason().contains(part), no.reason());
    assertEquals(1, no.reason().lines().count(), no.reason());
    assertEquals(1, no.remedy().lines().count(), no.remedy());
  }

  @Test
  void refusesToSolveWhereItCannot() {
    GurobiSolver solver = new GurobiSolver(() -> Availability.unavailable("no licence", "get one"));
    BackendUnavailable no =
        assertThrows(
            BackendUnavailable.class, () -> solve(solver, Model.builder("nothing").build()));
    assertEquals("solver gurobi is unavailable: no licence; get one", no.getMessage());
  }

  @Test
  void answersAModelWithoutVariables() {
    Model.Builder m = Model.builder("offset");
    m.range("empty", -1, LinearExpression.zero(), 1);
    m.objective(Objective.maximize(LinearExpression.constant(7)));
    SolveResult result = solve(m.build());
    assertEquals(SolveStatus.OPTIMAL, result.status());
    assertEquals(0, result.solution().orElseThrow().values().length);
    assertEquals(7, result.solution().orElseThrow().objective());
    assertEquals(7, result.dualBound());
    m.atLeast("impossible", LinearExpression.zero(), 1);
    assertEquals(SolveStatus.INFEASIBLE, solve(m.build()).status());
  }

  @Test
  void anEmptyRowThatCannotHoldIsInfeasible() {
    Model.Builder m = Model.builder("empty");
    Variable x = m.continuous("x", 0, 5);
    m.objective(Objective.maximize(LinearExpression.of(x)));
    m.atLeast("impo\nssible", LinearExpression.zero(), 1);
    SolveResult result = solve(m.build());
    assertEquals(SolveStatus.INFEASIBLE, result.status());
    assertTrue(result.solution().isEmpty());
    assertEquals(Double.POSITIVE_INFINITY, result.dualBound());
    assertEquals("row impo ssible has no variable and cannot hold", result.message());
  }

  @Test
  void anEmptyQuadraticRowThatCannotHoldIsInfeasible() {
    Model.Builder m = Model.builder("empty-quadratic");
    m.continuous("x", 0, 5);
    m.add(
        new QuadraticConstraint(
            "impossible", QuadraticExpression.of(LinearExpression.constant(3)), -1, 2));
    assertEquals(SolveStatus.INFEASIBLE, solve(m.build()).status());
  }

  private static SolveResult solve(Model model) {
    return solve(new GurobiSolver(Availability::available), model);
  }

  private static SolveResult solve(GurobiSolver solver, Model model) {
    return solver.solve(model, SolveOptions.defaults(), SolveListener.none());
  }
}
