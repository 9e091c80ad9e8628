package dev.crease.mip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Trust;
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
    Query query = Query.local(bent(0.25), Norm.LINF, 0).upTo(4);
    Run run =
        new Run(
            FakeSolver.of((m, o, l) -> FakeSolver.result(SolveStatus.ERROR, 0)),
            Optional.empty(),
            query,
            CertifyOptions.builder().trust(Trust.SOLVER).build(),
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
