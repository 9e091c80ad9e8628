package dev.crease.verifier;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.witness.ExactCollision;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates in units of their own. */
class ScaleTest {

  /** {@code x -> 3 |x - 1/4|} from 1: the kink is 3/4 away, which is 3/2 units. */
  private static TestCertificate halves() {
    List<BigFraction> kink = List.of(new BigFraction(-3, 2));
    ExactCollision fold =
        new ExactCollision(
            kink, kink, List.of(new BigFraction(-5, 4)), List.of(new BigFraction(-7, 4)));
    return TestCertificate.of(
        Query.local(Networks.absolute(3, 0.25), Norm.LINF, 1).scaled(0.5),
        Optional.empty(),
        Optional.of(fold),
        0);
  }

  @Test
  void isSaidAndCounts() {
    Verification verification = halves().verify();
    assertInstanceOf(Verification.Accepted.class, verification);
    assertTrue(verification.toString().contains("at (1.0), norm inf, scale (0.5)"));
    assertTrue(verification.toString().contains("points collide as near as 1.5"));
  }

  private static TestCertificate with(String... scale) {
    TestCertificate certificate = halves();
    ArrayNode node = certificate.json().putArray("scale");
    for (String value : scale) {
      node.add(value);
    }
    return certificate;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1     | upper",
        "0     | scale: input 0 cannot be",
        "-0.5  | scale: input 0 cannot be",
        "0.5,1 | scale: it does not have as many entries",
      })
  void anotherIsRefused(String scale, String reason) {
    Verification verification = with(scale.split(",")).verify();
    assertInstanceOf(Verification.Refused.class, verification);
    assertTrue(verification.toString().contains(reason), verification.toString());
  }

  @Test
  void whatIsNoDoubleIsNotRead() {
    assertThrows(BadInput.class, () -> with("1/3").verify());
    TestCertificate center = halves();
    center.json().putArray("center").add("1/3");
    assertThrows(BadInput.class, center::verify);
    TestCertificate none = halves();
    none.json().putArray("scale");
    assertInstanceOf(Verification.Refused.class, none.verify());
  }
}
