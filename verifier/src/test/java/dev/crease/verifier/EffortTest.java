package dev.crease.verifier;

import static dev.crease.verifier.TestMesh.rational;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks end: by the size of the certificate, or when they are told to. */
class EffortTest {

  /** Both networks constant, so that all pairs of simplices have one image. */
  private static TestCertificate constant(int cells) {
    ReluNetwork f = VerifierTest.linear(new double[] {0, 0});
    Query query = Query.transformation(f, f, Norm.LINF, 0.25, 0.25);
    return TestCertificate.of(
        query, TestMesh.box(query.center(), rational(0.75), cells), rational(0.5));
  }

  private static Verification verify(TestCertificate certificate, Monitor monitor) {
    return Verifier.verify(
        Certificate.read(new ByteArrayInputStream(certificate.file())),
        certificate.f(),
        certificate.g(),
        monitor);
  }

  @Test
  void aSmallCertificateMayTakeSoMuchAndNoMore() {
    Effort effort = new Effort(Monitor.none(), 1000);
    effort.begin("pairs");
    long most = (1L << 28) + (1000L << 12);
    effort.spend(most, 0);
    Stopped stopped = assertThrows(Stopped.class, () -> effort.spend(1, 0));
    assertTrue(String.valueOf(stopped.getMessage()).contains("checking the pairs"));
  }

  @Test
  void longNumbersCountForMore() {
    Effort effort = new Effort(Monitor.none(), 0);
    effort.spend(1 << 17, 640);
    assertThrows(Stopped.class, () -> effort.spend(1 << 17, 64_000));
  }

  @Test
  void whatTheInputMakesNecessaryIsAllowed() {
    Effort effort = new Effort(Monitor.none(), 0);
    effort.spendOnInput(1L << 40, 0);
    effort.spend(1L << 28, 0);
    assertThrows(Stopped.class, () -> effort.spend(1, 0));
  }

  @Test
  void everyStageIsToldAndWhereItIsStoppedNothingIsDecided() {
    TestCertificate certificate = constant(2);
    List<String> told = new ArrayList<>();
    Verification whole =
        verify(
            certificate,
            stage -> {
              told.add(stage);
              return Optional.empty();
            });
    assertInstanceOf(Verification.Accepted.class, whole);
    Set<String> stages = new LinkedHashSet<>(told);
    assertTrue(stages.size() >= 4, stages.toString());
    for (String last : stages) {
      Verification cut =
          verify(
              certificate, stage -> stage.equals(last) ? Optional.of("enough") : Optional.empty());
      assertEquals(new Verification.Undecided("enough (checking the " + last + ")"), cut);
    }
  }
}
