package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Tolerances;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {

  /** {@code |x|}: around 1 it is one-to-one up to the radius 1, and -1 has the output of 1. */
  private static final ReluNetwork ABS =
      ReluNetwork.of(
          "abs",
          List.of(
              Layer.relu(Matrix.of(new double[][] {{1}, {-1}}), 0, 0),
              Layer.linear(Matrix.of(new double[][] {{1, 1}}), 0)));

  private static final Query PSEUDO = Query.pseudo(ABS, Norm.LINF, 1);
  private static final Query LOCAL = Query.local(ABS, Norm.LINF, 1);
  private static final Optional<Truth> TWO = Optional.of(new Truth(2, "test"));
  private static final double LIMIT = 5;

  private static RadiusResult result(
      Query query, double certified, StopReason stop, double delta, double... collision) {
    return result(Assurance.SOLVER, query, certified, stop, delta, collision);
  }

  private static RadiusResult result(
      Assurance assurance,
      Query query,
      double certified,
      StopReason stop,
      double delta,
      double... collision) {
    Optional<Witness> witness =
        collision.length == 0
            ? Optional.empty()
            : Witness.replay(query, new double[] {collision[0]}, new double[] {collision[1]});
    assertEquals(collision.length > 0, witness.isPresent());
    return RadiusResult.of(query, proved(assurance, certified))
        .witness(witness)
        .by("test", "test", "direct")
        .delta(delta, delta == 0)
        .terms(new Terms(Tolerances.defaults(), 0, 0))
        .seconds(1)
        .stop(stop)
        .notes(List.of(new Note.Remark("a note")))
        .build();
  }

  private static Proved proved(Assurance assurance, double radius) {
    return switch (assurance) {
      case EXACT -> Proved.exact(radius);
      case RIGOROUS -> Proved.outright(radius);
      case SOLVER -> Proved.outright(radius).onASolversWord();
    };
  }

  private static Outcome judge(RadiusResult result, Optional<Truth> truth) {
    return Judge.judge(result, true, truth, 1, LIMIT).outcome();
  }

  @Test
  void aClosedBracketAroundTheTruthIsSolved() {
    RadiusResult right = result(PSEUDO, 1.9999, StopReason.COMPLETE, 0, -1, 1);
    assertEquals(Outcome.SOLVED, judge(right, TWO));
    assertEquals(Outcome.SOLVED, judge(right, Optional.empty()));
  }

  @Test
  void anAnswerAfterTheLimitIsATimeOut() {
    RadiusResult right = result(PSEUDO, 1.9999, StopReason.COMPLETE, 0, -1, 1);
    assertEquals(Outcome.TIMEOUT, Judge.judge(right, true, TWO, LIMIT + 0.1, LIMIT).outcome());
  }

  @Test
  void certifyingMoreThanTheTruthIsWrong() {
    RadiusResult wrong = result(PSEUDO, 2.01, StopReason.COMPLETE, 0);
    assertEquals(Outcome.WRONG, judge(wrong, TWO));
    assertTrue(Judge.judge(wrong, true, TWO, 1, LIMIT).message().contains("2.01"));
    assertEquals(Outcome.WRONG, judge(result(PSEUDO, 2.01, StopReason.TIME_LIMIT, 0), TWO));
    assertEquals(Outcome.WRONG, judge(result(PSEUDO, 10, StopReason.COMPLETE, 0), TWO));
  }

  @Test
  void tolerancesAreNotHeldAgainstASolver() {
    assertEquals(Outcome.OPEN, judge(result(PSEUDO, 2 + 1e-6, StopReason.COMPLETE, 0), TWO));
    assertEquals(Outcome.WRONG, judge(result(PSEUDO, 2 + 1e-5, StopReason.COMPLETE, 0), TWO));
  }

  @Test
  void tolerancesAreRelativeToTheRadiusHoweverSmallItIs() {
    Query near = Query.pseudo(ABS, Norm.LINF, 0.0005);
    Optional<Truth> small = Optional.of(new Truth(0.001, "test"));
    assertEquals(Outcome.OPEN, judge(result(near, 0.001 + 5e-10, StopReason.LIMIT, 0), small));
    assertEquals(Outcome.WRONG, judge(result(near, 0.001 + 2e-9, StopReason.LIMIT, 0), small));
  }

  @Test
  void withoutASolverThereIsNoTolerance() {
    double above = Math.nextUp(2.0);
    for (Assurance assurance : Assurance.values()) {
      assertEquals(
          assurance == Assurance.SOLVER ? Outcome.OPEN : Outcome.WRONG,
          judge(result(assurance, PSEUDO, above, StopReason.LIMIT, 0), TWO),
          assurance.name());
    }
  }

  @Test
  void whatOnlyDeltaAccountsForIsShownApart() {
    Optional<Truth> one = Optional.of(new Truth(1, "test"));
    double delta = 1e-3;
    assertEquals(
        Outcome.WITHIN_DELTA,
        judge(result(LOCAL, 1.0005, StopReason.COMPLETE, delta, 1.0005, -1.0005), one));
    assertEquals(
        Outcome.SOLVED, judge(result(LOCAL, 0.9999, StopReason.COMPLETE, delta, 5e-4, -5e-4), one));
    assertEquals(
        Outcome.WITHIN_DELTA, judge(result(LOCAL, 1.0019, StopReason.COMPLETE, delta), one));
    assertEquals(
        Outcome.WITHIN_DELTA, judge(result(LOCAL, 1.0019, StopReason.TIME_LIMIT, delta), one));
    assertEquals(Outcome.WRONG, judge(result(LOCAL, 1.0021, StopReason.COMPLETE, delta), one));
    assertEquals(Outcome.WRONG, judge(result(LOCAL, 1.0005, StopReason.COMPLETE, 0), one));
  }

  /** The cell of a campaign that an absolute allowance of 2 delta had called solved. */
  @Test
  void aFifthAboveTheTruthIsNotSolved() {
    Query question = Query.local(ABS, Norm.LINF, 0.0072444618814973575);
    RadiusResult answer = result(question, 0.008740610682747132, StopReason.COMPLETE, 1e-3);
    assertEquals(
        Outcome.WITHIN_DELTA, judge(answer, Optional.of(new Truth(0.0072444618814973575, "test"))));
  }

  @Test
  void whatNoSolverDecidedIsNotItsMerit() {
    for (Assurance assurance : List.of(Assurance.RIGOROUS, Assurance.EXACT)) {
      RadiusResult answer = result(assurance, PSEUDO, 1.9999, StopReason.COMPLETE, 0, -1, 1);
      assertEquals(Outcome.WITHOUT_SOLVER, judge(answer, TWO));
      assertEquals(Outcome.SOLVED, Judge.judge(answer, false, TWO, 1, LIMIT).outcome());
    }
  }

  @Test
  void aBracketAsWideAsTheRadiusIsNotClosed() {
    Query near = Query.pseudo(ABS, Norm.LINF, 0.0002);
    RadiusResult empty = result(near, 0, StopReason.COMPLETE, 0, -0.0002, 0.0002);
    assertEquals(Outcome.OPEN, judge(empty, Optional.of(new Truth(0.0004, "test"))));
  }

  /**
   * A collision that was found beside those looked for: nearer together, and nearer to the fold.
   */
  @Test
  void deltaOfATransformationIsMeasuredByTheSlopeThere() {
    Query flat =
        Query.transformation(
            ABS,
            ReluNetwork.of("flat", List.of(Layer.linear(Matrix.of(new double[][] {{0.25}}), 0))),
            Norm.LINF,
            1);
    Optional<Truth> one = Optional.of(new Truth(1, "test"));
    // Points must be 4e-3 apart to differ by delta, whatever those are that the answer ends at.
    RadiusResult answer = result(flat, 1.00001, StopReason.COMPLETE, 1e-3, -1e-5, 1e-5);
    assertEquals(Outcome.WITHIN_DELTA, judge(answer, one));
    assertEquals(Outcome.WRONG, judge(answer, Optional.of(new Truth(0.99, "test"))));
  }

  /** Where delta is a difference of outputs, it says nothing of how far apart the points are. */
  @Test
  void deltaOfATransformationExcusesNoMoreThanTheCollisionIsWide() {
    Query steep =
        Query.transformation(
            ABS,
            ReluNetwork.of("steep", List.of(Layer.linear(Matrix.of(new double[][] {{1e6}}), 0))),
            Norm.LINF,
            1);
    Optional<Truth> one = Optional.of(new Truth(1, "test"));
    RadiusResult near = result(steep, 1.001, StopReason.COMPLETE, 1e3, -0.001, 0.001);
    assertEquals(Outcome.WITHIN_DELTA, judge(near, one));
    assertEquals(Outcome.WRONG, judge(result(steep, 1.1, StopReason.COMPLETE, 1e3), one));
  }

  @Test
  void refutingLessThanTheTruthIsWrong() {
    RadiusResult early = result(PSEUDO, 0, StopReason.COMPLETE, 0, -1, 1);
    assertEquals(Outcome.WRONG, judge(early, Optional.of(new Truth(2.1, "test"))));
    // Where nothing is to be refuted at all.
    assertEquals(Outcome.WRONG, judge(early, Optional.of(new Truth(10, Truth.CONSTRUCTION))));
  }

  @Test
  void aWrongAnswerThatFailedIsWrong() {
    assertEquals(Outcome.WRONG, judge(result(PSEUDO, 3, StopReason.FAILED, 0), TWO));
  }

  @Test
  void theWholeRangeIsSolved() {
    assertEquals(
        Outcome.SOLVED,
        judge(
            result(LOCAL.upTo(0.5), 0.5, StopReason.COMPLETE, 0),
            Optional.of(new Truth(0.5, "test"))));
  }

  @Test
  void whatStopsBeforeIsNoSolution() {
    assertEquals(
        Outcome.TIMEOUT, judge(result(PSEUDO, 1.9999, StopReason.TIME_LIMIT, 0, -1, 1), TWO));
    assertEquals(Outcome.OPEN, judge(result(PSEUDO, 1, StopReason.LIMIT, 0, -1, 1), TWO));
    assertEquals(Outcome.OPEN, judge(result(PSEUDO, 1.99, StopReason.COMPLETE, 0, -1, 1), TWO));
    RadiusResult failed = result(PSEUDO, 0, StopReason.FAILED, 0);
    assertEquals(Outcome.FAILED, judge(failed, TWO));
    assertEquals("a note", Judge.judge(failed, true, TWO, 1, LIMIT).message());
  }
}
