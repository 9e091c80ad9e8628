package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Claim;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
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
      Query query, double claimed, StopReason stop, double delta, double... collision) {
    return result(Assurance.SOLVER, query, claimed, stop, delta, collision);
  }

  private static RadiusResult result(
      Assurance assurance,
      Query query,
      double lower,
      StopReason stop,
      double delta,
      double... collision) {
    Optional<Witness> witness =
        collision.length == 0
            ? Optional.empty()
            : Witness.replay(query, new double[] {collision[0]}, new double[] {collision[1]});
    assertEquals(collision.length > 0, witness.isPresent());
    Terms terms = new Terms(Tolerances.defaults(), 0, 0);
    Optional<Claim> claim =
        assurance == Assurance.SOLVER && lower > 0
            ? Optional.of(new Claim(lower, assurance, "test", "test", delta, delta == 0, terms))
            : Optional.empty();
    return RadiusResult.of(query, proved(assurance, lower))
        .claimed(claim)
        .witness(witness)
        .by("test", "test", "direct")
        .seconds(1)
        .stop(stop)
        .notes(List.of(new Note.Remark("a note")))
        .build();
  }

  /** A solver's word proves nothing. */
  private static Proved proved(Assurance assurance, double radius) {
    return switch (assurance) {
      case EXACT -> Proved.exact(radius);
      case RIGOROUS -> Proved.outright(radius);
      case SOLVER -> Proved.nothing(Assurance.RIGOROUS);
    };
  }

  private static Outcome judge(RadiusResult result, Optional<Truth> truth) {
    return Judge.judge(result, true, truth, 1, LIMIT).outcome();
  }

  @Test
  void aBracketThatAClaimClosesAroundTheTruthIsClaimed() {
    RadiusResult right = result(PSEUDO, 1.9999, StopReason.COMPLETE, 0, -1, 1);
    assertEquals(Outcome.CLAIMED, judge(right, TWO));
    assertEquals(Outcome.CLAIMED, judge(right, Optional.empty()));
    RadiusResult claimed = right.toBuilder().stop(StopReason.CLAIMED).build();
    assertEquals(Outcome.CLAIMED, judge(claimed, TWO));
  }

  @Test
  void aSolversWordThatIsTakenIsAClaimAllTheSame() {
    RadiusResult taken =
        result(PSEUDO, 0, StopReason.COMPLETE, 0, -1, 1).toBuilder()
            .trust(Trust.SOLVER)
            .proved(Proved.outright(1.9999).onASolversWord())
            .build();
    assertEquals(Outcome.CLAIMED, judge(taken, TWO));
  }

  @Test
  void anAnswerAfterTheLimitIsATimeOut() {
    RadiusResult right = result(PSEUDO, 1.9999, StopReason.COMPLETE, 0, -1, 1);
    assertEquals(Outcome.TIMEOUT, Judge.judge(right, true, TWO, LIMIT + 0.1, LIMIT).outcome());
  }

  @Test
  void sayingMoreThanTheTruthIsWrong() {
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
  void noDeltaExcusesWhatIsAboveTheTruth() {
    Optional<Truth> one = Optional.of(new Truth(1, "test"));
    double delta = 1e-3;
    RadiusResult above = result(LOCAL, 1.0005, StopReason.CLAIMED, delta, 1.0005, -1.0005);
    assertEquals(Outcome.WRONG, judge(above, one));
    String message = Judge.judge(above, true, one, 1, LIMIT).message();
    assertEquals("claims 1.0005 under a delta of 0.001, beyond the true 1.0", message);
    assertEquals(
        Outcome.CLAIMED, judge(result(LOCAL, 0.9999, StopReason.CLAIMED, delta, 5e-4, -5e-4), one));
    assertEquals(Outcome.WRONG, judge(result(LOCAL, 1.0019, StopReason.TIME_LIMIT, delta), one));
    assertEquals(Outcome.WRONG, judge(result(LOCAL, 1.0005, StopReason.COMPLETE, 0), one));
  }

  /** The cell of a campaign that an absolute allowance of 2 delta had called solved. */
  @Test
  void aFifthAboveTheTruthIsNotSolved() {
    Query question = Query.local(ABS, Norm.LINF, 0.0072444618814973575);
    RadiusResult answer = result(question, 0.008740610682747132, StopReason.COMPLETE, 1e-3);
    assertEquals(
        Outcome.WRONG, judge(answer, Optional.of(new Truth(0.0072444618814973575, "test"))));
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
        Outcome.CLAIMED,
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
