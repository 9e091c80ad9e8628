package dev.crease.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.testkit.KnapsackSolver.Bug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract sees what is wrong with a backend that stops at a limit. */
class LadderTest {

  private static MipSolverContract contract(Bug bug) {
    return new MipSolverContract() {
      @Override
      protected MipSolver solver() {
        return new KnapsackSolver(bug);
      }
    };
  }

  @Test
  void anHonestBackendPasses() {
    contract(Bug.NONE).aLadderOfNodeLimitsHasNoFalseStep();
    contract(Bug.NONE).aLadderOfTimeLimitsHasNoFalseStep();
    contract(Bug.NONE).maximizesAnIntegerModel();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugFails(Bug bug) {
    assertThrows(
        AssertionError.class,
        () -> {
          contract(bug).aLadderOfNodeLimitsHasNoFalseStep();
          contract(bug).aLadderOfTimeLimitsHasNoFalseStep();
        });
    // What it finished is right.
    contract(bug).maximizesAnIntegerModel();
  }

  @Test
  void theOptimaOfTheLadderAreRight() {
    for (Objective.Sense sense : Objective.Sense.values()) {
      for (long seed = 0; seed < 20; seed++) {
        Models.Known known = Models.correlated(sense, 10, seed);
        assertEquals(best(known.model()), known.optimum(), known.model().name());
        SolveResult solved =
            new KnapsackSolver(Bug.NONE)
                .solve(known.model(), SolveOptions.defaults(), SolveListener.none());
        assertEquals(SolveStatus.OPTIMAL, solved.status());
        assertEquals(known.optimum(), solved.dualBound(), 1e-6);
      }
    }
  }

  private static double best(Model model) {
    int n = model.variables().size();
    double sign = model.objective().isMinimize() ? 1 : -1;
    double best = Double.POSITIVE_INFINITY;
    for (int set = 0; set < 1 << n; set++) {
      double[] point = new double[n];
      for (int j = 0; j < n; j++) {
        point[j] = set >> j & 1;
      }
      if (model.violation(point) == 0) {
        best = Math.min(best, sign * model.objective().expression().valueAt(point));
      }
    }
    return sign * best;
  }

  @Test
  void randomModelsHoldTheirPlantedPoint() {
    int planted = 0;
    for (long seed = 0; seed < 500; seed++) {
      RandomModel random = RandomModel.of(seed);
      assertEquals(random, RandomModel.of(seed));
      planted += random.planted().isPresent() ? 1 : 0;
      assertTrue(
          random.model().variables().stream()
              .allMatch(v -> Double.isFinite(v.lower()) && Double.isFinite(v.upper())));
    }
    assertTrue(planted > 250 && planted < 450, "planted " + planted);
  }
}
