package dev.crease.testkit.certifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.mip.MipCertifier;
import dev.crease.model.Constraint;
import dev.crease.model.IndicatorConstraint;
import dev.crease.model.LinearConstraint;
import dev.crease.model.Model;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.guard.ConfiguredSolver;
import dev.crease.solver.guard.ForwardingSolver;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.DifferentialTester;
import dev.crease.testkit.MipSolverContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SCIP with bugs put in: the test kit sees them. */
class PlantedBugTest {

  /** What is wrong. */
  enum Bug {
    NONE,
    /** Indicator constraints act at the other value. */
    INDICATOR_AT_THE_OTHER_VALUE,
    /** Indicator constraints act at both values. */
    INDICATOR_ALWAYS,
    /** Indicator constraints lose one side of their row. */
    INDICATOR_WITHOUT_UPPER_SIDES,
    /** No bound is a number, so that every answer is refused. */
    REFUSED,
    /** A stop at the node limit comes as an optimum. */
    NODES_CALLED_OPTIMAL,
    /** At the node limit the incumbent is given as the bound. */
    INCUMBENT_AS_BOUND
  }

  private static final class Buggy extends ForwardingSolver {

    private final MipSolver solver;
    private final Bug bug;

    Buggy(MipSolver solver, Bug bug) {
      super(solver);
      this.solver = solver;
      this.bug = bug;
    }

    @Override
    public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
      List<Constraint> constraints = new ArrayList<>();
      for (Constraint constraint : model.constraints()) {
        if (constraint instanceof IndicatorConstraint c) {
          constraints.addAll(changed(c));
        } else {
          constraints.add(constraint);
        }
      }
      Model other = new Model(model.name(), model.variables(), constraints, model.objective());
      SolveResult r = solver.solve(other, options, listener);
      return switch (bug) {
        case REFUSED -> new SolveResult(r.status(), r.solution(), Double.NaN, 1, r.elapsed(), "");
        case NODES_CALLED_OPTIMAL ->
            r.status() == SolveStatus.NODE_LIMIT && r.solution().isPresent()
                ? new SolveResult(
                    SolveStatus.OPTIMAL, r.solution(), r.dualBound(), 1, r.elapsed(), "")
                : r;
        case INCUMBENT_AS_BOUND ->
            r.status() == SolveStatus.NODE_LIMIT && r.solution().isPresent()
                ? new SolveResult(
                    r.status(), r.solution(), r.solution().get().objective(), 1, r.elapsed(), "")
                : r;
        default -> r;
      };
    }

    private List<Constraint> changed(IndicatorConstraint c) {
      LinearConstraint row = c.implied();
      IndicatorConstraint opposite =
          new IndicatorConstraint(c.name(), c.indicator(), !c.activeValue(), row);
      return switch (bug) {
        case INDICATOR_AT_THE_OTHER_VALUE -> List.of(opposite);
        case INDICATOR_ALWAYS -> List.of(c, opposite);
        case INDICATOR_WITHOUT_UPPER_SIDES ->
            List.of(
                new IndicatorConstraint(
                    c.name(),
                    c.indicator(),
                    c.activeValue(),
                    new LinearConstraint(
                        row.name(), row.expression(), row.lower(), Double.POSITIVE_INFINITY)));
        default -> List.of(c);
      };
    }
  }

  private static MipSolver scip(Bug bug) {
    return SolverRegistry.guarded(new Buggy(Backends.raw("ortools-scip"), bug));
  }

  /** Not a test of its own: surefire takes no nested classes. */
  private static final class Contract extends CertifierContract {
    private final MipSolver solver;

    Contract(MipSolver solver) {
      this.solver = solver;
    }

    @Override
    protected Certifier certifier() {
      return new MipCertifier(solver);
    }

    @Override
    protected CertifyOptions options() {
      return super.options().toBuilder().timeLimit(Duration.ofSeconds(20)).build();
    }

    @Override
    protected double resolution() {
      return 4e-4;
    }

    /** As an author may say who does not look further. */
    @Override
    protected boolean alwaysCloses() {
      return false;
    }
  }

  private static Optional<Throwable> run(Bug bug, String test) throws ReflectiveOperationException {
    return run(CertifierContract.class, new Contract(scip(bug)), test);
  }

  private static Optional<Throwable> run(Class<?> contract, Object subclass, String test)
      throws ReflectiveOperationException {
    Method method = contract.getDeclaredMethod(test);
    method.setAccessible(true);
    try {
      method.invoke(subclass);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(e.getCause());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INDICATOR_AT_THE_OTHER_VALUE", "INDICATOR_ALWAYS"})
  void falseProofsOfIndicatorsAreSeen(Bug bug) throws ReflectiveOperationException {
    Optional<Throwable> failure = run(bug, "theTruthIsTheSameInEveryEncoding");
    assertInstanceOf(AssertionError.class, failure.orElseThrow());
    assertTrue(failure.get().getMessage().contains("indicator"), failure::toString);
  }

  /** A real backend, without what would find the best point at once. */
  private static final class Unaided extends MipSolverContract {
    private final MipSolver solver;

    Unaided(Bug bug) {
      this.solver =
          new Buggy(
              new ConfiguredSolver(
                  Backends.raw("ortools-highs"), Map.of("mip_heuristic_effort", "0")),
              bug);
    }

    @Override
    protected MipSolver solver() {
      return solver;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "NODES_CALLED_OPTIMAL", "INCUMBENT_AS_BOUND"})
  void whatIsClaimedAtALimitIsSeen(Bug bug) throws ReflectiveOperationException {
    Optional<Throwable> failure =
        run(MipSolverContract.class, new Unaided(bug), "aLadderOfNodeLimitsHasNoFalseStep");
    assertEquals(bug == Bug.NONE, failure.isEmpty(), failure::toString);
  }

  @Test
  void aBackendWhoseAnswersAreRefusedFails() throws ReflectiveOperationException {
    Throwable failure = run(Bug.REFUSED, "somethingIsProved").orElseThrow();
    assertTrue(failure.getMessage().startsWith("nothing at all is proved"), failure::toString);
  }

  /** That the truth is then the same in every encoding is {@link ScipCertifierTest}'s. */
  @Test
  void withoutABugSomethingIsProved() throws ReflectiveOperationException {
    assertEquals(Optional.empty(), run(Bug.NONE, "somethingIsProved"));
  }

  /** How many contradictions there are, and what is said of them. */
  private record Compared(int found, String printed) {}

  private static Compared compare(MipSolver candidate, String reference, int models) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int found =
        new DifferentialTester(candidate, Backends.REGISTRY.select(reference), out)
            .compare(1, models);
    return new Compared(found, bytes.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "NODES_CALLED_OPTIMAL", "INCUMBENT_AS_BOUND"})
  void theDifferentialTesterSeesEveryBug(Bug bug) {
    Compared compared = compare(scip(bug), "ortools-highs", 40);
    assertTrue(compared.found() > 0, compared.printed());
  }

  @Test
  void theDifferentialTesterSeesNothingWhereNothingIs() {
    for (String id : List.of("ortools-scip", "ortools-highs", "ortools-cbc")) {
      String reference = id.equals("ortools-scip") ? "ortools-highs" : "ortools-scip";
      Compared compared = compare(Backends.REGISTRY.select(id), reference, 30);
      assertEquals(0, compared.found(), compared.printed());
    }
  }

  @Test
  void theDifferentialTesterSaysWhatItFound() {
    Compared compared = compare(scip(Bug.INDICATOR_ALWAYS), "ortools-highs", 40);
    assertTrue(compared.printed().contains("seed "), compared.printed());
    assertTrue(compared.printed().contains("Subject To"), compared.printed());
    assertTrue(
        compared.printed().contains("models on which an answer is contradicted"),
        compared.printed());
  }
}
