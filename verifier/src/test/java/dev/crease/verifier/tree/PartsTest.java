package dev.crease.verifier.tree;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.testkit.Networks;
import dev.crease.verifier.Verification;
import dev.crease.verifier.proof.Ball;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees of questions with noise, and with a domain around the centre; of {@code 3 |x - 1/4|}. */
class PartsTest {

  private static final String ZEROS = "0".repeat(400);

  private static TreeFile local(double radius, String step, String more) {
    Ball ball = new Ball("inf", new double[] {1}, new double[] {1}, new boolean[1], radius, false);
    String faces = "[{\"input\":0,\"sign\":1,\"node\":[" + step + "]}]";
    return TreeFile.of("local", "inf", Networks.absolute(3, 0.25), ball, radius, faces)
        .with("\"maxRadius\"", more + "\"maxRadius\"");
  }

  private static String noise(String eps, String within) {
    return "\"noise\":{\"eps\":\"" + eps + "\",\"within\":\"" + within + "\"},";
  }

  private static void assertRefused(TreeFile file, String why) {
    Verification found = file.verify();
    assertInstanceOf(Verification.Refused.class, found);
    assertTrue(found.toString().contains(why), found::toString);
  }

  /** Points of a ball are no further apart than its diameter: {@code t >= within} says so. */
  @Test
  void noiseLeavesPointsApart() {
    String step = "{\"near\":{\"mu\":[0],\"input\":[0,1]}}";
    Verification found = local(0.0078125, step, noise("0.5", "0.015625")).verify();
    assertTrue(found instanceof Verification.Accepted a && a.isComplete(), found::toString);
    assertTrue(found.toString().contains("noise 0.5, within 0.015625"), found::toString);
    assertRefused(local(0.0078125, step, noise("0.5", "0.0155")), "proves no radius beyond");
    assertRefused(local(0.0078125, step, ""), "proves no radius beyond");
  }

  /**
   * Beside the kink {@code 3 d} is at least 3 in size: no noise below that by {@code t} hides it.
   */
  @Test
  void noiseIsChargedFor() {
    String step = "{\"direction\":{\"mu\":[1]}}";
    assertInstanceOf(Verification.Accepted.class, local(0.5, step, noise("0.29", "0.1")).verify());
    assertRefused(local(0.5, step, noise("0.31", "0.1")), "no direction is left");
    assertRefused(local(0.5, step, noise("0.29", "0.09")), "no direction is left");
  }

  /**
   * A positive number that is 0 as a double, or below it, must not turn what noise costs around.
   */
  @ParameterizedTest
  @CsvSource({"0,0", "0.1,0", "0.1,1e-400", "1e-400,1e-400"})
  void noiseWithinNothingIsRefused(String eps, String within) {
    String step = "{\"direction\":{\"mu\":[1]}}";
    String tiny = "1/1" + ZEROS;
    assertRefused(
        local(3, step, noise(eps.replace("1e-400", tiny), within.replace("1e-400", tiny))),
        "noise.within");
  }

  @Test
  void noiseIsForOneNetworkInTwoNorms() {
    String step = "{\"direction\":{\"mu\":[1]}}";
    TreeFile sum = local(0.5, step, noise("0.1", "0.1")).with("\"norm\":\"inf\"", "\"norm\":\"1\"");
    assertRefused(sum, "with noise a tree proves nothing here");
    assertRefused(local(0.5, step, noise("-1", "0.1")), "noise: its numbers");
  }

  private static String domain(String sides) {
    return "\"domain\":[" + sides + "],";
  }

  @Test
  void aDomainLeavesTheKinkOut() {
    String step = "{\"direction\":{\"mu\":[1]}}";
    Verification found = local(10, step, domain("[\"0.5\",\"2\"]")).verify();
    assertTrue(found instanceof Verification.Accepted a && a.isComplete(), found::toString);
    assertTrue(found.toString().contains("in [0.5, 2.0]"), found::toString);
    assertRefused(local(10, step, domain("[\"0\",\"2\"]")), "no direction is left");
    assertRefused(local(10, step, ""), "no direction is left");
    assertRefused(local(10, step, domain("[\"1.5\",\"2\"]")), "the centre does not lie in it");
    assertRefused(
        local(10, step, domain("[\"0\",\"2\"],[\"0\",\"2\"]")), "as many sides as the centre");
  }

  /** Points that are 2 apart do not fit into a domain of 3/2, however large the ball is. */
  @Test
  void sidesTakeTheirShare() {
    String step = "{\"near\":{\"mu\":[0],\"input\":[0,1],\"ball\":[[0,0],[0,0]]}}";
    String sides = domain("[\"0.5\",\"2\"]");
    Verification found = local(10, step, sides + noise("0.5", "2")).verify();
    assertTrue(found instanceof Verification.Accepted a && a.isComplete(), found::toString);
    assertRefused(local(10, step, sides + noise("0.5", "1.5")), "proves no radius beyond");
    String wider = domain("[\"0\",\"2\"]");
    assertRefused(local(10, step, wider + noise("0.5", "2")), "proves no radius beyond");
    assertRefused(local(10, step, noise("0.5", "2")), "proves no radius beyond");
  }
}
