package dev.crease.verifier;

import static dev.crease.verifier.TestMesh.rational;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is changed in a certificate that holds is noticed. */
class TamperingTest {

  /** What each tampering must do to be noticed as what. */
  private record Tampering(String name, Consumer<TestCertificate> change, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The fold at 0, seen from (1, 0.25), from 3/4 on: a mesh of vertices at multiples of 1/2. */
  private static TestCertificate local() {
    Query query = Query.local(VerifierTest.FOLD, Norm.LINF, 1, 0.25).upTo(4);
    return TestCertificate.of(
        query,
        Optional.of(TestMesh.box(query.center(), rational(0.75), 3).cover(rational(0.75))),
        Optional.of(
            VerifierTest.collision(
                new double[] {0, 0.5},
                new double[] {0, 0.5},
                new double[] {0.5, 0.5},
                new double[] {-0.5, 0.5})),
        0.75);
  }

  private static TestCertificate pseudo() {
    Query query = Query.pseudo(VerifierTest.FOLD, Norm.LINF, 1, 0.25).upTo(4);
    return TestCertificate.of(
        query,
        Optional.of(
            TestMesh.box(query.center(), rational(1.5), 3)
                .cut(VerifierTest.FOLD)
                .cover(rational(1.5))),
        Optional.of(
            VerifierTest.collision(
                new double[] {-1, 0.25},
                new double[] {1, 0.25},
                new double[] {-1, 0.25},
                new double[] {1, 0.25})),
        1.5);
  }

  private static TestCertificate transformation() {
    Query query =
        Query.transformation(
                VerifierTest.FOLD, VerifierTest.linear(new double[] {1, 2}), Norm.L2, 1, 0.25)
            .upTo(4);
    return TestCertificate.of(
        query,
        Optional.of(TestMesh.box(query.center(), rational(0.75), 2).cover(rational(0.75))),
        Optional.of(
            VerifierTest.collision(
                new double[] {0, 0.25},
                new double[] {0, 0.25},
                new double[] {0.5, 0.25},
                new double[] {-0.5, 0.25})),
        0.75);
  }

  private static Tampering field(String field, String value, String reason) {
    return new Tampering(field + "=" + value, c -> c.json().put(field, value), reason);
  }

  private static Tampering lower(String field, String value, String reason) {
    return new Tampering("lower." + field + "=" + value, c -> c.lower().put(field, value), reason);
  }

  private static Tampering upper(String field, double x, double y, String reason) {
    return new Tampering(
        "upper." + field,
        c ->
            c.upper()
                .putArray(field)
                .add(new BigDecimal(x).toPlainString())
                .add(new BigDecimal(y).toPlainString()),
        reason);
  }

  private static String exact(double value) {
    return new BigDecimal(value).toPlainString();
  }

  static List<Tampering> tamperings() {
    List<Tampering> all = new ArrayList<>();
    all.add(field("schema", "crease-certificate/2", "lower.assurance is EXACT"));
    all.add(field("schema", "crease-certificate/4", "schema is crease-certificate/4"));
    all.add(field("problem", "pseudo", "upper.pPrime is not the centre"));
    all.add(field("problem", "transformation", "other: a second network is needed"));
    all.add(field("problem", "global", "problem is global"));
    all.add(field("norm", "1", "upper.radius is not the distance"));
    all.add(field("norm", "2", "has no field radiusSquared"));
    all.add(field("norm", "3", "norm is 3"));
    all.add(field("maxRadius", "1/2", "above maxRadius"));
    all.add(field("maxRadius", "0", "maxRadius is not positive"));
    all.add(field("maxRadius", "1e3", "maxRadius is 1e3, not a number"));
    all.add(lower("radius", exact(Math.nextUp(0.75)), "is not seen to stay out"));
    all.add(lower("radius", "-3/4", "lower.radius is not positive"));
    all.add(lower("radius", "0", "lower.radius is not positive"));
    all.add(lower("radius", "1", "is not below the upper end"));
    all.add(lower("radius", "3/0", "has the denominator 0"));
    all.add(lower("assurance", "SOLVER", "has no field delta"));
    all.add(lower("assurance", "WORD", "lower.assurance is WORD"));
    all.add(center(Math.nextUp(1.0), 0.25, "is not seen to stay out"));
    all.add(center(1, Math.nextDown(0.25), "is not seen to stay out"));
    all.add(center(5, 0.25, "the centre lies in no simplex"));
    all.add(
        new Tampering(
            "center longer",
            c -> ((ArrayNode) c.json().get("center")).add("0"),
            "do not make up the 2 inputs"));
    all.add(
        new Tampering(
            "shared",
            c -> c.json().putObject("shared").putArray("0").add("0").add("1"),
            "do not make up"));
    all.add(
        new Tampering(
            "sha256",
            c -> ((ObjectNode) c.json().get("network")).put("sha256", "0"),
            "another network"));
    all.add(
        new Tampering(
            "share",
            c -> ((ArrayNode) c.json().get("preparation").get("share")).add(0),
            "shared: these are not the inputs"));
    all.add(
        new Tampering(
            "shape",
            c -> ((ObjectNode) c.json().get("network")).put("shape", "2-2"),
            "another network"));
    all.add(
        new Tampering(
            "other",
            c -> c.json().set("other", c.json().get("network")),
            "other: a second network"));
    all.add(
        new Tampering(
            "steps",
            c -> ((ObjectNode) c.json().get("preparation")).put("steps", 2),
            "another network"));
    all.add(
        new Tampering(
            "fix",
            c -> ((ObjectNode) c.json().get("preparation").get("fix")).put("1", "0.25"),
            "another network"));
    all.add(
        new Tampering(
            "outputs",
            c -> ((ArrayNode) c.json().get("preparation").get("outputs")).add(2),
            "preparation: output 2 does not exist"));
    all.add(
        new Tampering(
            "upper.radius",
            c -> c.upper().put("radius", exact(Math.nextUp(1.0))),
            "upper.radius is not the distance"));
    all.add(
        new Tampering(
            "upper.radius smaller",
            c -> c.upper().put("radius", exact(Math.nextDown(1.0))),
            "upper.radius is not the distance"));
    all.add(upper("p", 0x1p-60, 0.5, "p and pPrime have different outputs"));
    all.add(upper("p", 0, Math.nextUp(0.5), "p and pPrime have different outputs"));
    all.add(upper("p", -0x1p-60, 0.5, "p and u lie on two sides"));
    all.add(upper("pPrime", 0x1p-60, 0.5, "pPrime and uPrime lie on two sides"));
    all.add(upper("u", 0.25, 0.5, "u and uPrime have different outputs"));
    all.add(upper("u", -0.5, 0.5, "do not differ in what is to be determined"));
    all.add(upper("uPrime", 0.5, 0.5, "do not differ in what is to be determined"));
    all.add(
        new Tampering(
            "both pairs further",
            c -> {
              upper("p", 0.125, 0.5, "").change.accept(c);
              upper("pPrime", -0.125, 0.5, "").change.accept(c);
            },
            "upper.radius is not the distance"));
    all.add(
        new Tampering(
            "u shorter",
            c -> c.upper().putArray("u").add("1/2"),
            "upper.u does not have 2 coordinates"));
    all.add(new Tampering("simplex removed", c -> c.simplices().remove(8), "boundary"));
    all.add(
        new Tampering(
            "simplex twice",
            c -> c.simplices().add(c.simplices().get(8)),
            "lower.simplices[18] is not the only one on its side"));
    all.add(
        new Tampering(
            "simplex reversed",
            c -> swap((ArrayNode) c.simplices().get(8), 0, 1),
            "lower.simplices[8] is not positively"));
    all.add(
        new Tampering(
            "simplex flat",
            c -> ((ArrayNode) c.simplices().get(8)).set(0, c.simplices().get(8).get(1)),
            "lower.simplices[8] is not positively"));
    all.add(
        new Tampering(
            "simplex of no vertex",
            c -> ((ArrayNode) c.simplices().get(8)).set(0, 16),
            "lower.simplices[8] has a vertex 16"));
    all.add(
        new Tampering(
            "simplex of a negative vertex",
            c -> ((ArrayNode) c.simplices().get(8)).set(0, -1),
            "lower.simplices[8] has a vertex -1"));
    all.add(
        new Tampering(
            "simplex of four",
            c -> ((ArrayNode) c.simplices().get(8)).add(3),
            "lower.simplices[8] does not have 3 vertices"));
    all.add(
        new Tampering(
            "simplex of fractions",
            c -> ((ArrayNode) c.simplices().get(8)).set(0, 1.5),
            "lower.simplices[8][0] is not an integer"));
    all.add(
        new Tampering(
            "simplex of large numbers",
            c -> ((ArrayNode) c.simplices().get(8)).set(0, 1L << 40),
            "lower.simplices[8][0] is not an integer"));
    all.add(new Tampering("no simplices", c -> c.lower().putArray("simplices"), "in no simplex"));
    all.add(new Tampering("vertices swapped", c -> swap(c.vertices(), 5, 6), "not positively"));
    all.add(vertex("moved inward", 0, 1, 1, "is not seen to stay out"));
    all.add(vertex("moved over the kink", 3, 1, -2, "both sides of a neuron's kink"));
    all.add(
        new Tampering(
            "vertex of one coordinate",
            c -> ((ArrayNode) c.vertices().get(4)).remove(2),
            "lower.vertices[4] is not a positive denominator and 2"));
    all.add(
        new Tampering(
            "vertex over 0",
            c -> ((ArrayNode) c.vertices().get(4)).set(0, "0"),
            "lower.vertices[4] is not a positive denominator"));
    all.add(
        new Tampering(
            "vertex over -1",
            c -> ((ArrayNode) c.vertices().get(4)).set(0, "-1"),
            "lower.vertices[4] is not a positive denominator"));
    all.add(
        new Tampering(
            "vertex twice",
            c -> c.vertices().set(15, c.vertices().get(0)),
            "lower.vertices[15] is the same point as vertex 0"));
    all.add(
        new Tampering(
            "vertex in words",
            c -> ((ArrayNode) c.vertices().get(4)).set(1, "a b"),
            "lower.vertices[4][1] is not an integer of base 36"));
    all.add(
        new Tampering(
            "endless digits",
            c -> ((ArrayNode) c.vertices().get(4)).set(1, "z".repeat(10_001)),
            "lower.vertices[4][1] is not an integer of base 36 and at most 10000 digits"));
    all.add(
        new Tampering(
            "endless text",
            c -> c.json().put("problem", "z".repeat(1_000_000)),
            "not JSON: String value length"));
    all.add(
        new Tampering(
            "endless number",
            c -> c.lower().put("radius", "1".repeat(10_001)),
            "lower.radius has more than 10000 digits"));
    all.add(
        new Tampering(
            "endless steps",
            c -> ((ObjectNode) c.json().get("preparation")).put("steps", 1 << 30),
            "1 to 1000 are read"));
    all.add(new Tampering("a field more", c -> c.lower().put("trust", "me"), "not known: trust"));
    return all;
  }

  private static Tampering center(double x, double y, String reason) {
    return new Tampering(
        "center " + x + ", " + y,
        c -> c.json().putArray("center").add(exact(x)).add(exact(y)),
        reason);
  }

  /** Adds to a numerator: a tiny fraction of 1 when positive, whole numbers when negative. */
  private static Tampering vertex(
      String name, int vertex, int coordinate, int change, String reason) {
    return new Tampering(
        "vertex " + name,
        c -> {
          ArrayNode v = (ArrayNode) c.vertices().get(vertex);
          BigInteger scale = BigInteger.TEN.pow(30);
          for (int k = 0; k < v.size(); k++) {
            BigInteger x = new BigInteger(v.get(k).asText(), 36).multiply(scale);
            BigInteger by =
                change > 0
                    ? BigInteger.valueOf(change)
                    : scale.multiply(BigInteger.valueOf(change));
            BigInteger moved = k == coordinate ? x.add(by) : x;
            v.set(k, TextNode.valueOf(moved.toString(36)));
          }
        },
        reason);
  }

  private static void swap(ArrayNode array, int i, int j) {
    JsonNode first = array.get(i);
    array.set(i, array.get(j));
    array.set(j, first);
  }

  @Test
  void whatWouldTakeHoursIsGivenUpAtOnce() {
    Query query = Query.local(VerifierTest.FOLD, Norm.LINF, 1, 0.25);
    TestCertificate huge =
        TestCertificate.of(query, TestMesh.box(query.center(), rational(0.75), 12), rational(0.75));
    String zeros = "0".repeat(9990);
    for (JsonNode vertex : huge.vertices()) {
      for (int k = 0; k < vertex.size(); k++) {
        ((ArrayNode) vertex).set(k, vertex.get(k).asText() + zeros);
      }
    }
    // It may well be right: it is not refused.
    Verification.Undecided undecided =
        assertInstanceOf(Verification.Undecided.class, huge.verify());
    assertTrue(undecided.reason().contains("too many simplices of too many digits"));
    assertEquals(1, undecided.reason().lines().count());
  }

  @Test
  void untouchedTheyHold() {
    VerifierTest.assertProved(local());
    VerifierTest.assertProved(pseudo());
    VerifierTest.assertProved(transformation());
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void everyChangeIsNoticed(Tampering tampering) {
    TestCertificate certificate = local();
    tampering.change().accept(certificate);
    String reason = reason(certificate);
    assertTrue(reason.contains(tampering.reason()), reason);
  }

  /** Why a certificate is refused, in one line of readable length. */
  private static String reason(TestCertificate certificate) {
    String reason;
    try {
      reason =
          assertInstanceOf(Verification.Refused.class, certificate.verify(), "accepted").reason();
    } catch (BadInput e) {
      reason = e.getMessage();
    }
    assertEquals(1, reason.lines().count(), reason);
    assertTrue(reason.length() < 300, reason);
    return reason;
  }

  @Test
  void everyFieldIsNeededAndHasAType() {
    for (TestCertificate certificate : List.of(local(), pseudo(), transformation())) {
      List<String> paths = new ArrayList<>();
      collect(certificate.json(), "", paths);
      for (String path : paths) {
        boolean optional = List.of("/preparation", "/lower", "/upper").contains(path);
        TestCertificate without = certificate.copy();
        remove(without.json(), path);
        if (!optional) {
          reason(without);
        }
        for (String other : List.of("null", "[]", "{}", "true", "-7", "\"\"", "\"-\"", "1e99")) {
          if (path.endsWith("/name") && other.startsWith("\"")) {
            continue;
          }
          TestCertificate changed = certificate.copy();
          set(changed.json(), path, other);
          // Lists that were empty, and are so again.
          if (!changed.json().equals(certificate.json())) {
            reason(changed);
          }
        }
      }
    }
  }

  private static void collect(JsonNode node, String path, List<String> paths) {
    if (node.isObject()) {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                paths.add(path + "/" + name);
                collect(node.get(name), path + "/" + name, paths);
              });
    }
    // The first and the last stand for all.
    for (int i : node.isArray() && !node.isEmpty() ? new int[] {0, node.size() - 1} : new int[0]) {
      paths.add(path + "/" + i);
      collect(node.get(i), path + "/" + i, paths);
    }
  }

  private static JsonNode parent(JsonNode root, String path) {
    return root.at(path.substring(0, path.lastIndexOf('/')));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void remove(JsonNode root, String path) {
    if (parent(root, path) instanceof ObjectNode object) {
      object.remove(last(path));
    } else {
      ((ArrayNode) parent(root, path)).remove(Integer.parseInt(last(path)));
    }
  }

  private static void set(JsonNode root, String path, String json) {
    try {
      JsonNode value = new ObjectMapper().readTree(json);
      if (parent(root, path) instanceof ObjectNode object) {
        object.set(last(path), value);
      } else {
        ((ArrayNode) parent(root, path)).set(Integer.parseInt(last(path)), value);
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pseudoAndTransformationCertificatesAreBoundToTheirQuestions() {
    TestCertificate pseudo = pseudo();
    pseudo.json().put("problem", "local");
    assertTrue(reason(pseudo).contains("turned over"), reason(pseudo));
    TestCertificate norm = transformation();
    norm.json().put("norm", "inf");
    assertTrue(reason(norm).contains("has no field radius"));
    TestCertificate radius = transformation();
    radius.upper().put("radiusSquared", exact(Math.nextUp(1.0)));
    assertTrue(reason(radius).contains("upper.radius is not the distance"));
    TestCertificate order = transformation();
    order.upper().put("radiusSquared", "9/16");
    assertTrue(reason(order).contains("is not below the upper end"), reason(order));
    // The kink is moved off its line: what lies left of it and right of it now overlaps.
    TestCertificate kink = pseudo();
    for (int i = 0; i < kink.vertices().size(); i++) {
      if (kink.vertices().get(i).get(1).asText().equals("0")) {
        String zeros = "0".repeat(20);
        ArrayNode v = (ArrayNode) kink.vertices().get(i);
        v.set(0, v.get(0).asText() + zeros).set(1, "1").set(2, v.get(2).asText() + zeros);
        break;
      }
    }
    assertTrue(reason(kink).contains("neuron's kink"), reason(kink));
  }

  @Test
  void anotherNetworkIsNoticed() {
    TestCertificate certificate = local();
    ReluNetwork f = certificate.f();
    List<Layer> layers = new ArrayList<>(f.layers());
    double[] weights = layers.get(1).weights().toRowMajor();
    weights[0] = Math.nextUp(weights[0]);
    layers.set(1, Layer.linear(Matrix.ofRowMajor(2, 3, weights), 0, 0));
    for (ReluNetwork other :
        List.of(
            ReluNetwork.of("fold", layers),
            VerifierTest.DOUBLED_ANGLE,
            VerifierTest.linear(new double[] {1}))) {
      assertInstanceOf(
          Verification.Refused.class, certificate.verify(other, Optional.empty()), other.name());
    }
    assertInstanceOf(Verification.Refused.class, certificate.verify(f, Optional.of(f)));
    // With the hash made to fit: the mathematics has to notice.
    TestCertificate forged =
        new TestCertificate(certificate.json(), ReluNetwork.of("fold", layers), Optional.empty());
    ((ObjectNode) forged.json().get("network")).put("sha256", NetworkHash.sha256(forged.f()));
    assertTrue(reason(forged).contains("u and uPrime have different outputs"));
    TestCertificate transformation = transformation();
    assertInstanceOf(
        Verification.Refused.class,
        transformation.verify(transformation.g().orElseThrow(), Optional.of(transformation.f())));
    assertInstanceOf(
        Verification.Refused.class, transformation.verify(transformation.f(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{} {}",
        "\"x\"",
        "17",
        "{\"schema\": 1}",
        "{\"a\":1,\"a\":2}",
        "{\"schema\": \"crease-certificate/1\"}",
        "\u0000",
        "{\"schema\": NaN}"
      })
  void whatIsNoCertificateIsSaidToBeNone(String text) {
    assertBad(TestCertificate.zipped(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void filesThatAreDamagedAreSaidToBe() {
    byte[] file = local().file();
    for (int length = 0; length < file.length; length += 1 + file.length / 50) {
      assertBad(Arrays.copyOf(file, length));
    }
    for (int at = 0; at < file.length; at += 1 + file.length / 50) {
      byte[] damaged = file.clone();
      damaged[at] ^= 0x10;
      try {
        // The header has bytes that say nothing.
        Certificate.read(new ByteArrayInputStream(damaged));
      } catch (BadInput e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
    assertBad("no gzip at all".getBytes(StandardCharsets.UTF_8));
    assertBad(TestCertificate.zipped("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
    assertBad(TestCertificate.zipped(new byte[(1 << 25) + 1]));
    String crowd = "{\"schema\": [" + "{},".repeat(10_000_000) + "{}]}";
    assertBad(TestCertificate.zipped(crowd.getBytes(StandardCharsets.UTF_8)));
    String items = "{\"schema\": [" + "\"\",".repeat(10_000_000) + "0]}";
    assertBad(TestCertificate.zipped(items.getBytes(StandardCharsets.UTF_8)));
    String names =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "\"" + i + "\":0")
            .collect(Collectors.joining(",", "{", "}"));
    assertBad(TestCertificate.zipped(names.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatFollowsTheCertificateIsRefused() throws IOException {
    byte[] file = local().file();
    Certificate.read(new ByteArrayInputStream(file));
    for (byte[] behind :
        List.of(
            new byte[1],
            new byte[7],
            new byte[1 << 17],
            "garbage".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(file, 12),
            TestCertificate.zipped(new byte[0]),
            TestCertificate.zipped("   ".getBytes(StandardCharsets.UTF_8)),
            TestCertificate.zipped("{}".getBytes(StandardCharsets.UTF_8)),
            file)) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(file);
      both.write(behind);
      assertBad(both.toByteArray());
    }
  }

  @Test
  void aHeaderWithANameIsRead() throws IOException {
    // As the program gzip writes it: flag 8, and the name behind the ten bytes.
    byte[] file = local().file();
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(file, 0, 3);
    named.write(8);
    named.write(file, 4, 6);
    named.write("certificate.json\0".getBytes(StandardCharsets.UTF_8));
    named.write(file, 10, file.length - 10);
    assertEquals(
        Certificate.read(new ByteArrayInputStream(file)).center,
        Certificate.read(new ByteArrayInputStream(named.toByteArray())).center);
  }

  @Test
  void tinyNumbersAreDoublesToo() {
    for (double value : new double[] {1e-300, -1e-310, Double.MIN_VALUE, 1e300}) {
      TestCertificate certificate = local();
      ((ObjectNode) certificate.json().get("preparation").get("fix"))
          .put("1", new BigDecimal(value).toPlainString());
      // The network has no such input any more; that it is a double is not doubted.
      String reason =
          certificate.verify() instanceof Verification.Refused refused ? refused.reason() : "";
      assertFalse(reason.contains("is not a double"), reason);
    }
  }

  private static void assertBad(byte[] file) {
    BadInput e =
        assertThrows(BadInput.class, () -> Certificate.read(new ByteArrayInputStream(file)));
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(
        e.getMessage().startsWith("the certificate") || e.getMessage().startsWith("certificate: "));
  }
}
