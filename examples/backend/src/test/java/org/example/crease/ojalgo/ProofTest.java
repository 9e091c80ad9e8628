package org.example.crease.ojalgo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void wrongMultipliersGiveNoFalseBound() {
    // min 3x + 2y with 2x + y >= 8, x + 2y >= 7 is 13.
    Model.Builder m = Model.builder("diet");
    Variable x = m.continuous("x", 0, 100);
    Variable y = m.continuous("y", 0, 100);
    List<LinearConstraint> rows =
        List.of(
            new LinearConstraint("a", sum(2, x, 1, y), 8, INF),
            new LinearConstraint("b", sum(1, x, 2, y), 7, INF));
    double[] cost = {3, 2};
    double[] lower = {0, 0};
    double[] upper = {100, 100};
    double[] right = {4.0 / 3, 1.0 / 3};
    assertEquals(13, DualProof.bound(cost, rows, lower, upper, right), 1e-9);
    Random random = new Random(1);
    for (int k = 0; k < 1000; k++) {
      double[] wrong = {5 * random.nextGaussian(), 5 * random.nextGaussian()};
      assertTrue(DualProof.bound(cost, rows, lower, upper, wrong) <= 13);
    }
    double[] nonsense = {Double.NaN, INF};
    assertTrue(DualProof.bound(cost, rows, lower, upper, nonsense) <= 13);
  }

  @Test
  void aSmallCoefficientOfAVariableWithoutBoundsIsNotTakenForNothing() {
    Model.Builder m = Model.builder("far");
    Variable x = m.continuous("x", -INF, INF);
    m.equal("row", LinearExpression.term(1e-10, x), 5);
    assertNotEquals(SolveStatus.INFEASIBLE, solve(m.build()).status());
  }

  @Test
  void rowsThatOnlyRoundingSetsApartAreNotProvedToContradictEachOther() {
    Model.Builder m = Model.builder("rounded");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    m.equal("a", sum(1, x, 1, y), 0.3);
    m.equal("b", sum(3, x, 3, y), 3 * 0.3 + 1e-15);
    assertEquals(SolveStatus.OPTIMAL, solve(m.build()).status());
  }

  private static SolveResult solve(Model model) {
    return Backends.raw().solve(model, SolveOptions.defaults(), SolveListener.none());
  }

  private static LinearExpression sum(double a, Variable x, double b, Variable y) {
    return LinearExpression.builder().add(a, x).add(b, y).build();
  }
}
