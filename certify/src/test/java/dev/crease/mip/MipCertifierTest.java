package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
import dev.crease.certify.Verdict;
import dev.crease.model.Model;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.guard.ForwardingSolver;
import dev.crease.solver.registry.SolverRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a certifier makes of a solver that is slow, wrong or broken. */
class MipCertifierTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  /** Bent at 1 as well, so that at the centre there nothing is proved for free. */
  private static final ReluNetwork ABSOLUTE =
      ReluNetwork.of(
          "absolute",
          List.of(
              Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}}), 0, 0, -1),
              Layer.linear(Matrix.of(new double[][] {{1, 1, 0.25}}), 0)));

  /** One-to-one, but no bounds tell: nothing is found before the solver is asked. */
  private static final ReluNetwork LEAKY =
      ReluNetwork.of(
          "leaky",
          List.of(
              Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}}), 0, 0, -1),
              Layer.linear(Matrix.of(new double[][] {{1, -0.5, 0.25}}), 0)));

  private static final Query FOLD = Query.local(ABSOLUTE, Norm.LINF, 1);
  private static final Query ONE_TO_ONE = Query.local(LEAKY, Norm.LINF, 1).upTo(4);

  /** The same of a network that adds a second input, which both points share. */
  private static final Query ONE_TO_ONE_SHARED =
      Query.local(
              ReluNetwork.of(
                  "shared",
                  List.of(
                      Layer.relu(
                          Matrix.of(new double[][] {{1, 0}, {-1, 0}, {1, 0}, {0, 1}}), 0, 0, -1, 2),
                      Layer.linear(Matrix.of(new double[][] {{1, -0.5, 0.25, 1}}), 0))),
              Norm.LINF,
              1,
              0)
          .sharing(Map.of(1, new Interval(-1, 1)), 1)
          .upTo(4);

  /** The collision with the centre is at -1, at distance 2, and no pairs are nearer. */
  private static final Query OPPOSITE = Query.pseudo(ABSOLUTE, Norm.LINF, 1);

  private static final CertifyOptions DIRECT =
      CertifyOptions.builder().trust(Trust.SOLVER).strategy("direct").build();
  private static final CertifyOptions BOXES =
      CertifyOptions.builder().trust(Trust.SOLVER).strategy("boxes").build();
  private static final CertifyOptions PAPER =
      CertifyOptions.builder().trust(Trust.SOLVER).strategy("paper").build();

  private static RadiusResult radius(
      Query query, CertifyOptions options, FakeSolver.Script script) {
    return new MipCertifier(FakeSolver.of(script)).radius(query, options, CertifyListener.none());
  }

  private static RadiusResult check(Query query, CertifyOptions options, FakeSolver.Script script) {
    return new MipCertifier(FakeSolver.of(script)).check(query, 2, options, CertifyListener.none());
  }

  /** The centre twice: feasible when p is to be maximised, with p = 0. */
  private static double[] same(Model model) {
    return model.variables().stream()
        .mapToDouble(v -> v.name().matches("[xw]0") ? 1 : Math.max(0, v.lower()))
        .toArray();
  }

  @Test
  void aPointWithoutSeparationIsNoProof() {
    for (SolveStatus status :
        List.of(
            SolveStatus.TIME_LIMIT,
            SolveStatus.NODE_LIMIT,
            SolveStatus.OTHER_LIMIT,
            SolveStatus.INTERRUPTED)) {
      RadiusResult result =
          radius(ONE_TO_ONE, PAPER, (m, o, l) -> FakeSolver.result(status, 0, INF, same(m)));
      assertEquals(0, result.certified(), status + ": " + result);
      assertNotEquals(StopReason.COMPLETE, result.stop());
      RadiusResult checked =
          check(ONE_TO_ONE, PAPER, (m, o, l) -> FakeSolver.result(status, 0, INF, same(m)));
      assertEquals(Verdict.UNDECIDED, Certifier.verdict(checked));
    }
  }

  @Test
  void anOptimumWhoseBoundIsOpenIsNoProof() {
    RadiusResult result =
        radius(
            ONE_TO_ONE,
            PAPER,
            (m, o, l) -> FakeSolver.result(SolveStatus.OPTIMAL, 0, 0.5, same(m)));
    assertEquals(0, result.certified());
    assertNotEquals(StopReason.COMPLETE, result.stop());
  }

  @Test
  void theSamePointTwiceIsNoWitness() {
    for (CertifyOptions options : List.of(DIRECT, PAPER)) {
      RadiusResult result =
          radius(
              ONE_TO_ONE,
              options,
              (m, o, l) -> FakeSolver.result(SolveStatus.OPTIMAL, 0.01, 0.01, same(m)));
      assertTrue(result.witness().isEmpty(), result::toString);
      RadiusResult checked =
          check(
              ONE_TO_ONE,
              options,
              (m, o, l) -> FakeSolver.result(SolveStatus.OPTIMAL, 0.01, 0.01, same(m)));
      assertNotEquals(Verdict.REFUTED, Certifier.verdict(checked));
    }
  }

  @Test
  void aPairThatDoesNotReplayDoesNotEndTheWork() {
    RadiusResult checked =
        check(
            ONE_TO_ONE, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.OPTIMAL, 0, 0, same(m)));
    assertTrue(
        checked.notes().stream().map(Note::text).anyMatch(n -> n.contains("replay")),
        checked::toString);
    // Tighter tolerances are of no use with this solver; halving boxes is.
    assertTrue(
        checked.notes().stream().map(Note::text).anyMatch(n -> n.contains("tightened")),
        checked::toString);
    assertTrue(
        checked.notes().stream().map(Note::text).anyMatch(n -> n.contains("boxes")),
        checked::toString);
    assertEquals(Verdict.HOLDS, Certifier.verdict(checked), checked::toString);
    assertEquals(Assurance.RIGOROUS, checked.assurance());
    RadiusResult shared =
        check(
            ONE_TO_ONE_SHARED,
            DIRECT,
            (m, o, l) -> FakeSolver.result(SolveStatus.OPTIMAL, 0, 0, same(m)));
    assertEquals(Verdict.UNDECIDED, Certifier.verdict(shared));
    assertEquals(StopReason.LIMIT, shared.stop(), shared::toString);
  }

  @Test
  void aClaimThatAReplayedWitnessContradictsIsDropped() {
    // The search before the solve finds the fold at 1; the solver claims 3.
    RadiusResult result =
        radius(FOLD, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.TIME_LIMIT, 3));
    assertTrue(result.witness().isPresent());
    assertEquals(0, result.certified(), result::toString);
    assertEquals(StopReason.FAILED, result.stop());
    RadiusResult infeasible =
        radius(OPPOSITE, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    assertEquals(0, infeasible.certified(), infeasible::toString);
    assertEquals(StopReason.FAILED, infeasible.stop());
  }

  @Test
  void boundsOnTheWayProveNothing() {
    // HiGHS reported 0.4504 on the way, a bound of a sub-MIP, where the optimum was 0.3559.
    for (double bound : new double[] {0.05, 5, Double.NaN}) {
      for (Query query : List.of(FOLD, ONE_TO_ONE)) {
        RadiusResult result =
            radius(
                query,
                DIRECT,
                (m, o, l) -> {
                  l.progress(new Progress(INF, bound, 1, Duration.ZERO));
                  return FakeSolver.result(SolveStatus.TIME_LIMIT, -INF);
                });
        assertEquals(0, result.certified(), result::toString);
        assertEquals(StopReason.TIME_LIMIT, result.stop(), result::toString);
      }
    }
  }

  @Test
  void aBoundAtALimitIsClaimedLessThePad() {
    RadiusResult result =
        radius(FOLD, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.TIME_LIMIT, 0.5));
    assertEquals(0.5, result.certified(), 1e-5);
    assertTrue(result.certified() < 0.5);
    assertEquals(StopReason.TIME_LIMIT, result.stop());
    assertEquals(1, result.refuted().orElseThrow(), 2e-3);
  }

  @Test
  void anErrorClaimsNothing() {
    for (SolveStatus status :
        List.of(SolveStatus.ERROR, SolveStatus.UNBOUNDED, SolveStatus.INFEASIBLE_OR_UNBOUNDED)) {
      for (CertifyOptions options : List.of(DIRECT, PAPER)) {
        for (Query query : List.of(FOLD, ONE_TO_ONE)) {
          RadiusResult result =
              radius(query, options, (m, o, l) -> FakeSolver.result(status, -INF));
          assertEquals(0, result.certified(), result::toString);
          assertEquals(StopReason.FAILED, result.stop());
          assertTrue(
              result.notes().stream().map(Note::text).anyMatch(n -> n.contains("fake")),
              result::toString);
        }
      }
    }
  }

  @Test
  void theBoundOfAFailedSolveIsNotBelieved() {
    for (SolveStatus status :
        List.of(SolveStatus.ERROR, SolveStatus.UNBOUNDED, SolveStatus.INFEASIBLE_OR_UNBOUNDED)) {
      RadiusResult result =
          radius(ONE_TO_ONE, DIRECT, (m, o, l) -> FakeSolver.result(status, 0.05));
      assertEquals(0, result.certified(), result::toString);
      assertEquals(StopReason.FAILED, result.stop());
    }
  }

  @Test
  void infeasibleWhereTheSamePointIsFeasibleIsAnError() {
    RadiusResult result =
        radius(ONE_TO_ONE, PAPER, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    assertEquals(0, result.certified());
    assertEquals(StopReason.FAILED, result.stop());
  }

  @Test
  void infeasibilityProvesTheWholeRange() {
    RadiusResult result =
        radius(ONE_TO_ONE, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    assertEquals(4, result.certified());
    assertTrue(result.holdsEverywhere());
    assertEquals(StopReason.COMPLETE, result.stop());
    assertEquals(Assurance.SOLVER, result.assurance());
  }

  /** Does as it is told until it breaks. */
  private static MipSolver breaking(Throwable thrown, int answers, FakeSolver.Script before) {
    AtomicInteger asked = new AtomicInteger();
    return SolverRegistry.guarded(
        FakeSolver.of(
                (m, o, l) -> {
                  if (asked.getAndIncrement() < answers) {
                    return before.solve(m, o, l);
                  }
                  if (thrown instanceof RuntimeException e) {
                    throw e;
                  }
                  throw (Error) thrown;
                })
            .without(Capability.LINEAR_SESSION));
  }

  @Test
  void anAnswerSurvivesItsSolver() {
    for (Throwable thrown :
        List.of(
            new IllegalStateException("boom"),
            new StackOverflowError(),
            new OutOfMemoryError("boom"),
            new NoClassDefFoundError("org/lib/Missing"))) {
      // The stages of direct double the radius: the first is proved, the second breaks.
      RadiusResult result =
          new MipCertifier(
                  breaking(thrown, 1, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF)))
              .radius(ONE_TO_ONE, DIRECT, CertifyListener.none());
      assertEquals(4.0 / 32, result.certified(), 1e-5, result::toString);
      assertEquals(StopReason.FAILED, result.stop());
      assertTrue(result.toString().contains("solver fake failed: "), result::toString);
      for (CertifyOptions options : List.of(DIRECT, PAPER)) {
        RadiusResult checked =
            new MipCertifier(breaking(thrown, 0, MipCertifierTest::never))
                .check(ONE_TO_ONE, 2, options, CertifyListener.none());
        assertEquals(Verdict.UNDECIDED, Certifier.verdict(checked));
        assertEquals(StopReason.FAILED, checked.stop());
      }
      SpreadResult spread =
          new MipCertifier(breaking(thrown, 0, MipCertifierTest::never))
              .spread(ONE_TO_ONE, 2, DIRECT, CertifyListener.none());
      assertEquals(StopReason.FAILED, spread.stop());
    }
  }

  @Test
  void boxesGoOnAndSayWhichSolverFailed() {
    RadiusResult result =
        new MipCertifier(breaking(new StackOverflowError(), 0, MipCertifierTest::never))
            .radius(FOLD, BOXES, CertifyListener.none());
    assertTrue(result.certified() > 0.99 && result.certified() <= 1.001, result::toString);
    assertTrue(
        result.toString().contains("solver fake failed: StackOverflowError"), result::toString);
  }

  /** Every linear session overflows the stack; the answer does without. */
  @Test
  void anAnswerDoesWithoutLinearSessionsThatFail() {
    MipSolver solver =
        SolverRegistry.guarded(
            new SessionsThatFail(
                FakeSolver.of((m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF))));
    for (String encoding : List.of("big-m", "cuts")) {
      CertifyOptions options = DIRECT.toBuilder().bounds("lp").encoding(encoding).build();
      RadiusResult result =
          new MipCertifier(solver).radius(ONE_TO_ONE, options, CertifyListener.none());
      assertEquals(4, result.certified(), result::toString);
      assertTrue(
          result
              .notes()
              .contains(new Note.NoHelp("bounds", "solver fake failed: StackOverflowError")),
          result::toString);
    }
  }

  private static final class SessionsThatFail extends ForwardingSolver {
    SessionsThatFail(MipSolver solver) {
      super(solver);
    }

    @Override
    public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
      throw new StackOverflowError();
    }
  }

  @Test
  void aLateAnswerIsNotWaitedFor() {
    CountDownLatch release = new CountDownLatch(1);
    MipSolver solver =
        SolverRegistry.guarded(
            FakeSolver.of(
                (m, o, l) -> {
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return FakeSolver.result(SolveStatus.INFEASIBLE, -INF);
                }));
    RadiusResult result =
        new MipCertifier(solver)
            .radius(
                ONE_TO_ONE,
                DIRECT.toBuilder().timeLimit(Duration.ofMillis(50)).build(),
                CertifyListener.none());
    release.countDown();
    assertEquals(0, result.certified());
    assertEquals(StopReason.TIME_LIMIT, result.stop());
  }

  @Test
  void aDeltaBelowWhatTolerancesTellIsRefused() {
    for (double delta : new double[] {0, -1, 1e-9, Double.NaN}) {
      CertifyOptions options = DIRECT.toBuilder().delta(delta).build();
      BadInput e =
          assertThrows(BadInput.class, () -> radius(ONE_TO_ONE, options, MipCertifierTest::never));
      assertTrue(e.getMessage().contains("delta"), e.getMessage());
    }
  }

  private static SolveResult never(Model model, SolveOptions options, SolveListener listener) {
    throw new AssertionError("asked");
  }

  @Test
  void unknownNamesAreAnsweredWithTheOnesThereAre() {
    assertNames(DIRECT.toBuilder().strategy("magic").build(), "direct", "paper");
    assertNames(DIRECT.toBuilder().encoding("magic").build(), "big-m", "indicator");
    assertNames(DIRECT.toBuilder().bounds("magic").build(), "interval", "symbolic");
  }

  @Test
  void boxesDropTheClaimsOfASolverThatDeniesAKnownCollision() {
    RadiusResult result =
        radius(OPPOSITE, BOXES, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    // What intervals prove is kept.
    assertTrue(result.certified() < 2, result::toString);
    assertEquals(StopReason.FAILED, result.stop());
  }

  @Test
  void boxesGoOnWithoutASolverThatFails() {
    RadiusResult result =
        radius(
            FOLD,
            BOXES,
            (m, o, l) -> {
              throw new SolverFailure("no memory");
            });
    assertTrue(result.certified() > 0.99 && result.certified() <= 1.001, result::toString);
    assertTrue(result.toString().contains("no memory"), result::toString);
  }

  private static void assertNames(CertifyOptions options, String... names) {
    BadInput e =
        assertThrows(BadInput.class, () -> radius(ONE_TO_ONE, options, MipCertifierTest::never));
    for (String name : names) {
      assertTrue(e.getMessage().contains(name), e.getMessage());
    }
  }

  @Test
  void tolerancesOutOfRangeAreRefused() {
    CertifyOptions loose = DIRECT.toBuilder().tolerances(0.5, 1e-7).delta(60).build();
    assertThrows(
        BadInput.class,
        () ->
            radius(
                ONE_TO_ONE, loose, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF)));
  }

  @Test
  void refusesWhatTheBackendCannotDo() {
    FakeSolver all = FakeSolver.of(MipCertifierTest::never);
    assertRefused(all.without(Capability.INTEGER), FOLD, DIRECT, "linear programs only");
    assertRefused(
        all.without(Capability.INDICATOR),
        FOLD,
        DIRECT.toBuilder().encoding("indicator").build(),
        "encoding indicator");
  }

  @Test
  void withoutQuadraticConstraintsTheBallOfNormTwoIsAPolyhedronAroundIt() {
    FakeSolver linear =
        FakeSolver.of((m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF))
            .without(Capability.QUADRATIC);
    RadiusResult result =
        new MipCertifier(linear)
            .radius(Query.local(FOLD.f(), Norm.L2, FOLD.center()), DIRECT, CertifyListener.none());
    assertTrue(
        result.notes().stream()
            .map(Note::text)
            .anyMatch(note -> note.contains("polyhedron around it")),
        result::toString);
  }

  private static void assertRefused(
      FakeSolver solver, Query query, CertifyOptions options, String part) {
    MipCertifier certifier = new MipCertifier(solver);
    String why = certifier.refusal(query, options).orElseThrow();
    assertTrue(why.contains(part) && why.contains("fake"), why);
    Unsupported e =
        assertThrows(
            Unsupported.class, () -> certifier.radius(query, options, CertifyListener.none()));
    assertEquals(why, e.getMessage());
  }

  @Test
  void aBracketThatIsNoneCannotBeMade() {
    RadiusResult good =
        radius(ONE_TO_ONE, DIRECT, (m, o, l) -> FakeSolver.result(SolveStatus.INFEASIBLE, -INF));
    for (double bad : new double[] {-1, Double.NaN, 4.1, INF}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> good.toBuilder().proved(Proved.outright(bad)).build());
    }
  }
}
