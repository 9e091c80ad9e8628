package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.certify.Verdict;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.FakeSolver;
import dev.crease.solver.SolveStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What proofs of several kinds together let an answer say. */
class RunTest {

  /** Bent at the centre, so that nothing is proved for free. */
  private static ReluNetwork bent(double slope) {
    return ReluNetwork.of(
        "bent",
        List.of(
            Layer.relu(Matrix.of(new double[][] {{1}, {-1}, {1}}), 0, 0, -0.5),
            Layer.linear(Matrix.of(new double[][] {{1, -0.5, slope}}), 0)));
  }

  private static Run run() {
    return run(Trust.SOLVER);
  }

  private static Run run(Trust trust) {
    Query query = Query.local(bent(0.25), Norm.LINF, 0).upTo(4);
    Run run =
        new Run(
            FakeSolver.of((m, o, l) -> FakeSolver.result(SolveStatus.ERROR, 0)),
            Optional.empty(),
            query,
            CertifyOptions.builder().trust(trust).build(),
            CertifyListener.none(),
            false);
    run.useDelta(new Delta(1e-3, false));
    return run;
  }

  @Test
  void twoProofsThatEachLeaveSomethingOutMakeNoneThatLeavesNothingOut() {
    Run run = run();
    run.bracket().claim(Proved.outright(2).ofFarPairs());
    run.bracket().claim(Proved.outright(2).onASolversWord());
    RadiusResult result = run.result("test");
    assertEquals(2, result.certified());
    assertFalse(
        result.assurance() == Assurance.RIGOROUS && result.deltaIsRigorous(), result::toString);
  }

  @Test
  void oneProofThatLeavesNothingOutIsSaidToBeOne() {
    Run run = run();
    run.bracket().claim(Proved.outright(2));
    RadiusResult result = run.result("test");
    assertEquals(Assurance.RIGOROUS, result.assurance());
    assertTrue(result.deltaIsRigorous());
    Run beyond = run();
    beyond.bracket().claim(Proved.outright(2));
    beyond.bracket().claim(Proved.outright(3).onASolversWord().ofFarPairs());
    RadiusResult claimed = beyond.result("test");
    assertEquals(3, claimed.certified());
    assertEquals(Assurance.SOLVER, claimed.assurance());
    assertFalse(claimed.deltaIsRigorous());
  }

  @Test
  void aSolversWordIsClaimedBesideWhatIsProved() {
    Run run = run(Trust.PROOF);
    run.bracket().claim(Proved.outright(2));
    run.bracket().claim(Proved.outright(3).onASolversWord().ofFarPairs());
    RadiusResult result = run.result("test");
    assertEquals(2, result.certified());
    assertEquals(Assurance.RIGOROUS, result.assurance());
    assertTrue(result.deltaIsRigorous());
    assertEquals(StopReason.LIMIT, result.stop());
    Claim claim = result.claimed().orElseThrow();
    assertEquals(3, claim.radius());
    assertEquals(Assurance.SOLVER, claim.assurance());
    assertFalse(claim.deltaIsRigorous());
    assertEquals(Verdict.UNDECIDED, Certifier.verdict(result));
  }

  @Test
  void aWordThatClosesTheBracketIsNoCompleteAnswer() {
    Run run = run(Trust.PROOF);
    run.bracket().claim(Proved.outright(4).onASolversWord());
    RadiusResult result = run.result("test");
    assertEquals(StopReason.CLAIMED, result.stop());
    assertEquals(0, result.certified());
    assertEquals(4, result.said());
    assertEquals(0, result.claimed().orElseThrow().delta());
    assertEquals(Verdict.UNDECIDED, Certifier.verdict(result));
    Run trusting = run();
    trusting.bracket().claim(Proved.outright(4).onASolversWord());
    RadiusResult taken = trusting.result("test");
    assertEquals(StopReason.COMPLETE, taken.stop());
    assertEquals(Verdict.HOLDS, Certifier.verdict(taken));
    assertTrue(taken.claimed().isEmpty());
    assertTrue(taken.notes().stream().anyMatch(n -> n instanceof Note.OnTrust), taken::toString);
  }

  /** A proof that leaves pairs out is none of the radius, even without a solver. */
  @Test
  void whatLeavesPairsOutIsClaimed() {
    Run run = run(Trust.PROOF);
    run.bracket().claim(Proved.outright(3).ofFarPairs());
    RadiusResult result = run.result("test");
    assertEquals(0, result.certified());
    assertEquals(Assurance.RIGOROUS, result.claimed().orElseThrow().assurance());
    assertEquals(1e-3, result.claimed().orElseThrow().delta());
  }

  @Test
  void aResultRefusesAClaimForAProof() {
    Query query = run().asked();
    for (Proved claim :
        List.of(Proved.outright(1).onASolversWord(), Proved.outright(1).ofFarPairs())) {
      assertThrows(IllegalArgumentException.class, () -> RadiusResult.of(query, claim).build());
      assertEquals(1, RadiusResult.of(query, claim).trust(Trust.SOLVER).build().certified());
    }
    Claim low = new Claim(1, Assurance.SOLVER, "a", "a", 0, true, Terms.none());
    assertThrows(
        IllegalArgumentException.class,
        () -> RadiusResult.of(query, Proved.outright(1)).claimed(Optional.of(low)).build());
    Claim high = new Claim(5, Assurance.SOLVER, "a", "a", 0, true, Terms.none());
    assertThrows(
        IllegalArgumentException.class,
        () -> RadiusResult.of(query, Proved.outright(1)).claimed(Optional.of(high)).build());
  }

  @Test
  void aSpreadOfASteepNetworkIsNotASolversWord() {
    // The solver says that nothing differs; on such slopes it is not believed.
    Query query = Query.local(bent(-1e7), Norm.LINF, 0).upTo(4);
    SpreadResult spread =
        new MipCertifier(
                FakeSolver.of(
                    (m, o, l) ->
                        FakeSolver.result(
                            SolveStatus.OPTIMAL, 0, 0, new double[m.variables().size()])))
            .spread(query, 4, CertifyOptions.defaults(), CertifyListener.none());
    assertTrue(spread.most() > 1 && spread.claimed().isEmpty(), spread::toString);
    assertEquals(StopReason.LIMIT, spread.stop());
  }
}
