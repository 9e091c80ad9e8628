package dev.crease.solver.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelSolver;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.MpsFormat;
import dev.crease.model.Objective;
import dev.crease.model.Variable;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@link MpsFormat} writes is read by OR-Tools' reader as the same model. */
class MpsImportTest {

  private static Model random(long seed) {
    Random random = new Random(seed);
    Model.Builder m = Model.builder("random " + seed);
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      variables.add(
          switch (random.nextInt(4)) {
            case 0 -> m.binary("b " + i);
            case 1 -> m.integer("n" + i, -3 - random.nextInt(3), random.nextInt(4));
            case 2 -> m.continuous("y" + i, Double.NEGATIVE_INFINITY, 2.5);
            default -> m.continuous("x" + i, -1.5, 1 + random.nextDouble());
          });
    }
    for (Variable v : variables) {
      // Nothing is unbounded in any direction.
      m.range("box", -20, LinearExpression.of(v), 20);
    }
    for (int k = 0; k < 4; k++) {
      LinearExpression row = expression(variables, random);
      switch (random.nextInt(3)) {
        case 0 -> m.atMost("most", row, 1 + random.nextDouble());
        case 1 -> m.atLeast("least", row, -4 - random.nextDouble());
        default -> m.range("both", -6.25, row, 5.125);
      }
    }
    LinearExpression goal = expression(variables, random).plus(LinearExpression.constant(3.5));
    m.objective(random.nextBoolean() ? Objective.minimize(goal) : Objective.maximize(goal));
    return m.build();
  }

  private static LinearExpression expression(List<Variable> variables, Random random) {
    LinearExpression.Builder sum = LinearExpression.builder();
    for (Variable v : variables) {
      if (random.nextInt(3) > 0) {
        sum.add(Math.rint(64 * random.nextGaussian()) / 16 + 1e-3, v);
      }
    }
    return sum.build();
  }

  @Test
  void theOptimumIsTheSame() {
    MipSolver highs = Backends.REGISTRY.select("ortools-highs");
    // Loads OR-Tools' library, which HiGHS does without.
    Backends.REGISTRY.select("ortools-scip");
    int solved = 0;
    for (long seed = 0; seed < 40; seed++) {
      Model model = random(seed);
      SolveResult expected =
          highs.solve(model, SolveOptions.builder().gaps(0, 1e-9).build(), SolveListener.none());
      ModelBuilder read = new ModelBuilder();
      assertTrue(read.importFromMpsString(MpsFormat.write(model)), () -> MpsFormat.write(model));
      assertEquals(model.variables().size(), read.numVariables());
      ModelSolver solver = new ModelSolver("scip");
      solver.solve(read);
      boolean isOptimal = expected.status() == SolveStatus.OPTIMAL;
      assertEquals(isOptimal, solver.hasSolution(), () -> MpsFormat.write(model));
      if (isOptimal) {
        solved++;
        double optimum = expected.solution().orElseThrow().objective();
        assertEquals(
            optimum,
            solver.getObjectiveValue(),
            1e-6 * Math.max(1, Math.abs(optimum)),
            () -> MpsFormat.write(model));
      }
    }
    assertTrue(solved > 20, "only " + solved + " models have a solution");
  }
}
