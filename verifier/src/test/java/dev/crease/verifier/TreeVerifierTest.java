package dev.crease.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.testkit.Networks;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates of trees, written by hand. */
class TreeVerifierTest {

  /** {@code x -> 3 |x - 1/4|}, seen from 1. */
  private static final ReluNetwork FOLDED = Networks.absolute(3, 0.25);

  private static String header(String problem, ReluNetwork f, String center, String shared) {
    return "{\"schema\":\"crease-certificate/2\",\"problem\":\""
        + problem
        + "\",\"norm\":\"inf\",\"center\":["
        + center
        + "],\"maxRadius\":\"4\",\"shared\":{"
        + shared
        + "},\"network\":{\"name\":\"f\",\"shape\":\""
        + f.shape()
        + "\",\"sha256\":\""
        + NetworkHash.sha256(f)
        + "\"},";
  }

  private static String lower(String radius, String ball, String faces) {
    return "\"lower\":{\"assurance\":\"RIGOROUS\",\"radius\":\""
        + radius
        + "\",\"ball\":\""
        + ball
        + "\",\"faces\":["
        + faces
        + "]}}";
  }

  private static Verification verify(ReluNetwork f, String json) {
    byte[] file = TestCertificate.zipped(json.getBytes(StandardCharsets.UTF_8));
    return Verifier.verify(Certificate.read(new ByteArrayInputStream(file)), f, Optional.empty());
  }

  @Test
  void aLineIsOneToOneUpToItsKink() {
    String header = header("local", FOLDED, "\"1\"", "");
    String face = "{\"input\":0,\"sign\":1,\"node\":[{\"direction\":{\"mu\":[1]}}]}";
    Verification.Accepted accepted =
        assertInstanceOf(
            Verification.Accepted.class, verify(FOLDED, header + lower("0.75", "0.75", face)));
    assertTrue(accepted.isComplete());
    assertEquals(
        "lower: no two points share an output nearer than 0.75: checked, up to 0.75, on 1 leaf,"
            + " 1 step",
        accepted.findings().get(0).text());
    Verification.Refused refused =
        assertInstanceOf(
            Verification.Refused.class,
            verify(
                FOLDED,
                header
                    + lower(
                        "0.75", "0.75000000000000011102230246251565404236316680908203125", face)));
  }
}
