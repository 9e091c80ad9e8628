package dev.crease.tightening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DualBoundTest {

  /** Any multipliers give a bound below any feasible point, in exact arithmetic. */
  @Test
  void noMultipliersGiveABoundAboveAFeasiblePoint() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(5);
      double scale = Math.pow(10, random.nextInt(9) - 4);
      double[] point = random.doubles(n, -scale, scale).toArray();
      Model.Builder model = Model.builder("random");
      List<Variable> x = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        x.add(
            model.continuous(
                "x" + i,
                point[i] - scale * random.nextDouble(),
                point[i] + scale * random.nextDouble()));
      }
      int rows = random.nextInt(5);
      for (int r = 0; r < rows; r++) {
        LinearExpression.Builder sum = LinearExpression.builder();
        for (int i = 0; i < n; i++) {
          sum.add(random.nextGaussian(), x.get(i));
        }
        LinearExpression e = sum.build();
        double value = e.valueAt(point);
        double room = 1e-9 * scale;
        boolean isOpen = random.nextBoolean();
        model.range("r" + r, value - room, e, isOpen ? Double.POSITIVE_INFINITY : value + room);
      }
      double[] cost = random.doubles(n, -1, 1).toArray();
      double[] y = random.doubles(rows, -2, 2).toArray();
      double bound = new DualBound(model.build()).atLeast(cost, y);
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < n; i++) {
        exact = exact.add(new BigDecimal(cost[i]).multiply(new BigDecimal(point[i])));
      }
      assertTrue(new BigDecimal(bound).compareTo(exact) <= 0, "seed " + seed);
    }
  }

  @Test
  void theRightMultipliersGiveTheOptimum() {
    // min x + y, x + 2 y >= 2, 0 <= x, y <= 10: at (0, 1), multiplier 1/2.
    Model.Builder model = Model.builder("small");
    Variable x = model.continuous("x", 0, 10);
    Variable y = model.continuous("y", 0, 10);
    model.atLeast("row", LinearExpression.of(x).plus(LinearExpression.term(2, y)), 2);
    double bound = new DualBound(model.build()).atLeast(new double[] {1, 1}, new double[] {0.5});
    assertEquals(1, bound, 1e-12);
    assertTrue(bound <= 1);
  }

  @Test
  void multipliersThatAreNoNumbersCountForNothing() {
    Model.Builder model = Model.builder("small");
    Variable x = model.continuous("x", -3, 10);
    model.atLeast("row", LinearExpression.of(x), 2);
    double[] cost = {1};
    DualBound dual = new DualBound(model.build());
    assertEquals(-3, dual.atLeast(cost, new double[] {Double.NaN}), 1e-12);
    assertEquals(-3, dual.atLeast(cost, new double[] {Double.POSITIVE_INFINITY}), 1e-12);
    // The upper side is open.
    assertEquals(-3, dual.atLeast(cost, new double[] {-1}), 1e-12);
  }
}
