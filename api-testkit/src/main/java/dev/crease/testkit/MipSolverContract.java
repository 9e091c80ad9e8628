package dev.crease.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.Unsupported;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.model.QuadraticConstraint;
import dev.crease.model.QuadraticExpression;
import dev.crease.model.QuadraticExpression.Term;
import dev.crease.model.Sos1Constraint;
import dev.crease.model.Variable;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.registry.SolverRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link MipSolver} promises, as tests. A backend's test is a subclass that names the solver.
 *
 * <p>What a backend claims is tested; a constraint kind that it does not claim must be refused with
 * {@link Unsupported} in one line that names the solver. Options that it may ignore, such as a node
 * limit, are skipped with the reason when not claimed. Times are only bounded by generous
 * watchdogs.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MipSolverContract {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * How long after a limit or a cancellation a guarded solve may take, loaded machines included.
   */
  private static final Duration PROMPT = Duration.ofSeconds(15);

  /** So many small models are solved to see whether anything of them stays. */
  private static final int LEAK_MODELS = 200;

  /**
   * By how much they may make the process grow: a HiGHS that is not freed leaves 65 kilobytes each;
   * Java's own heap varies by some megabytes, least with the serial collector and its pages touched
   * beforehand.
   */
  private static final long LEAK_KILOBYTES = 9_000;

  /** On one step of a ladder. */
  private static final Duration STEP = Duration.ofSeconds(2);

  /** Java's heap takes new pages once; what leaks does so in each round. */
  private static final int LEAK_ROUNDS = 5;

  /** The backend, as the registry has it. */
  protected abstract MipSolver solver();

  /**
   * Whether what the backend says of a model with continuous variables is a proof. Where it is not,
   * such a model must come back as {@link SolveStatus#OTHER_LIMIT} without a bound, and the other
   * tests take integer variables.
   */
  protected boolean provesContinuousModels() {
    return true;
  }

  /** A raw parameter that the backend takes, with a value; empty when it takes none. */
  protected Optional<Map.Entry<String, String>> knownParameter() {
    return Optional.empty();
  }

  // ---- who it is

  @Test
  void saysWhoItIs() {
    assertTrue(solver().id().matches("[a-z0-9-]+"), solver().id());
    assertFalse(solver().version().isBlank());
    assertEquals(1, solver().version().lines().count());
    assertInstanceOf(Availability.Available.class, solver().availability());
  }

  // ---- optima

  @Test
  void minimizesALinearProgram() {
    Model.Builder m = Model.builder("diet");
    Variable x = column(m, "x", 0, 100);
    Variable y = column(m, "y", 0, 100);
    m.atLeast("a", sum(2, x, 1, y), 8);
    m.atLeast("b", sum(1, x, 2, y), 7);
    m.objective(Objective.minimize(sum(3, x, 2, y)));
    assertOptimum(m.build(), 13, 3, 2);
  }

  @Test
  void maximizesALinearProgram() {
    Model.Builder m = Model.builder("max");
    Variable x = column(m, "x", 0, 40);
    Variable y = column(m, "y", 0, 30);
    m.atMost("a", sum(1, x, 2, y), 40);
    m.objective(Objective.maximize(sum(2, x, 3, y)));
    assertOptimum(m.build(), 80, 40, 0);
  }

  @Test
  void minimizesAMixedModel() {
    Model.Builder m = Model.builder("fixed-charge");
    Variable x = column(m, "x", 0, 100);
    Variable y = column(m, "y", 0, 100);
    Variable cheap = m.binary("cheap");
    Variable dear = m.binary("dear");
    m.atLeast("demand", sum(1, x, 1, y), 60);
    m.atMost("x", sum(1, x, -40, cheap), 0);
    m.atMost("y", sum(1, y, -70, dear), 0);
    m.objective(
        Objective.minimize(
            LinearExpression.builder().add(1, x).add(2, y).add(30, cheap).add(10, dear).build()));
    // Only y: 120 + 10; both: 40 + 40 + 40 = 120.
    assertOptimum(m.build(), 120, 40, 20, 1, 1);
  }

  @Test
  void maximizesAnIntegerModel() {
    for (long seed = 0; seed < 5; seed++) {
      Models.Known known = Models.knapsack(12, seed);
      assertOptimum(known.model(), known.optimum());
    }
  }

  @Test
  void countsTheOffsetOfTheObjective() {
    for (double offset : new double[] {1000, -0.25}) {
      Model.Builder m = Model.builder("offset");
      Variable x = column(m, "x", 2, 9);
      m.objective(Objective.minimize(sum(1, x).plus(LinearExpression.constant(offset))));
      assertOptimum(m.build(), 2 + offset, 2);
      m.objective(Objective.maximize(sum(1, x).plus(LinearExpression.constant(offset))));
      assertOptimum(m.build(), 9 + offset, 9);
    }
  }

  @Test
  void aConstantObjectiveAsksForAnyPoint() {
    Model.Builder m = Model.builder("any");
    Variable x = column(m, "x", 0, 10);
    Variable y = column(m, "y", 0, 10);
    m.equal("sum", sum(1, x, 1, y), 7);
    m.objective(Objective.minimize(LinearExpression.constant(3)));
    assertOptimum(m.build(), 3);
  }

  // ---- no optimum

  @Test
  void findsContradictingRows() {
    Model.Builder m = Model.builder("contradiction");
    Variable x = column(m, "x", 0, 10);
    Variable y = column(m, "y", 0, 10);
    m.atLeast("up", sum(1, x, 1, y), 12);
    m.atMost("down", sum(1, x, 1, y), 11);
    m.objective(Objective.minimize(sum(1, x)));
    assertInfeasible(m.build());
  }

  @Test
  void findsThatNoIntegerFits() {
    Model.Builder m = Model.builder("parity");
    Variable x = m.integer("x", 0, 50);
    Variable y = m.integer("y", 0, 50);
    m.equal("odd", sum(2, x, 4, y), 31);
    assertInfeasible(m.build());
  }

  @Test
  void findsThatAnObjectiveIsUnbounded() {
    Model.Builder m = Model.builder("unbounded");
    Variable x = column(m, "x", 0, INF);
    Variable y = column(m, "y", 0, INF);
    m.atMost("difference", sum(1, x, -1, y), 2);
    m.objective(Objective.maximize(sum(1, x, 1, y)));
    assertUnbounded(m.build());
    m.objective(Objective.minimize(sum(-1, x)));
    assertUnbounded(m.build());
  }

  private void assertUnbounded(Model model) {
    SolveResult result = solve(model);
    if (!proves(model)) {
      assertFalse(result.status().isProof());
      return;
    }
    assertTrue(
        Set.of(SolveStatus.UNBOUNDED, SolveStatus.INFEASIBLE_OR_UNBOUNDED)
            .contains(result.status()),
        result::toString);
    assertTrue(
        result.dualBound() == SolveResult.noBound(model.objective().sense()), result::toString);
  }

  // ---- rows and columns of every kind

  @Test
  void takesRangedRows() {
    Model.Builder m = Model.builder("ranged");
    Variable x = column(m, "x", -50, 50);
    Variable y = column(m, "y", -50, 50);
    m.range("sum", -3, sum(1, x, 1, y), 5);
    m.range("difference", -1, sum(1, x, -1, y), 1);
    m.objective(Objective.maximize(sum(1, x, 1, y)));
    assertOptimum(m.build(), 5);
    m.objective(Objective.minimize(sum(1, x, 1, y)));
    assertOptimum(m.build(), -3);
  }

  @Test
  void takesEqualities() {
    Model.Builder m = Model.builder("equalities");
    Variable x = column(m, "x", -50, 50);
    Variable y = column(m, "y", -50, 50);
    m.equal("a", sum(1, x, 1, y), 3);
    m.equal("b", sum(1, x, -1, y), 1);
    m.equal("a again", sum(2, x, 2, y), 6);
    m.objective(Objective.minimize(sum(1, x)));
    assertOptimum(m.build(), 2, 2, 1);
  }

  @Test
  void takesFreeRowsAndEmptyRows() {
    Model.Builder m = Model.builder("free-and-empty");
    Variable x = column(m, "x", 0, 5);
    m.range("free", -INF, sum(1, x), INF);
    m.range("empty", -1, LinearExpression.zero(), 1);
    m.range("empty and free", -INF, LinearExpression.zero(), INF);
    m.equal("zero", LinearExpression.zero(), 0);
    m.objective(Objective.maximize(sum(1, x)));
    assertOptimum(m.build(), 5, 5);
  }

  @Test
  void anEmptyRowThatCannotHoldIsInfeasible() {
    Model.Builder m = Model.builder("empty-infeasible");
    Variable x = column(m, "x", 0, 5);
    m.atLeast("impossible", LinearExpression.zero(), 1);
    m.objective(Objective.maximize(sum(1, x)));
    assertInfeasible(m.build());
  }

  @Test
  void takesAModelWithoutAnything() {
    SolveResult nothing = solve(Model.builder("nothing").build());
    assertEquals(SolveStatus.OPTIMAL, nothing.status(), nothing::toString);
    assertEquals(0, nothing.solution().orElseThrow().values().length);
    assertEquals(0, nothing.solution().orElseThrow().objective());
    SolveResult offset =
        solve(
            Model.builder("offset alone")
                .objective(Objective.minimize(LinearExpression.constant(7)))
                .build());
    assertEquals(SolveStatus.OPTIMAL, offset.status(), offset::toString);
    assertEquals(7, offset.solution().orElseThrow().objective());
    assertTrue(offset.dualBound() <= 7, offset::toString);
  }

  @Test
  void takesAModelWithoutRows() {
    Model.Builder m = Model.builder("box");
    Variable x = column(m, "x", -4, 6);
    Variable unused = column(m, "unused", 2, 3);
    m.objective(Objective.minimize(sum(2, x)));
    SolveResult result = assertOptimum(m.build(), -8, options());
    double value = result.solution().orElseThrow().values()[unused.index()];
    assertTrue(value >= 2 && value <= 3, "unused is " + value);
  }

  @Test
  void takesFixedVariables() {
    Model.Builder m = Model.builder("fixed");
    Variable x = column(m, "x", 3, 3);
    Variable y = column(m, "y", 0, 10);
    Variable z = column(m, "z", -2, -2);
    m.atMost("sum", sum(1, x, 1, y), 7);
    m.objective(Objective.maximize(sum(1, y, 1, z)));
    assertOptimum(m.build(), 2, 3, 4, -2);
    Model.Builder all = Model.builder("all fixed");
    Variable one = column(all, "one", 1, 1);
    all.atMost("row", sum(1, one), 2);
    all.objective(Objective.maximize(sum(5, one)));
    assertOptimum(all.build(), 5, 1);
    Model.Builder wrong = Model.builder("fixed wrongly");
    wrong.atMost("row", sum(1, column(wrong, "one", 1, 1)), 0);
    assertInfeasible(wrong.build());
  }

  @Test
  void roundsTheBoundsOfIntegersInward() {
    Model.Builder m = Model.builder("inward");
    Variable x = m.integer("x", 0.5, 2.7);
    Variable y = m.integer("y", -2.7, -0.5);
    m.objective(Objective.maximize(sum(1, x, 1, y)));
    assertOptimum(m.build(), 1, 2, -1);
    m.objective(Objective.minimize(sum(1, x, 1, y)));
    assertOptimum(m.build(), -1, 1, -2);
  }

  @Test
  void anIntegerWithNoIntegerBetweenItsBoundsIsInfeasible() {
    Model.Builder m = Model.builder("between");
    Variable x = m.integer("x", 0.2, 0.8);
    m.objective(Objective.maximize(sum(1, x)));
    assertInfeasible(m.build());
  }

  @Test
  void takesNamesOfAnyKind() {
    Model.Builder m = Model.builder("\"odd\"\n[name] <é☃>");
    String[] names = {
      "", "", "same", "same", "a b", "x\ny", "é☃", "<=", "3e5", "free", ":->", "\""
    };
    LinearExpression.Builder total = LinearExpression.builder();
    for (String name : names) {
      Variable v = column(m, name, 0, 1);
      m.atMost(name, sum(1, v), 1);
      total.add(1, v);
    }
    m.objective(Objective.maximize(total.build()));
    double[] ones = new double[names.length];
    java.util.Arrays.fill(ones, 1);
    assertOptimum(m.build(), names.length, ones);
  }

  @Test
  void takesLargeCoefficients() {
    Model.Builder m = Model.builder("large");
    Variable x = column(m, "x", 0, 1000);
    Variable y = column(m, "y", 0, 1000);
    m.atLeast("large", sum(1e7, x, -1e7, y), 3e7);
    m.atLeast("y", sum(1, y), 4);
    m.objective(Objective.minimize(sum(1, x)));
    assertOptimum(m.build(), 7, 7, 4);
    Model.Builder integer = Model.builder("large-integer");
    Variable n = integer.integer("n", 0, 1000);
    integer.atMost("large", sum(1e7, n), 3.5e7);
    integer.objective(Objective.maximize(sum(1e7, n)));
    assertOptimum(integer.build(), 3e7, 3);
  }

  @Test
  void takesTinyCoefficients() {
    Model.Builder m = Model.builder("tiny");
    Variable x = column(m, "x", 0, 1000);
    m.atLeast("tiny", sum(1e-6, x), 2e-6);
    m.objective(Objective.minimize(sum(1, x)));
    SolveOptions options = options().toBuilder().tolerances(1e-9, 1e-9).build();
    SolveResult result = solver().solve(m.build(), options, SolveListener.none());
    assertEquals(SolveStatus.OPTIMAL, result.status(), result::toString);
    // An absolute tolerance of 1e-9 on the row is one of 1e-3 on x.
    assertEquals(2, result.solution().orElseThrow().objective(), 1.1e-3);
    assertTrue(result.dualBound() <= 2 + 1e-6, result::toString);
  }

  @Test
  void aTinyCoefficientOnAFreeVariableIsNoContradiction() {
    assumeTrue(provesContinuousModels(), "solver " + id() + " proves nothing of continuous models");
    for (double tiny : new double[] {1e-4, 1e-6, 1e-7}) {
      Model.Builder m = Model.builder("tiny-free");
      Variable x = m.continuous("x", -INF, INF);
      m.equal("tiny", sum(tiny, x), 5);
      m.objective(Objective.minimize(sum(tiny, x)));
      SolveResult result = solve(m.build());
      assertFalse(result.status() == SolveStatus.INFEASIBLE, () -> tiny + ": " + result);
      assertTrue(result.dualBound() <= 5 + 1e-6, () -> tiny + ": " + result);
    }
  }

  @Test
  void aCoefficientThatSolversDropIsKeptOrRefused() {
    assumeTrue(provesContinuousModels(), "solver " + id() + " proves nothing of continuous models");
    Model.Builder m = Model.builder("dropped");
    Variable x = m.continuous("x", 0, 8e9);
    m.atLeast("row", sum(5e-10, x), 1);
    m.objective(Objective.minimize(sum(1e-9, x)));
    try {
      SolveResult result =
          SolverRegistry.guarded(solver()).solve(m.build(), options(), SolveListener.none());
      assertFalse(result.status() == SolveStatus.INFEASIBLE, result::toString);
      assertTrue(result.dualBound() <= 2 + 1e-5, result::toString);
    } catch (Unsupported refused) {
      assertOneLine(refused);
      assertTrue(refused.getMessage().contains("scale the model"), refused.getMessage());
    }
  }

  @Test
  void integersWithFractionalBoundsKeepTheirSolutions() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    // At most one of y and q is not 0; written with binaries, as a bridge would.
    Model.Builder m = Model.builder("fractional");
    Variable y = m.integer("y", -0.3, 3);
    Variable q = m.integer("q", -0.3, 3);
    LinearExpression.Builder chosen = LinearExpression.builder();
    for (Variable v : List.of(y, q)) {
      Variable b = m.binary("b" + v.name());
      chosen.add(1, b);
      m.atMost(v.name() + ".up", sum(1, v, -3, b), 0);
      m.atLeast(v.name() + ".lo", sum(1, v, 0.3, b), 0);
    }
    m.atMost("one", chosen.build(), 1);
    m.objective(Objective.minimize(sum(-1, y, -2, q)));
    assertOptimum(m.build(), -6);
  }

  @Test
  void neverExcludesAPointThatIsFeasible() {
    assumeTrue(provesContinuousModels(), "solver " + id() + " proves nothing of continuous models");
    for (long seed = 0; seed < 150; seed++) {
      Models.Known planted = Models.planted(6, seed);
      SolveResult result = solve(planted.model());
      long at = seed;
      assertFalse(result.status() == SolveStatus.INFEASIBLE, () -> "seed " + at + ": " + result);
      assertTrue(
          result.dualBound() <= planted.optimum() + 1e-5 * Math.max(1, Math.abs(planted.optimum())),
          () -> "seed " + at + ": " + result + ", but " + planted.optimum() + " is feasible");
    }
  }

  /** SCIP 10 called it infeasible: the propagation of ranged rows. */
  @Test
  void rangedRowsOfIntegersKeepTheirPoint() {
    Model.Builder m = Model.builder("ranged-integers");
    Variable n = m.integer("n", -6, 2);
    Variable b = m.binary("b");
    Variable c = m.binary("c");
    Variable k = m.integer("k", -1, 2);
    m.range("one", -4, LinearExpression.builder().add(-3, b).add(5, c).add(-5, k).build(), -3);
    m.range("two", 12, sum(-5, n, -2, k), 15);
    m.atLeast("three", sum(-1, k), -3);
    m.atMost("four", sum(3, c, 4, k), 7);
    m.atMost("five", LinearExpression.builder().add(5, n).add(5, b).add(-5, c).build(), -15);
    m.objective(
        Objective.maximize(
            LinearExpression.builder().add(-4, n).add(-1, b).add(4, c).add(3, k).build()));
    assertOptimum(m.build(), 18, -3, 1, 1, 1);
  }

  /** HiGHS 1.12 called the first of these infeasible: its presolve of integer models. */
  @Test
  void aPlantedPointIsNotExcluded() {
    for (long seed : new long[] {20558, 24624, 7, 19, 31, 43}) {
      RandomModel random = RandomModel.of(seed);
      Model model = random.model();
      if (random.planted().isEmpty() || solver().capabilities().refusal(model).isPresent()) {
        continue;
      }
      SolveResult result = solve(model);
      assertTrue(result.status() != SolveStatus.INFEASIBLE, () -> seed + ": " + result);
      double planted = random.planted().getAsDouble();
      double room = 1e-5 * Math.max(1, Math.abs(planted));
      boolean isExcluded =
          model.objective().isMinimize()
              ? result.dualBound() > planted + room
              : result.dualBound() < planted - room;
      assertFalse(isExcluded, () -> seed + ": the bound excludes " + planted + ": " + result);
    }
  }

  /** SCIP 10 called 26.8 its optimum: dual reductions of indicator constraints. */
  @Test
  void anIndicatorKeepsTheOptimum() {
    Model.Builder m = Model.builder("indicator-optimum");
    Variable b0 = m.binary("b0");
    Variable x1 = column(m, "x1", -3, 1);
    Variable x2 = column(m, "x2", 0, 3);
    Variable b3 = m.binary("b3");
    Variable x4 = column(m, "x4", -5, 1);
    Variable n5 = m.integer("n5", -1, 2);
    Variable b6 = m.binary("b6");
    m.range("1", 7, LinearExpression.builder().add(1, x2).add(5, b3).add(-5, n5).build(), 9);
    m.atLeast(
        "2", LinearExpression.builder().add(5, b0).add(3, x1).add(-5, x4).add(-1, b6).build(), 9);
    m.atMost(
        "3", LinearExpression.builder().add(1, x2).add(-1, b3).add(1, x4).add(2, b6).build(), 0);
    m.range(
        "4",
        9,
        LinearExpression.builder()
            .add(-5, b0)
            .add(-3, x1)
            .add(1, x2)
            .add(-1, x4)
            .add(-5, b6)
            .build(),
        12);
    LinearExpression implied =
        LinearExpression.builder()
            .add(-5, x2)
            .add(-4, b3)
            .add(2, x4)
            .add(1, n5)
            .add(-2, b6)
            .build();
    m.add(new IndicatorConstraint("5", b3, false, atMost(implied, -7)));
    m.objective(
        Objective.minimize(
            LinearExpression.builder()
                .add(4, b0)
                .add(-4, x1)
                .add(4, x2)
                .add(3, b3)
                .add(-3, x4)
                .add(-1, n5)
                .add(-2, b6)
                .build()));
    Model model = m.build();
    if (!has(Capability.INDICATOR) || !has(Capability.INTEGER)) {
      assertRefused(model);
    } else if (provesContinuousModels()) {
      assertOptimum(model, 22 + 7.0 / 9, options());
    }
  }

  @Test
  void anUnboundedIntegerModelHasNoOptimum() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Model.Builder m = Model.builder("unbounded-integer");
    Variable x = m.integer("x", 0, INF);
    Variable y = m.integer("y", 0, INF);
    m.atMost("difference", sum(2, x, -3, y), 7);
    m.objective(Objective.maximize(sum(1, x)));
    SolveResult result =
        hurried(m.build(), options().toBuilder().timeLimit(Duration.ofSeconds(5)).build());
    assertFalse(result.status().isProof(), result::toString);
    assertEquals(INF, result.dualBound(), result::toString);
  }

  @Test
  void takesDegenerateModels() {
    // Many rows through one vertex, and many optima.
    Model.Builder m = Model.builder("degenerate");
    Variable x = column(m, "x", 0, 100);
    Variable y = column(m, "y", 0, 100);
    for (int k = 1; k <= 40; k++) {
      m.atMost("fan" + k, sum(k, x, 1, y), 10 * k + 10);
    }
    m.objective(Objective.maximize(sum(1, x, 1, y)));
    assertOptimum(m.build(), 20);
  }

  @Test
  void takesSymmetricIntegerModels() {
    // Six items into six boxes: 265 optima.
    Model.Builder m = Model.builder("symmetric");
    Variable[][] in = new Variable[6][6];
    LinearExpression.Builder cost = LinearExpression.builder();
    for (int i = 0; i < 6; i++) {
      LinearExpression.Builder once = LinearExpression.builder();
      for (int j = 0; j < 6; j++) {
        in[i][j] = m.binary("in" + i + "_" + j);
        once.add(1, in[i][j]);
        cost.add(i == j ? 2 : 1, in[i][j]);
      }
      m.equal("item" + i, once.build(), 1);
    }
    for (int j = 0; j < 6; j++) {
      LinearExpression.Builder box = LinearExpression.builder();
      for (int i = 0; i < 6; i++) {
        box.add(1, in[i][j]);
      }
      m.equal("box" + j, box.build(), 1);
    }
    m.objective(Objective.minimize(cost.build()));
    assertOptimum(m.build(), 6);
  }

  @Test
  void provesNothingOfContinuousModelsThatItRounds() {
    assumeTrue(!provesContinuousModels(), "solver " + id() + " proves continuous models");
    Model.Builder m = Model.builder("continuous");
    Variable x = m.continuous("x", 0, 1);
    m.atLeast("third", sum(3, x), 1);
    m.objective(Objective.minimize(sum(1, x)));
    SolveResult result = solve(m.build());
    assertEquals(SolveStatus.OTHER_LIMIT, result.status(), result::toString);
    assertEquals(Double.NEGATIVE_INFINITY, result.dualBound());
    m.atMost("contradiction", sum(3, x), 0.9);
    SolveResult infeasible = solve(m.build());
    assertFalse(infeasible.status().isProof(), infeasible::toString);
  }

  // ---- constraint kinds

  @Test
  void anIndicatorActsAtOne() {
    Model.Builder m = Model.builder("indicator-1");
    Variable x = column(m, "x", 0, 10);
    Variable b = m.binary("b");
    m.add(new IndicatorConstraint("i", b, true, atMost(sum(1, x), 2)));
    m.objective(Objective.maximize(sum(1, x, 5, b)));
    solveOrRefuse(m.build(), Capability.INDICATOR, 10, 10, 0);
    m.objective(Objective.maximize(sum(1, x, 10, b)));
    solveOrRefuse(m.build(), Capability.INDICATOR, 12, 2, 1);
  }

  @Test
  void anIndicatorActsAtZero() {
    Model.Builder m = Model.builder("indicator-0");
    Variable x = column(m, "x", 0, 10);
    Variable b = m.binary("b");
    m.add(new IndicatorConstraint("i", b, false, atMost(sum(1, x), 2)));
    m.objective(Objective.maximize(sum(1, x, -5, b)));
    solveOrRefuse(m.build(), Capability.INDICATOR, 5, 10, 1);
    m.objective(Objective.maximize(sum(1, x, -10, b)));
    solveOrRefuse(m.build(), Capability.INDICATOR, 2, 2, 0);
  }

  @Test
  void anIndicatorTakesLowerSidesRangesAndEqualities() {
    Model.Builder m = Model.builder("indicator-rows");
    Variable x = column(m, "x", 0, 10);
    Variable y = column(m, "y", 0, 10);
    Variable z = column(m, "z", 0, 10);
    Variable on = m.add("on", dev.crease.model.VariableType.BINARY, 1, 1);
    m.add(new IndicatorConstraint("low", on, true, new LinearConstraint("l", sum(1, x), 3, INF)));
    m.add(new IndicatorConstraint("range", on, true, new LinearConstraint("r", sum(1, y), 4, 6)));
    m.add(new IndicatorConstraint("equal", on, true, new LinearConstraint("e", sum(1, z), 5, 5)));
    LinearExpression total = LinearExpression.builder().add(1, x).add(1, y).add(1, z).build();
    m.objective(Objective.minimize(total));
    solveOrRefuse(m.build(), Capability.INDICATOR, 12, 3, 4, 5, 1);
    m.objective(Objective.maximize(total));
    solveOrRefuse(m.build(), Capability.INDICATOR, 21, 10, 6, 5, 1);
  }

  @Test
  void ofASpecialOrderedSetOneIsNonzero() {
    Model.Builder m = Model.builder("sos");
    Variable x = column(m, "x", 0, 5);
    Variable y = column(m, "y", 0, 2);
    Variable z = column(m, "z", -3, 1);
    m.add(new Sos1Constraint("one", List.of(x, y, z)));
    m.objective(
        Objective.maximize(LinearExpression.builder().add(1, x).add(2, y).add(3, z).build()));
    solveOrRefuse(m.build(), Capability.SOS1, 5, 5, 0, 0);
    m.objective(
        Objective.minimize(LinearExpression.builder().add(1, x).add(2, y).add(3, z).build()));
    solveOrRefuse(m.build(), Capability.SOS1, -9, 0, 0, -3);
  }

  @Test
  void takesAConvexQuadraticObjective() {
    Model.Builder m = Model.builder("qp");
    Variable x = column(m, "x", 0, 10);
    Variable y = column(m, "y", 0, 10);
    m.atMost("sum", sum(1, x, 1, y), 2);
    // (x - 1)^2 + (y - 3)^2 with a product, so that halves and doubles show.
    m.objective(
        new Objective(
            Objective.Sense.MINIMIZE,
            new QuadraticExpression(
                List.of(new Term(0, 0, 1), new Term(1, 1, 1)),
                LinearExpression.builder().add(-2, x).add(-6, y).addConstant(10).build())));
    solveOrRefuse(m.build(), Capability.QUADRATIC, 2, 0, 2);
  }

  @Test
  void takesAProductInTheObjective() {
    Model.Builder m = Model.builder("product");
    Variable x = column(m, "x", 0, 10);
    Variable y = column(m, "y", 0, 10);
    m.atMost("sum", sum(1, x, 1, y), 4);
    m.objective(
        new Objective(
            Objective.Sense.MAXIMIZE,
            new QuadraticExpression(List.of(new Term(0, 1, 3)), LinearExpression.constant(1))));
    solveOrRefuse(m.build(), Capability.QUADRATIC, 13, 2, 2);
  }

  @Test
  void takesAConvexQuadraticConstraint() {
    Model.Builder m = Model.builder("disc");
    Variable x = column(m, "x", -10, 10);
    Variable y = column(m, "y", -10, 10);
    m.add(
        new QuadraticConstraint(
            "disc", QuadraticExpression.sumOfSquares(List.of(sum(1, x), sum(1, y))), -INF, 25));
    m.objective(Objective.maximize(sum(3, x, 4, y)));
    solveOrRefuse(m.build(), Capability.QUADRATIC, 25, 3, 4);
  }

  @Test
  void takesANonconvexQuadraticConstraint() {
    Model.Builder m = Model.builder("outside");
    Variable x = column(m, "x", -1, 5);
    Variable y = column(m, "y", 0, 3);
    m.add(
        new QuadraticConstraint(
            "outside", QuadraticExpression.sumOfSquares(List.of(sum(1, x), sum(1, y))), 25, INF));
    m.objective(Objective.minimize(sum(1, x)));
    solveOrRefuse(m.build(), Capability.QUADRATIC, 4, 4, 3);
  }

  @Test
  void takesANonconvexQuadraticObjective() {
    Model.Builder m = Model.builder("corner");
    Variable x = column(m, "x", -1, 2);
    Variable y = column(m, "y", -3, 2);
    m.objective(
        new Objective(
            Objective.Sense.MAXIMIZE,
            QuadraticExpression.sumOfSquares(List.of(sum(1, x), sum(1, y)))));
    solveOrRefuse(m.build(), Capability.QUADRATIC, 13, 2, -3);
  }

  // ---- starts, parameters, tolerances

  @Test
  void takesAStart() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Models.Known known = Models.knapsack(12, 3);
    double[] best =
        assertOptimum(known.model(), known.optimum(), options()).solution().orElseThrow().values();
    Map<Integer, Double> full = new HashMap<>();
    for (int i = 0; i < best.length; i++) {
      full.put(i, best[i]);
    }
    for (Map<Integer, Double> start :
        List.of(full, Map.of(0, best[0], 5, best[5]), Map.<Integer, Double>of())) {
      assertOptimum(known.model(), known.optimum(), options().toBuilder().warmStart(start).build());
    }
  }

  @Test
  void aWrongStartDoesNoHarm() {
    Models.Known known = has(Capability.INTEGER) ? Models.knapsack(12, 4) : Models.chain(12, 4);
    Map<Integer, Double> everything = new HashMap<>();
    Map<Integer, Double> outside = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      everything.put(i, 1.0);
      outside.put(i, i % 2 == 0 ? -7.5 : 1e6);
    }
    for (Map<Integer, Double> start : List.of(everything, outside, Map.of(3, 0.5))) {
      assertOptimum(known.model(), known.optimum(), options().toBuilder().warmStart(start).build());
    }
  }

  @Test
  void refusesAnUnknownParameter() {
    Model model = smallModel();
    BadInput refused =
        assertThrows(
            BadInput.class,
            () ->
                solver()
                    .solve(
                        model,
                        options().toBuilder().parameters(Map.of("no_such_parameter", "1")).build(),
                        SolveListener.none()));
    assertOneLine(refused);
  }

  @Test
  void takesAKnownParameterAndRefusesABadValue() {
    assumeTrue(knownParameter().isPresent(), "solver " + id() + " takes no parameters of its own");
    Map.Entry<String, String> known = knownParameter().orElseThrow();
    assertOptimum(
        smallModel(),
        5,
        options().toBuilder().parameters(Map.of(known.getKey(), known.getValue())).build());
    BadInput refused =
        assertThrows(
            BadInput.class,
            () ->
                solver()
                    .solve(
                        smallModel(),
                        options().toBuilder()
                            .parameters(Map.of(known.getKey(), "no such value"))
                            .build(),
                        SolveListener.none()));
    assertOneLine(refused);
  }

  @Test
  void takesEveryToleranceThatOptionsAllow() {
    for (double tolerance : new double[] {1e-10, 1e-9, 1e-6, 1e-4, 1e-3, 1e-2}) {
      SolveOptions options = options().toBuilder().tolerances(tolerance, tolerance).build();
      SolveResult result = solver().solve(smallModel(), options, SolveListener.none());
      assertEquals(
          SolveStatus.OPTIMAL, result.status(), () -> "tolerance " + tolerance + ": " + result);
      assertEquals(5, result.solution().orElseThrow().objective(), 10 * tolerance + 1e-6);
      assertTrue(result.dualBound() >= 5 - 10 * tolerance - 1e-6, result::toString);
    }
  }

  @Test
  void aTightToleranceTellsASmallContradiction() {
    assumeTrue(provesContinuousModels(), "solver " + id() + " proves nothing of continuous models");
    Model.Builder m = Model.builder("small-contradiction");
    Variable x = m.continuous("x", 0, 1);
    Variable y = m.continuous("y", 0, 1);
    Variable z = m.continuous("z", 0, 1);
    LinearExpression all = LinearExpression.builder().add(1, x).add(1, y).add(1, z).build();
    m.atLeast("up", all, 1 + 1e-5);
    m.atMost("xy", sum(1, x, 1, y), 0.5);
    m.atMost("z", sum(1, z), 0.5);
    m.objective(Objective.minimize(sum(1, x)));
    SolveResult result =
        solver()
            .solve(
                m.build(),
                options().toBuilder().tolerances(1e-9, 1e-9).build(),
                SolveListener.none());
    assertEquals(SolveStatus.INFEASIBLE, result.status(), result::toString);
  }

  @Test
  void theBoundOfAnOptimumDoesNotClaimMoreThanTheGap() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    for (double gap : new double[] {0, 0.01, 0.5}) {
      Models.Known known = Models.knapsack(14, 9);
      SolveResult result =
          solver()
              .solve(
                  known.model(), options().toBuilder().gaps(0, gap).build(), SolveListener.none());
      assertEquals(SolveStatus.OPTIMAL, result.status(), result::toString);
      double objective = result.solution().orElseThrow().objective();
      assertTrue(objective <= known.optimum() + 1e-6, result::toString);
      // The bound is a proof: never below the truth when maximising.
      assertTrue(result.dualBound() >= known.optimum() - 1e-6, result::toString);
      assertTrue(
          result.dualBound() - objective <= gap * Math.abs(objective) + 1e-6 * objective + 1e-6,
          () -> "gap " + gap + ": " + result);
    }
  }

  @Test
  void aSeedDeterminesTheAnswer() {
    Model model =
        has(Capability.INTEGER) ? Models.knapsack(14, 11).model() : Models.chain(60, 11).model();
    for (int seed : new int[] {0, 7}) {
      SolveOptions options = options().toBuilder().seed(seed).build();
      SolveResult first = solver().solve(model, options, SolveListener.none());
      SolveResult second = solver().solve(model, options, SolveListener.none());
      assertEquals(first.status(), second.status());
      assertEquals(first.dualBound(), second.dualBound());
      assertEquals(first.nodes(), second.nodes());
      assertArrayEquals(
          first.solution().orElseThrow().values(), second.solution().orElseThrow().values());
    }
  }

  @Test
  void takesSeveralThreads() {
    assumeTrue(has(Capability.THREADS), "solver " + id() + " claims no threads");
    Models.Known known = has(Capability.INTEGER) ? Models.knapsack(14, 12) : Models.chain(30, 12);
    assertOptimum(known.model(), known.optimum(), options().toBuilder().threads(2).build());
  }

  // ---- linear sessions

  @Test
  void aLinearSessionSolvesOneProgramWithManyObjectives() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    // x + y <= 4, x - y >= -2, 0 <= x <= 3, 0 <= y <= 5.
    Model.Builder builder = Model.builder("polygon");
    Variable x = builder.continuous("x", 0, 3);
    Variable y = builder.continuous("y", 0, 5);
    LinearExpression sum = LinearExpression.of(x).plus(LinearExpression.of(y));
    LinearExpression gap = LinearExpression.of(x).minus(LinearExpression.of(y));
    builder.atMost("sum", sum, 4);
    builder.atLeast("gap", gap, -2);
    Model model = builder.build();
    try (LinearSession session = solver().linearSession(model, options()).orElseThrow()) {
      double[][] costs = {{-1, -1}, {0, -1}, {-1, 0}, {1, 1}, {-1, -2}, {-1, -1}};
      double[] optima = {-4, -3, -3, 0, -7, -4};
      for (int k = 0; k < costs.length; k++) {
        LinearSession.Optimum optimum = session.minimize(costs[k]).orElseThrow();
        double[] at = optimum.values();
        double value = costs[k][0] * at[0] + costs[k][1] * at[1];
        assertEquals(optima[k], value, 1e-6);
        assertTrue(model.violation(at) <= 1e-6);
        // The multipliers prove it: what is left of the cost, at its best within the bounds.
        double[] m = optimum.multipliers();
        double proved = Math.min(0, m[0]) * 4 + Math.max(0, m[1]) * -2;
        double leftX = costs[k][0] - Math.min(0, m[0]) - Math.max(0, m[1]);
        double leftY = costs[k][1] - Math.min(0, m[0]) + Math.max(0, m[1]);
        proved += Math.min(0, 3 * leftX) + Math.min(0, 5 * leftY);
        assertEquals(optima[k], proved, 1e-6);
      }
    }
  }

  @Test
  void aLinearSessionWithoutAPointGivesNone() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Model.Builder builder = Model.builder("empty");
    Variable x = builder.continuous("x", 0, 1);
    Variable y = builder.continuous("y", 0, 1);
    builder.atLeast("sum", LinearExpression.of(x).plus(LinearExpression.of(y)), 3);
    try (LinearSession session = solver().linearSession(builder.build(), options()).orElseThrow()) {
      assertTrue(session.minimize(new double[] {1, 1}).isEmpty());
      assertTrue(session.minimize(new double[] {-1, 0}).isEmpty());
    }
  }

  /** Any change of a session leaves it the session of the model that was changed so. */
  @Test
  void aLinearSessionChangesAsAModelDoes() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Random random = new Random(11);
    int columns = 5;
    int rows = 6;
    LinearProgram program = new LinearProgram(columns, rows, random);
    int infeasible = 0;
    try (LinearSession session = solver().linearSession(program.model(), options()).orElseThrow()) {
      for (int change = 0; change < 120; change++) {
        program.change(random, session);
        double[] cost = random.doubles(columns, -1, 1).toArray();
        if (random.nextInt(4) == 0) {
          Arrays.fill(cost, 0);
        }
        LinearSession.Outcome outcome = session.solve(cost);
        try (LinearSession fresh =
            solver().linearSession(program.model(), options()).orElseThrow()) {
          LinearSession.Outcome other = fresh.solve(cost);
          assertEquals(other.getClass(), outcome.getClass(), "change " + change);
          if (outcome instanceof LinearSession.Optimum optimum) {
            double value = 0;
            double expected = 0;
            for (int j = 0; j < columns; j++) {
              value += cost[j] * optimum.values()[j];
              expected += cost[j] * ((LinearSession.Optimum) other).values()[j];
            }
            assertEquals(expected, value, 1e-6);
            assertTrue(program.model().violation(optimum.values()) <= 1e-6);
            assertEquals(expected, program.proved(cost, optimum.multipliers()), 1e-6);
          } else if (outcome instanceof LinearSession.Infeasible proof) {
            infeasible++;
            assertTrue(
                program.proved(new double[columns], proof.multipliers()) > 0,
                "multipliers that prove nothing at change " + change);
          } else {
            throw new AssertionError("change " + change + " is left undecided");
          }
        }
      }
    }
    assertTrue(infeasible > 10 && infeasible < 110, () -> "the changes are too tame");
  }

  /** Whatever was solved before, an outcome is proved by its own multipliers. */
  @Test
  void aLinearSessionProvesWhatItSaysOfManyPrograms() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    int optima = 0;
    int infeasible = 0;
    int undecided = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int columns = 2 + random.nextInt(25);
      LinearProgram program = new LinearProgram(columns, 1 + random.nextInt(25), random);
      try (LinearSession session =
          solver().linearSession(program.model(), options()).orElseThrow()) {
        for (int solve = 0; solve < 20; solve++) {
          for (int change = 0; change < 3; change++) {
            if (seed % 2 == 0) {
              program.change(random, session);
            } else {
              program.changeSides(random, session);
            }
          }
          double[] cost = random.doubles(columns, -1, 1).toArray();
          LinearSession.Outcome outcome = session.solve(cost);
          if (outcome instanceof LinearSession.Optimum optimum) {
            optima++;
            assertOptimum(program, cost, optimum, "solve " + solve + " of program " + seed);
          } else if (outcome instanceof LinearSession.Infeasible proof) {
            infeasible++;
            assertTrue(
                program.proved(new double[columns], proof.multipliers()) > 0,
                "multipliers that prove nothing: solve " + solve + " of program " + seed);
          } else {
            undecided++;
          }
        }
      }
    }
    String count = optima + " optima, " + infeasible + " infeasible";
    assertTrue(optima > 100 && infeasible > 100, () -> "too tame: " + count);
    assertTrue(undecided <= 8, undecided + " of 800 are left undecided");
  }

  private static void assertOptimum(
      LinearProgram program, double[] cost, LinearSession.Optimum optimum, String what) {
    double value = 0;
    for (int j = 0; j < cost.length; j++) {
      value += cost[j] * optimum.values()[j];
    }
    assertTrue(program.model().violation(optimum.values()) <= 1e-6, what);
    assertEquals(value, program.proved(cost, optimum.multipliers()), 1e-6, what);
  }

  @Test
  void aRowOfALinearSessionMayLoseBothSides() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    for (int rows = 1; rows <= 6; rows++) {
      Model.Builder builder = Model.builder("loosened");
      Variable x = builder.continuous("x", 0, 1);
      Variable y = builder.continuous("y", 0, 1);
      for (int i = 0; i < rows; i++) {
        builder.atMost("row", sum(1 + i, x, 1, y), 1.5);
      }
      double[] lower = new double[rows];
      double[] upper = new double[rows];
      try (LinearSession session =
          solver().linearSession(builder.build(), options()).orElseThrow()) {
        for (int k = 0; k < 6; k++) {
          boolean isFree = k % 2 == 1;
          Arrays.fill(lower, -INF);
          Arrays.fill(upper, isFree ? INF : 1.5);
          session.setSides(lower, upper);
          LinearSession.Optimum optimum = session.minimize(new double[] {-1, -1.5}).orElseThrow();
          double value = -optimum.values()[0] - 1.5 * optimum.values()[1];
          assertEquals(isFree ? -2.5 : -1.5 - 0.5 / rows, value, 1e-6, rows + " rows");
        }
      }
    }
  }

  @Test
  void aLinearSessionMayMoveToAnotherThread() throws Exception {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Random random = new Random(5);
    LinearProgram program = new LinearProgram(6, 4, random);
    LinearSession session = solver().linearSession(program.model(), options()).orElseThrow();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      // One after the other, each on a thread of its own.
      for (int solve = 0; solve < 20; solve++) {
        program.change(random, session);
        double[] cost = random.doubles(6, -1, 1).toArray();
        LinearSession.Outcome outcome =
            pool.submit(() -> session.solve(cost)).get(60, TimeUnit.SECONDS);
        if (outcome instanceof LinearSession.Optimum optimum) {
          assertOptimum(program, cost, optimum, "solve " + solve);
        }
      }
      pool.submit(session::close).get(60, TimeUnit.SECONDS);
    } finally {
      pool.shutdownNow();
    }
    assertThrows(IllegalStateException.class, () -> session.minimize(new double[6]));
  }

  @Test
  void aTimeLimitOfALinearSessionIsOneOfEachSolve() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Duration limit = Duration.ofMillis(400);
    Random random = new Random(6);
    LinearProgram program = new LinearProgram(8, 4, random);
    SolveOptions options = options().toBuilder().timeLimit(limit).build();
    try (LinearSession session = solver().linearSession(program.model(), options).orElseThrow()) {
      Class<?> first = session.solve(new double[8]).getClass();
      assertFalse(first.equals(LinearSession.Undecided.class), "undecided at once");
      long start = System.nanoTime();
      while (since(start).compareTo(limit.multipliedBy(2)) < 0) {
        session.solve(random.doubles(8, -1, 1).toArray());
      }
      boolean decided = false;
      for (int solve = 0; solve < 3 && !decided; solve++) {
        decided = session.solve(new double[8]).getClass().equals(first);
      }
      assertTrue(decided, "the limit is one of all solves together");
    }
  }

  @Test
  void aLinearSessionStopsAtALimitAndWhenCancelled() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Models.Known known = Models.chain(4000, 2);
    double[] cost = new double[known.model().variables().size()];
    Arrays.fill(cost, 1);
    for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(2))) {
      long start = System.nanoTime();
      try (LinearSession session =
          solver()
              .linearSession(boxed(known.model()), options().toBuilder().timeLimit(limit).build())
              .orElseThrow()) {
        assertFalse(session.solve(cost) instanceof LinearSession.Infeasible);
      }
      assertTrue(since(start).compareTo(PROMPT) < 0, () -> "took " + since(start));
    }
    Cancellation cancellation = new Cancellation();
    try (LinearSession session =
        solver()
            .linearSession(
                smallLinearProgram(), options().toBuilder().cancellation(cancellation).build())
            .orElseThrow()) {
      assertTrue(session.minimize(new double[] {1, 1}).isPresent());
      cancellation.cancel();
      assertInstanceOf(LinearSession.Undecided.class, session.solve(new double[] {1, 1}));
    }
    // What was cancelled before opens all the same.
    try (LinearSession session =
        solver()
            .linearSession(
                smallLinearProgram(), options().toBuilder().cancellation(cancellation).build())
            .orElseThrow()) {
      assertInstanceOf(LinearSession.Undecided.class, session.solve(new double[] {1, 1}));
    }
  }

  private static Model smallLinearProgram() {
    Model.Builder builder = Model.builder("small");
    Variable x = builder.continuous("x", 0, 1);
    Variable y = builder.continuous("y", 0, 1);
    builder.atLeast("sum", sum(1, x, 1, y), 1);
    return builder.build();
  }

  /** The same with finite bounds on every variable, which a session may ask for. */
  private static Model boxed(Model model) {
    Model.Builder boxed = Model.builder(model.name());
    for (Variable v : model.variables()) {
      boxed.continuous(v.name(), Math.max(-1e6, v.lower()), Math.min(1e6, v.upper()));
    }
    model.constraints().forEach(boxed::add);
    return boxed.build();
  }

  @Test
  void hundredsOfLinearSessionsLeaveNoMemoryBehind() throws Exception {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    assertNoMemoryIsLeftBehind(
        (from, to) -> {
          for (long seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            LinearProgram program = new LinearProgram(8, 6, random);
            try (LinearSession session =
                solver().linearSession(program.model(), options()).orElseThrow()) {
              session.solve(random.doubles(8, -1, 1).toArray());
              program.change(random, session);
              session.solve(random.doubles(8, -1, 1).toArray());
            }
          }
        });
  }

  @Test
  void aLinearSessionRefusesIntegersAndUseAfterItsEnd() {
    assumeTrue(has(Capability.LINEAR_SESSION), "solver " + id() + " claims no linear sessions");
    Model.Builder integral = Model.builder("integral");
    integral.binary("b");
    assertThrows(
        IllegalArgumentException.class, () -> solver().linearSession(integral.build(), options()));
    Model.Builder builder = Model.builder("small");
    builder.continuous("x", 0, 1);
    LinearSession session = solver().linearSession(builder.build(), options()).orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> session.minimize(new double[3]));
    double[] one = {0};
    double[] two = {0, 0};
    assertThrows(IllegalArgumentException.class, () -> session.setBounds(one, two));
    assertThrows(IllegalArgumentException.class, () -> session.setBounds(two, one));
    assertThrows(IllegalArgumentException.class, () -> session.setSides(one, one));
    assertThrows(IllegalArgumentException.class, () -> session.setCoefficient(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> session.setCoefficient(-1, 0, 1));
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, () -> session.minimize(new double[1]));
    assertThrows(IllegalStateException.class, () -> session.setBounds(one, one));
  }

  // ---- limits and interruption

  @Test
  void aTimeLimitEndsAHardModel() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    for (Objective.Sense sense : Objective.Sense.values()) {
      Model hard = Models.marketSplit(sense, 3, 5);
      SolveResult result =
          hurried(hard, options().toBuilder().timeLimit(Duration.ofMillis(20)).build());
      assertStopped(hard, 3, result);
    }
  }

  @Test
  void atALimitThereIsABoundWhereClaimed() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 6);
    SolveResult result =
        hurried(hard, options().toBuilder().timeLimit(Duration.ofMillis(1500)).build());
    assertStopped(hard, 3, result);
    assumeTrue(has(Capability.BOUND_AT_LIMIT), "solver " + id() + " claims no bound at a limit");
    assertTrue(Double.isFinite(result.dualBound()), result::toString);
  }

  @Test
  void aTimeLimitOfNothingStillReturns() {
    Model model = smallModel();
    SolveResult result = hurried(model, options().toBuilder().timeLimit(Duration.ZERO).build());
    assertTrue(
        result.status() == SolveStatus.OPTIMAL
            || result.status() == SolveStatus.TIME_LIMIT
            || result.status() == SolveStatus.OTHER_LIMIT,
        result::toString);
  }

  @Test
  void aTimeLimitOnALinearProgramReturns() {
    assumeTrue(provesContinuousModels(), "solver " + id() + " proves nothing of continuous models");
    Models.Known known = Models.chain(4000, 2);
    SolveResult result =
        hurried(known.model(), options().toBuilder().timeLimit(Duration.ofMillis(2)).build());
    if (result.status() == SolveStatus.OPTIMAL) {
      assertEquals(known.optimum(), result.solution().orElseThrow().objective(), 1e-3);
    } else {
      assertFalse(result.status().isProof(), result::toString);
    }
    assertTrue(result.dualBound() <= known.optimum() + 1e-3, result::toString);
  }

  @Test
  void stopsAtANumberOfNodes() {
    assumeTrue(has(Capability.NODE_LIMIT), "solver " + id() + " claims no node limit");
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 7);
    SolveResult result = hurried(hard, options().toBuilder().nodeLimit(5).build());
    assertStopped(hard, 3, result);
    assertEquals(SolveStatus.NODE_LIMIT, result.status(), result::toString);
  }

  /**
   * Whatever node it stops at, with a point that is not the best, it claims no more than is so. A
   * model that no point is found of does not tell.
   */
  @Test
  void aLadderOfNodeLimitsHasNoFalseStep() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    assumeTrue(has(Capability.NODE_LIMIT), "solver " + id() + " claims no node limit");
    for (Models.Known known : ladder()) {
      SolveStatus status = SolveStatus.NODE_LIMIT;
      // Above a proof every step is the same solve.
      for (long nodes = 1; nodes <= 256 && !status.isProof(); nodes *= 2) {
        SolveOptions options = options().toBuilder().timeLimit(STEP).nodeLimit(nodes).build();
        SolveResult result = hurried(known.model(), options);
        assertStep(nodes + " nodes", known, result);
        status = result.status();
      }
    }
  }

  /** The same for limits on time. */
  @Test
  void aLadderOfTimeLimitsHasNoFalseStep() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    for (Models.Known known : ladder()) {
      SolveStatus status = SolveStatus.TIME_LIMIT;
      for (long millis = 1; millis <= 256 && !status.isProof(); millis *= 4) {
        SolveOptions options = options().toBuilder().timeLimit(Duration.ofMillis(millis)).build();
        SolveResult result = hurried(known.model(), options);
        assertStep(millis + " ms", known, result);
        status = result.status();
      }
    }
  }

  private static List<Models.Known> ladder() {
    return Arrays.stream(Objective.Sense.values())
        .flatMap(sense -> Stream.of(30, 100).map(n -> Models.correlated(sense, n, 0)))
        .toList();
  }

  /** A proof is one of the optimum; any other answer excludes neither the optimum nor its point. */
  private static void assertStep(String step, Models.Known known, SolveResult result) {
    // All values are whole numbers, so half of one is a difference.
    double room = 0.5;
    double sign = known.model().objective().isMinimize() ? 1 : -1;
    String what = step + " on " + known.model().name() + ", whose optimum is " + known.optimum();
    assertFalse(
        Set.of(
                SolveStatus.INFEASIBLE,
                SolveStatus.UNBOUNDED,
                SolveStatus.INFEASIBLE_OR_UNBOUNDED,
                SolveStatus.ERROR)
            .contains(result.status()),
        () -> what + ": " + result);
    assertTrue(
        sign * result.dualBound() <= sign * known.optimum() + room,
        () -> what + ": the bound excludes it: " + result);
    if (result.status() == SolveStatus.OPTIMAL) {
      double objective = result.solution().orElseThrow().objective();
      assertEquals(known.optimum(), objective, room, () -> what + ": " + result);
    }
    result
        .solution()
        .ifPresent(
            s -> {
              // A weight times the tolerance on an integer.
              assertTrue(known.model().violation(s.values()) <= 0.1, () -> what + ": " + result);
              assertTrue(
                  sign * s.objective() >= sign * known.optimum() - room,
                  () -> what + ": no point is so good: " + result);
            });
  }

  @Test
  void stopsWhenCancelledFromAnotherThread() throws Exception {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 8);
    Cancellation cancellation = new Cancellation();
    // The limit ends the solve of a backend that cannot be interrupted, long after the test.
    SolveOptions options =
        options().toBuilder().timeLimit(PROMPT.plusSeconds(5)).cancellation(cancellation).build();
    Thread canceller =
        new Thread(
            () -> {
              sleep(400);
              cancellation.cancel();
            });
    canceller.start();
    long start = System.nanoTime();
    SolveResult result =
        SolverRegistry.guarded(solver()).solve(hard, options, SolveListener.none());
    assertTrue(since(start).compareTo(PROMPT) < 0, () -> "took " + since(start));
    assertEquals(SolveStatus.INTERRUPTED, result.status(), result::toString);
    assertStopped(hard, 3, result);
    canceller.join();
  }

  @Test
  void stopsAtOnceWhenCancelledBefore() {
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 9);
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    SolveResult result =
        hurried(
            hard,
            options().toBuilder().timeLimit(PROMPT.plusSeconds(5)).cancellation(cancelled).build());
    assertEquals(SolveStatus.INTERRUPTED, result.status(), result::toString);
    assertStopped(hard, 3, result);
  }

  @Test
  void stopsByItselfWhenItClaimsToBeInterruptible() {
    assumeTrue(has(Capability.INTERRUPT), "solver " + id() + " claims no interruption");
    assumeTrue(has(Capability.INTEGER), "solver " + id() + " takes no integer models");
    Model hard = Models.marketSplit(Objective.Sense.MINIMIZE, 3, 10);
    Cancellation cancellation = new Cancellation();
    Thread canceller =
        new Thread(
            () -> {
              sleep(400);
              cancellation.cancel();
            });
    canceller.start();
    long start = System.nanoTime();
    SolveResult result =
        solver()
            .solve(
                hard,
                options().toBuilder().cancellation(cancellation).build(),
                SolveListener.none());
    assertTrue(since(start).compareTo(PROMPT) < 0, () -> "took " + since(start));
    assertEquals(SolveStatus.INTERRUPTED, result.status(), result::toString);
    assertStopped(hard, 3, result);
  }

  // ---- several solves

  @Test
  void twoThreadsSolveAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> both = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        long first = 100L * thread;
        Callable<Boolean> work =
            () -> {
              for (long seed = first; seed < first + 10; seed++) {
                Models.Known known =
                    has(Capability.INTEGER) ? Models.knapsack(12, seed) : Models.chain(50, seed);
                assertOptimum(known.model(), known.optimum());
              }
              return true;
            };
        both.add(pool.submit(work));
      }
      for (Future<Boolean> one : both) {
        assertTrue(one.get(120, TimeUnit.SECONDS));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void hundredsOfModelsLeaveNoMemoryBehind() throws Exception {
    assertNoMemoryIsLeftBehind(this::solveModels);
  }

  /** Work that is done again and again, each time from one number to below another. */
  private interface Rounds {
    void run(long from, long to);
  }

  private static void assertNoMemoryIsLeftBehind(Rounds work) throws java.io.IOException {
    work.run(0, LEAK_MODELS / 2);
    long growth = 0;
    for (int round = 0; round < LEAK_ROUNDS; round++) {
      OptionalLong before = residentKilobytes();
      assumeTrue(before.isPresent(), "this system does not tell a process's memory");
      work.run(LEAK_MODELS * (round + 1L), LEAK_MODELS * (round + 2L));
      growth = residentKilobytes().getAsLong() - before.getAsLong();
      if (growth < LEAK_KILOBYTES) {
        return;
      }
    }
    fail("memory grew by " + growth + " kB, and as much the rounds before");
  }

  private void solveModels(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      Models.Known known =
          has(Capability.INTEGER) ? Models.knapsack(6, seed) : Models.chain(6, seed);
      assertOptimum(known.model(), known.optimum());
    }
  }

  /** The resident set of this process, Java's heap collected; empty where it is not told. */
  private static OptionalLong residentKilobytes() throws java.io.IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    System.gc();
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    }
  }

  // ---- progress and log

  @Test
  void progressIsMonotoneAndBracketed() {
    assumeTrue(has(Capability.PROGRESS), "solver " + id() + " claims no progress");
    for (Objective.Sense sense : Objective.Sense.values()) {
      Model hard = Models.marketSplit(sense, 3, 12);
      double sign = sense == Objective.Sense.MINIMIZE ? 1 : -1;
      List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
      SolverRegistry.guarded(solver())
          .solve(hard, options().toBuilder().timeLimit(Duration.ofSeconds(1)).build(), seen::add);
      assertFalse(seen.isEmpty(), "no progress in a second");
      double bound = Double.NEGATIVE_INFINITY;
      double incumbent = INF;
      Duration elapsed = Duration.ZERO;
      for (Progress p : List.copyOf(seen)) {
        double dual = sign * p.dualBound();
        double primal = sign * p.incumbent();
        assertFalse(Double.isNaN(dual) || Double.isNaN(primal), p::toString);
        assertTrue(dual >= bound - 1e-6, () -> "the bound got worse: " + seen);
        assertTrue(primal <= incumbent + 1e-6, () -> "the incumbent got worse: " + seen);
        assertTrue(dual <= primal + 1e-6, p::toString);
        assertTrue(dual <= sign * 3 + 1e-6, p::toString);
        assertTrue(primal >= sign * 3 - 1e-6, p::toString);
        assertTrue(p.elapsed().compareTo(elapsed) >= 0, () -> "time went back: " + seen);
        assertTrue(p.nodes() >= -1, p::toString);
        bound = dual;
        incumbent = primal;
        elapsed = p.elapsed();
      }
    }
  }

  @Test
  void sendsItsLogLineByLine() {
    assumeTrue(has(Capability.LOG), "solver " + id() + " claims no log");
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    Model model =
        has(Capability.INTEGER) ? Models.knapsack(12, 2).model() : Models.chain(200, 2).model();
    solver().solve(model, options().toBuilder().logSink(lines::add).build(), SolveListener.none());
    assertTrue(lines.stream().anyMatch(line -> !line.isBlank()), "no log came");
    assertTrue(lines.stream().noneMatch(line -> line.contains("\n")), lines::toString);
  }

  // ---- how it is asked

  private String id() {
    return solver().id();
  }

  private boolean has(Capability capability) {
    return solver().capabilities().has(capability);
  }

  private static SolveOptions options() {
    return SolveOptions.builder().timeLimit(PATIENCE).build();
  }

  private SolveResult solve(Model model) {
    return solver().solve(model, options(), SolveListener.none());
  }

  /** A variable of a kind that the backend proves things about. */
  private Variable column(Model.Builder model, String name, double lower, double upper) {
    return provesContinuousModels()
        ? model.continuous(name, lower, upper)
        : model.integer(name, lower, upper);
  }

  private Model smallModel() {
    Model.Builder m = Model.builder("small");
    Variable x = column(m, "x", 0, 3);
    Variable y = column(m, "y", 0, 3);
    m.atMost("sum", sum(1, x, 1, y), 5);
    return m.objective(Objective.maximize(sum(1, x, 1, y))).build();
  }

  private boolean proves(Model model) {
    return provesContinuousModels()
        || model.variables().stream().allMatch(v -> v.isIntegral() && Double.isFinite(v.upper()));
  }

  /** Solves a model whose optimum is known, or sees it refused when the backend is for LPs. */
  private void assertOptimum(Model model, double optimum, double... point) {
    if (model.integralCount() > 0 && !has(Capability.INTEGER)) {
      assertRefused(model);
    } else {
      assertOptimum(model, optimum, options(), point);
    }
  }

  private SolveResult assertOptimum(
      Model model, double optimum, SolveOptions options, double... point) {
    SolveResult result = solver().solve(model, options, SolveListener.none());
    double room = 1e-5 * Math.max(1, Math.abs(optimum));
    assertEquals(SolveStatus.OPTIMAL, result.status(), result::toString);
    SolveResult.Solution solution = result.solution().orElseThrow();
    assertEquals(optimum, solution.objective(), room, result::toString);
    assertTrue(model.violation(solution.values()) <= 1e-5, "the point violates the model");
    if (point.length > 0) {
      assertArrayEquals(point, solution.values(), 1e-3);
    }
    boolean minimize = model.objective().isMinimize();
    double bound = result.dualBound();
    assertTrue(
        minimize ? bound <= optimum + room : bound >= optimum - room,
        () -> "the bound excludes the optimum " + optimum + ": " + result);
    assertEquals(optimum, bound, 2 * room, () -> "the bound is not closed: " + result);
    assertFalse(result.elapsed().isNegative());
    return result;
  }

  private void assertInfeasible(Model model) {
    if (model.integralCount() > 0 && !has(Capability.INTEGER)) {
      assertRefused(model);
      return;
    }
    SolveResult result = solve(model);
    assertEquals(SolveStatus.INFEASIBLE, result.status(), result::toString);
    assertTrue(result.solution().isEmpty(), result::toString);
  }

  private void solveOrRefuse(Model model, Capability needed, double optimum, double... point) {
    boolean integral = model.integralCount() > 0 && !has(Capability.INTEGER);
    if (has(needed) && !integral) {
      double room = needed == Capability.QUADRATIC ? 1e-4 : 1e-5;
      SolveResult result = solve(model);
      assertEquals(SolveStatus.OPTIMAL, result.status(), result::toString);
      SolveResult.Solution solution = result.solution().orElseThrow();
      assertEquals(optimum, solution.objective(), room * Math.max(1, Math.abs(optimum)));
      assertEquals(optimum, result.dualBound(), 2 * room * Math.max(1, Math.abs(optimum)));
      assertTrue(model.violation(solution.values()) <= 1e-5, "the point violates the model");
      // Along a level line of a square, values are only half as exact as the objective.
      assertArrayEquals(point, solution.values(), needed == Capability.QUADRATIC ? 0.02 : 1e-3);
    } else {
      assertRefused(model);
    }
  }

  /** Sees a model refused in one line that names the backend. */
  private void assertRefused(Model model) {
    assertTrue(solver().capabilities().refusal(model).isPresent());
    Unsupported refused = assertThrows(Unsupported.class, () -> solve(model));
    assertOneLine(refused);
    assertTrue(refused.getMessage().contains(id()), refused.getMessage());
  }

  private static void assertOneLine(RuntimeException refused) {
    assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
  }

  private SolveResult hurried(Model model, SolveOptions options) {
    long start = System.nanoTime();
    SolveResult result =
        SolverRegistry.guarded(solver()).solve(model, options, SolveListener.none());
    assertTrue(since(start).compareTo(PROMPT) < 0, () -> "took " + since(start));
    return result;
  }

  /** Neither proof nor error, and nothing claimed that is not so. */
  private static void assertStopped(Model model, double optimum, SolveResult result) {
    assertFalse(result.status().isProof(), result::toString);
    assertFalse(result.status() == SolveStatus.ERROR, result::toString);
    boolean minimize = model.objective().isMinimize();
    double bound = result.dualBound();
    assertTrue(
        minimize ? bound <= optimum + 1e-6 : bound >= optimum - 1e-6,
        () -> "the bound excludes the optimum " + optimum + ": " + result);
    result
        .solution()
        .ifPresent(s -> assertTrue(model.violation(s.values()) <= 1e-5, result::toString));
  }

  private static LinearConstraint atMost(LinearExpression expression, double upper) {
    return new LinearConstraint("implied", expression, Double.NEGATIVE_INFINITY, upper);
  }

  private static LinearExpression sum(double a, Variable x) {
    return LinearExpression.term(a, x);
  }

  private static LinearExpression sum(double a, Variable x, double b, Variable y) {
    return LinearExpression.builder().add(a, x).add(b, y).build();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
