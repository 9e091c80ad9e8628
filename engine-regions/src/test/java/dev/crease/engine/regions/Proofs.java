package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.question.Query;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers that the independent checker has agreed to, at both ends. */
final class Proofs {

  private Proofs() {}

  /** The answer to a question of up to two inputs, its certificate checked. */
  static RadiusResult proved(Query query) {
    RadiusResult result =
        new RegionsCertifier()
            .radius(query, CertifyOptions.builder().cover(true).build(), CertifyListener.none());
    assertEquals(StopReason.COMPLETE, result.stop(), result::toString);
    if (result.refuted().isPresent()) {
      double refuted = result.refuted().getAsDouble();
      assertTrue(refuted - result.certified() <= 8 * Math.ulp(refuted), () -> "a gap: " + result);
    } else {
      assertTrue(result.holdsEverywhere(), result::toString);
    }
    if (result.certified() > 0) {
      assertTrue(result.evidence().cover().isPresent(), () -> "no cover: " + result.notes());
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      CertificateWriter.write(result, Preparation.none(), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Verification verification =
        Verifier.verify(
            Certificate.read(new ByteArrayInputStream(file.toByteArray())), query.f(), query.g());
    Verification.Accepted accepted =
        assertInstanceOf(
            Verification.Accepted.class, verification, () -> verification + " of " + result);
    assertTrue(accepted.isComplete(), accepted::toString);
    return result;
  }

  /** The supremum as a decimal, to compare with closed forms. */
  static double radius(RadiusResult result) {
    return result.refuted().orElse(Double.POSITIVE_INFINITY);
  }
}
