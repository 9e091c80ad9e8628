package dev.crease.verifier.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.testkit.Networks;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import dev.crease.verifier.proof.Ball;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates of trees, written by hand, and all that may be wrong with one. */
public final class TreeVerifierTest {

  /** {@code x -> 3 |x - 1/4|}: from 1, the kink is 3/4 away, and the other side's point 3/2. */
  private static final ReluNetwork FOLDED = Networks.absolute(3, 0.25);

  private static final String RISING =
      "{\"input\":0,\"sign\":1,\"node\":["
          + "{\"least\":2,\"by\":{\"mu\":[0],\"pass\":[]}},{\"direction\":{\"mu\":[1]}}]}";

  /** Left of the kink the value is too low; on both sides of it at once it is 0. */
  private static final String FALLING =
      "{\"input\":0,\"sign\":-1,\"node\":[{\"split\":0,\"copy\":0,"
          + "\"active\":[{\"inactive\":1,\"copy\":0,\"by\":{\"mu\":[-1],\"low\":[0,0,1,0]}},"
          + "{\"direction\":{\"pass\":[2,-1],\"mu\":[-1]}}],"
          + "\"inactive\":[{\"near\":{\"mu\":[-1],\"above\":[[1,0],[]],\"input\":[0,0]}}]}]}";

  public static final TreeFile PSEUDO = pseudo("[" + RISING + "," + FALLING + "]");

  private static TreeFile pseudo(String faces) {
    return TreeFile.of("pseudo", "inf", FOLDED, ball(1.25, true), 1.25, faces);
  }

  private static Ball ball(double radius, boolean isPseudo) {
    double[] one = {1};
    return new Ball("inf", one, one, new boolean[1], radius, isPseudo);
  }

  private static TreeFile local(double radius, String steps) {
    String faces = "[{\"input\":0,\"sign\":1,\"node\":[" + steps + "]}]";
    return TreeFile.of("local", "inf", FOLDED, ball(radius, false), radius, faces);
  }

  private static String assertProved(TreeFile file) {
    Verification.Accepted accepted =
        assertInstanceOf(Verification.Accepted.class, file.verify(), file.text());
    assertTrue(accepted.isComplete());
    return accepted.findings().get(0).text();
  }

  /** Why it is refused, in one line of readable length. */
  private static String reason(TreeFile file) {
    String reason;
    try {
      reason =
          assertInstanceOf(Verification.Refused.class, file.verify(), "accepted: " + file.text())
              .reason();
    } catch (BadInput e) {
      reason = e.getMessage();
    }
    assertEquals(1, reason.lines().count(), reason);
    assertTrue(reason.length() < 300, reason);
    return reason;
  }

  @Test
  void whatIsProvedIsSaid() {
    assertEquals(
        "lower: no two points share an output nearer than 0.75: checked, up to 0.75, on 1 leaf,"
            + " 1 step",
        assertProved(local(0.75, "{\"direction\":{\"mu\":[1]}}")));
    assertEquals(
        "lower: no other point has the centre's output nearer than 1.25: checked, up to 1.25, on 3"
            + " leaves, 5 steps",
        assertProved(PSEUDO));
    assertTrue(
        assertProved(PSEUDO.with("\"radius\":\"1.25\"", "\"radius\":\"5/4\"")).contains("1.25"));
    assertTrue(
        assertProved(PSEUDO.with("\"radius\":\"1.25\"", "\"radius\":\"1.1\""))
            .contains("nearer than about 1.1: checked, up to 1.25"));
  }

  @Test
  void beyondTheKinkNothingIsProved() {
    String reason = reason(local(Math.nextUp(0.75), "{\"direction\":{\"mu\":[1]}}"));
    assertEquals("lower.faces[0].node, step 1 does not prove that no direction is left", reason);
    // The bound is 1.5 - 0.6 r, in a ball that meets the point of equal value.
    String faces = "[" + RISING + "," + FALLING + "]";
    String place = reason(TreeFile.of("pseudo", "inf", FOLDED, ball(1.75, true), 1.75, faces));
    assertTrue(place.contains("lower.faces[1].node, split 0 of copy 0, inactive, step 1"), place);
    assertTrue(place.endsWith("but 1.75 is claimed"), place);
  }

  /** What is replaced by what, and what is said of it. */
  private record Tampering(String from, String to, String reason) {}

  static List<Tampering> tamperings() {
    List<Tampering> all = new ArrayList<>();
    all.add(new Tampering("," + FALLING, "", "lower.faces have no face of input 0, sign -1"));
    all.add(new Tampering(RISING + ",", "", "lower.faces have no face of input 0, sign 1"));
    all.add(new Tampering(FALLING, RISING, "lower.faces[1] is input 0, sign 1, there before"));
    all.add(new Tampering("\"sign\":-1", "\"sign\":-2", "is input 0, sign -2, there before or"));
    all.add(new Tampering("\"sign\":1", "\"sign\":true", "where a whole number is expected"));
    all.add(new Tampering("\"input\":0,\"sign\":1", "\"sign\":1", "has no field input"));
    all.add(new Tampering("\"input\":0,", "\"input\":1,", "names input 1, but there are 1"));
    all.add(new Tampering("\"pseudo\"", "\"local\"", "lower.faces[0].node, step 2 does not"));
    String child = FALLING.substring(FALLING.indexOf(",\"inactive\":["), FALLING.length() - 3);
    all.add(new Tampering(child, "", "lower.faces[1].node, step 1 has something else where a"));
    all.add(new Tampering("\"active\":[", "\"inactive\":[", "has no field active"));
    all.add(new Tampering(child, child + child, "Duplicate field 'inactive'"));
    all.add(new Tampering(child, child + ",\"more\":1", "not known there: more"));
    all.add(new Tampering("\"split\":0", "\"split\":3", "names neuron 3, but there are 3"));
    all.add(new Tampering("\"split\":0", "\"split\":-1", "names neuron -1, but"));
    all.add(new Tampering("\"split\":0", "\"split\":0.0", "where a whole number is expected"));
    all.add(new Tampering("\"split\":0", "\"split\":\"0\"", "where a whole number is expected"));
    all.add(new Tampering("\"split\":0", "\"split\":99999999999", "more than 9 digits"));
    all.add(new Tampering("\"split\":0,\"copy\":0", "\"split\":0,\"copy\":2", "names copy 2"));
    all.add(new Tampering("\"split\":0,\"copy\":0", "\"split\":0,\"copy\":-1", "names copy -1"));
    all.add(new Tampering("\"split\":0,\"copy\":0", "\"split\":0", "has no field copy"));
    all.add(new Tampering("\"split\":0,\"copy\":0", "\"split\":0,\"copy\":1", "active, step 2"));
    all.add(new Tampering("\"inactive\":1,", "\"inactive\":7,", "names neuron 7"));
    all.add(new Tampering("\"inactive\":1,", "\"active\":1,", "no radius beyond"));
    all.add(new Tampering("\"inactive\":1,", "\"decided\":1,", "not known there: decided"));
    all.add(
        new Tampering(
            ",\"by\":{\"mu\":[-1],\"low\":[0,0,1,0]}", "", "bounds do not cross without"));
    all.add(new Tampering("\"least\":2", "\"least\":3", "names neuron 3"));
    all.add(new Tampering("\"mu\":[0]", "\"mu\":[]", "does not have 1 numbers as mu"));
    all.add(new Tampering("\"mu\":[0]", "\"mu\":[0,0]", "does not have 1 numbers as mu"));
    all.add(new Tampering("\"mu\":[0]", "\"mu\":0", "where a list is expected"));
    all.add(new Tampering("\"mu\":[0]", "\"mu\":[0],\"mu\":[0]", "Duplicate"));
    all.add(new Tampering("\"mu\":[0],", "", "has a proof without mu"));
    all.add(new Tampering("\"mu\":[1]", "\"mu\":[0]", "does not prove that no direction"));
    all.add(new Tampering("\"mu\":[1]", "\"mu\":[-1]", "does not prove that no direction"));
    for (String none : List.of("true", "\"1\"", "null", "[1]", "{}")) {
      all.add(new Tampering("\"mu\":[1]", "\"mu\":[" + none + "]", "where a number is expected"));
    }
    for (String none : List.of("NaN", "Infinity", "-Infinity", "+1", "01", "0x1")) {
      all.add(new Tampering("\"mu\":[1]", "\"mu\":[" + none + "]", "is not JSON"));
    }
    for (String none : List.of("1e400", "-1e400", "1e999999999", "1.1e100")) {
      all.add(new Tampering("\"mu\":[1]", "\"mu\":[" + none + "]", "a number beyond 1.0E100"));
    }
    all.add(new Tampering("\"mu\":[1]", "\"mu\":[" + "1".repeat(101) + "]", "is not JSON"));
    all.add(new Tampering("[0,0,1,0]", "[1,0,0,0]", "neuron 0 after 1"));
    all.add(new Tampering("[0,0,1,0]", "[1,0,1,0]", "neuron 1 after 1"));
    all.add(new Tampering("[0,0,1,0]", "[0,0,1]", "where a number is expected"));
    all.add(new Tampering("[0,0,1,0]", "[0,0,3,0]", "names neuron 3"));
    all.add(new Tampering("[0,0,1,0]", "[-1,0,1,0]", "names neuron -1"));
    all.add(new Tampering("[0,0,1,0]", "[0,-0.5]", "a negative multiplier of neuron 0"));
    all.add(new Tampering("\"low\":[0,0,1,0]", "\"up\":[1,-1e-9]", "a negative multiplier"));
    all.add(new Tampering("[[1,0],[]]", "[[1,-1],[]]", "a negative multiplier of neuron 1"));
    all.add(new Tampering("[[1,0],[]]", "[[1,0]]", "where a list is expected"));
    all.add(new Tampering("[[1,0],[]]", "[[1,0],[],[]]", "the end of a list of two"));
    all.add(new Tampering("[[1,0],[]]", "[1,0]", "where a list is expected"));
    all.add(new Tampering("\"input\":[0,0]", "\"input\":[1,0]", "names input 1"));
    all.add(new Tampering("\"pass\":[2,-1]", "\"low\":[2,-1]", "not known there: low"));
    all.add(new Tampering("\"pass\":[2,-1]", "\"passes\":[2,-1]", "not known there: passes"));
    all.add(new Tampering("\"above\"", "\"trust\"", "not known there: trust"));
    all.add(
        new Tampering("{\"direction\":{\"mu\":[1]}}", "{\"empty\":true}", "bounds have crossed"));
    all.add(
        new Tampering("{\"direction\":{\"mu\":[1]}}", "{\"empty\":false}", "{\"empty\": true}"));
    all.add(new Tampering(",{\"direction\":{\"mu\":[1]}}", "", "step 1 does not end the node"));
    all.add(
        new Tampering(
            "{\"direction\":{\"mu\":[1]}}",
            "{\"direction\":{\"mu\":[1]}},{\"direction\":{\"mu\":[1]}}",
            "lower.faces[0].node, step 3 comes after the end"));
    all.add(new Tampering("{\"direction\":{\"mu\":[1]}}", "{}", "where a field is expected"));
    all.add(new Tampering("{\"direction\":{\"mu\":[1]}}", "17", "where an object is expected"));
    all.add(
        new Tampering(
            "{\"direction\":{\"mu\":[1]}}", "{\"direction\":{\"mu\":[1]},\"x\":1}", "there: x"));
    all.add(new Tampering("\"faces\":[", "\"faces\":{", "where a list is expected"));
    all.add(new Tampering("\"faces\":", "\"more\":1,\"faces\":", "is not known: more"));
    all.add(new Tampering("]}}", "],\"more\":1}}", "goes on behind its faces"));
    all.add(new Tampering("]}}", "]},\"more\":1}", "goes on behind lower"));
    all.add(new Tampering("]}}", "]}}{}", "goes on behind its end"));
    all.add(new Tampering("]}}", "]}} 7", "goes on behind its end"));
    all.add(new Tampering("]}}", "]}}}", "is not JSON"));
    all.add(new Tampering("\"RIGOROUS\"", "\"EXACT\"", "lower.assurance is EXACT"));
    all.add(new Tampering("\"assurance\":\"RIGOROUS\",", "", "lower has no field assurance"));
    all.add(new Tampering("\"radius\":\"1.25\"", "\"radius\":\"1.26\"", "smaller than lower.rad"));
    all.add(new Tampering("\"radius\":\"1.25\"", "\"radius\":\"0\"", "is not positive"));
    all.add(new Tampering("\"radius\":\"1.25\"", "\"radius\":1.25", "is not a text"));
    all.add(new Tampering("\"ball\":\"1.25\"", "\"ball\":\"1.2500001\"", "exactly representable"));
    all.add(new Tampering("\"ball\":\"1.25\"", "\"ball\":\"1.75\"", "no radius beyond"));
    all.add(new Tampering("\"ball\":\"1.25\",", "", "lower has no field ball"));
    all.add(new Tampering("\"center\":[\"1\"]", "\"center\":[\"0.8\"]", "no radius beyond"));
    all.add(new Tampering("\"norm\":\"inf\"", "\"norm\":\"3\"", "norm is 3"));
    all.add(new Tampering(NetworkHash.sha256(FOLDED), "0".repeat(64), "is for another network"));
    all.add(new Tampering("\"maxRadius\":\"100\"", "\"maxRadius\":\"1\"", "above maxRadius"));
    all.add(
        new Tampering(
            "{\"schema\"", "{\"problem\":\"pseudo\",\"schema\"", "is not JSON: Document nesting"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void everyChangeIsNoticed(Tampering tampering) {
    String text = PSEUDO.text();
    int at = text.lastIndexOf(tampering.from());
    assertTrue(at >= 0, tampering.from());
    boolean isLast = tampering.from().equals("]}}") || tampering.from().equals(FALLING);
    String changed =
        isLast
            ? text.substring(0, at)
                + tampering.to()
                + text.substring(at + tampering.from().length())
            : text.replace(tampering.from(), tampering.to());
    String reason = reason(new TreeFile(FOLDED, changed));
    assertTrue(reason.contains(tampering.reason()), reason);
  }

  @Test
  void anotherNetworkIsNoticed() {
    ReluNetwork other = Networks.absolute(3, Math.nextUp(0.25));
    assertTrue(reason(new TreeFile(other, PSEUDO.text())).contains("another network"));
    // With the hash made to fit, the mathematics decides: there is no collision here either.
    TreeFile forged =
        new TreeFile(
            other, PSEUDO.text().replace(NetworkHash.sha256(FOLDED), NetworkHash.sha256(other)));
    assertProved(forged);
    ReluNetwork far = Networks.absolute(3, 0.5);
    assertTrue(
        reason(
                new TreeFile(
                    far,
                    PSEUDO.text().replace(NetworkHash.sha256(FOLDED), NetworkHash.sha256(far))))
            .contains("step 1"));
  }

  @Test
  void whateverIsSaidWhereBoundsHaveCrossedHolds() {
    // On the rising side dz is 3, and cannot be less than -3.
    String crossed =
        "{\"split\":0,\"copy\":0,\"active\":[{\"direction\":{\"mu\":[1]}}],"
            + "\"inactive\":[{\"inactive\":0,\"copy\":1,\"by\":{\"mu\":[0]}},{\"empty\":true}]}";
    assertProved(local(0.5, crossed));
    assertProved(local(0.5, crossed.replace(",\"by\":{\"mu\":[0]}", "")));
    assertProved(local(0.5, crossed.replace("{\"empty\":true}", "{\"near\":{\"mu\":[0]}}")));
    assertTrue(reason(local(0.5, crossed.replace("\"mu\":[0]", "\"mu\":[x]"))).contains("JSON"));
    assertTrue(
        reason(local(0.5, crossed.replace(",{\"empty\":true}", ""))).contains("does not end"));
  }

  @Test
  void filesThatAreDamagedAreSaidToBe() throws IOException {
    byte[] file = PSEUDO.zipped();
    for (int length = 0; length < file.length; length++) {
      assertBad(Arrays.copyOf(file, length));
    }
    for (byte[] behind :
        List.of(new byte[1], new byte[8], "x".getBytes(StandardCharsets.UTF_8), file)) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(file);
      both.write(behind);
      assertBad(both.toByteArray());
    }
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= 0x10;
      try {
        Certificate certificate = Certificate.read(new ByteArrayInputStream(damaged));
        Verifier.verify(certificate, FOLDED, Optional.empty());
      } catch (BadInput e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  private static void assertBad(byte[] file) {
    BadInput e =
        assertThrows(
            BadInput.class,
            () ->
                Verifier.verify(
                    Certificate.read(new ByteArrayInputStream(file)), FOLDED, Optional.empty()));
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().startsWith("the certificate"), e.getMessage());
  }

  @Test
  void aTreeIsReadOnce() {
    Certificate certificate = Certificate.read(new ByteArrayInputStream(PSEUDO.zipped()));
    assertInstanceOf(
        Verification.Accepted.class, Verifier.verify(certificate, FOLDED, Optional.empty()));
    assertThrows(
        IllegalStateException.class, () -> Verifier.verify(certificate, FOLDED, Optional.empty()));
  }

  private static String chain(int splits) {
    return "{\"split\":0,\"copy\":0,\"active\":[".repeat(splits)
        + "{\"direction\":{\"mu\":[1]}}"
        + "],\"inactive\":[{\"direction\":{\"mu\":[1]}}]}".repeat(splits);
  }

  @Test
  void deepTreesAreCheckedUpToALimit() {
    assertTrue(assertProved(local(0.75, chain(1000))).contains("1001 leaves"));
    String reason = reason(local(0.75, chain(1001)));
    assertTrue(reason.contains("is below more than 1000 splits"), reason);
    assertTrue(reason.contains("lower.faces[0].node, ..., split 0 of copy 0, active"), reason);
    assertTrue(reason(local(0.75, chain(5000))).contains("is below more than 1000 splits"));
  }

  @Test
  void longTreesAreChecked() {
    String steps = "{\"least\":2,\"by\":{\"mu\":[0.25],\"pass\":[0,1.5,1,-2e-3]}},";
    String text = steps.repeat(200_000) + "{\"direction\":{\"mu\":[1]}}";
    assertTrue(assertProved(local(0.75, text)).contains("200001 steps"));
    String header =
        local(0.75, "").text().replace("\"name\":\"f\"", "\"name\":[" + " ".repeat(1 << 23) + "]");
    assertTrue(reason(new TreeFile(FOLDED, header)).contains("bytes before its tree"));
  }

  @Test
  void aCheckThatIsStoppedIsUndecided() {
    List<String> told = new ArrayList<>();
    TreeFile file =
        local(0.75, "{\"least\":2,\"by\":{\"mu\":[0]}},".repeat(100_000) + "{\"empty\":true}");
    Verification verification =
        file.verify(
            stage -> {
              told.add(stage);
              return told.size() > 2 ? Optional.of("enough") : Optional.empty();
            });
    assertEquals(new Verification.Undecided("enough (checking the tree, 0 leaves)"), verification);
  }
}
