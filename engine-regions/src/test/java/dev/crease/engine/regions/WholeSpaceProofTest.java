package dev.crease.engine.regions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certificate.CertificateWriter;
import dev.crease.certificate.Preparation;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.engine.regions.whole.Enumeration;
import dev.crease.engine.regions.whole.WholeSpace;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.testkit.Networks;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the engine proves on the whole space, the auditor accepts; and nothing that is not so. */
class WholeSpaceProofTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static RadiusResult whole(Query query) {
    return new RegionsCertifier()
        .radius(query, CertifyOptions.builder().cover(true).build(), CertifyListener.none());
  }

  private static ObjectNode proof(Query query) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CertificateWriter.write(whole(query), Preparation.none(), file);
    return (ObjectNode)
        MAPPER.readTree(new GZIPInputStream(new ByteArrayInputStream(file.toByteArray())));
  }

  private static Verification audit(ObjectNode json, ReluNetwork f) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write(MAPPER.writeValueAsBytes(json));
    }
    return Verifier.verify(
        Certificate.read(new ByteArrayInputStream(file.toByteArray())), f, Optional.empty());
  }

  private static ArrayNode cells(ObjectNode json) {
    return (ArrayNode) json.get("lower").get("cells");
  }

  private static String refusal(ObjectNode json, ReluNetwork f) throws IOException {
    return assertInstanceOf(Verification.Refused.class, audit(json, f)).reason();
  }

  @Test
  void theAuditorAgrees() throws IOException {
    int proofs = 0;
    for (ReluNetwork f : WholeSpaceTest.small().toList()) {
      Query query = Query.local(f, Norm.L2, new double[f.inputs()]).onWholeSpace();
      WholeSpace result =
          Enumeration.of(
              query, Budget.of(CertifyOptions.defaults()), CertifyListener.none(), false);
      if (result instanceof WholeSpace.OneToOne) {
        proofs++;
        Verification.Accepted accepted =
            assertInstanceOf(Verification.Accepted.class, audit(proof(query), f), f::toString);
        assertTrue(accepted.isComplete());
        assertTrue(
            accepted.findings().get(0).text().contains("on " + result.regions() + " linear"));
      }
    }
    assertTrue(proofs >= 10, proofs + " proofs");
  }

  @Test
  void aFiniteRadiusHasACertificateAsOneThatWasAskedForHas() throws IOException {
    ReluNetwork winding = WholeSpaceTest.winding();
    Query query = Query.local(winding, Norm.LINF, 1, 0).onWholeSpace();
    ObjectNode json = proof(query);
    assertEquals("crease-certificate/1", json.get("schema").textValue());
    Verification.Accepted accepted =
        assertInstanceOf(Verification.Accepted.class, audit(json, winding));
    assertTrue(accepted.isComplete());
    assertEquals(2, accepted.findings().size());
  }

  /** Eight neurons on four lines through 0, with outputs of one's choice. */
  private static ReluNetwork fan(double[]... second) {
    double[][] first = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}};
    return ReluNetwork.of(
        "fan",
        List.of(
            Layer.relu(Matrix.of(first), new double[8]),
            Layer.linear(Matrix.of(second), new double[2])));
  }

  /** The same certificate, said to be for another network. */
  private static ObjectNode forged(ObjectNode json, ReluNetwork f) {
    ObjectNode forged = json.deepCopy();
    ((ObjectNode) forged.get("network")).put("sha256", NetworkHash.sha256(f));
    return forged;
  }

  @Test
  void aTreeOfTheRightCellsProvesNothingOfAMapThatFoldsOrWindsTwice() throws IOException {
    ReluNetwork plain =
        fan(new double[] {1, -1, 0.1, 0, 0, 0.1, 0, 0}, new double[] {0, 0, 1, -1, 0.1, 0, 0, 0.1});
    ObjectNode json = proof(Query.local(plain, Norm.LINF, 1, 0).onWholeSpace());
    assertInstanceOf(Verification.Accepted.class, audit(json, plain));
    assertTrue(refusal(json, WholeSpaceTest.winding()).contains("another network"));
    // All pre-activations are those of the tree, so that only the last layer is to blame.
    ReluNetwork winding = WholeSpaceTest.winding();
    assertTrue(refusal(forged(json, winding), winding).contains("2 preimages"));
    ReluNetwork fold =
        fan(new double[] {1, 1, 0, 0, 0, 0, 0, 0}, new double[] {0, 0, 1, -1, 0, 0, 0, 0});
    assertTrue(refusal(forged(json, fold), fold).contains("another sign"));
    ReluNetwork flat =
        fan(new double[] {1, 0, 0, 0, 0, 0, 0, 0}, new double[] {0, 0, 1, -1, 0, 0, 0, 0});
    assertTrue(refusal(forged(json, flat), flat).contains("determinant of a cell is 0"));
  }

  private static final ReluNetwork DEEP = Networks.residual(2, 6, 3).iterate(2);

  private static ObjectNode deep() throws IOException {
    return proof(Query.local(DEEP, Norm.LINF, 0, 0).onWholeSpace());
  }

  @Test
  void noStepCanBeLeftOutOrChanged() throws IOException {
    ObjectNode json = deep();
    assertInstanceOf(Verification.Accepted.class, audit(json, DEEP));
    Random random = new Random(1);
    int many = cells(json).size();
    for (int n = 0; n < 150; n++) {
      ObjectNode changed = json.deepCopy();
      int at = random.nextInt(many);
      ArrayNode step = (ArrayNode) cells(changed).get(at);
      if (n % 2 == 0 || step.size() < 3) {
        cells(changed).remove(at);
      } else if (n % 4 == 1) {
        step.set(1, 1 - step.get(1).intValue());
      } else {
        // One multiplier more or less, or none.
        int k = 2 + 2 * random.nextInt((step.size() - 1) / 2);
        step.set(k, MAPPER.getNodeFactory().textNode(random.nextBoolean() ? "0" : "1"));
      }
      assertFalse(accepts(changed), () -> "step " + at + " of " + json.get("lower"));
    }
  }

  private static boolean accepts(ObjectNode json) throws IOException {
    try {
      return audit(json, DEEP) instanceof Verification.Accepted;
    } catch (BadInput e) {
      assertEquals(1, e.getMessage().lines().count());
      return false;
    }
  }

  @Test
  void splitsThatAreNoneAndPointsThatDoNotFitAreRefused() throws IOException {
    ObjectNode json = deep();
    // A subtree in place of the other: the signs of its splits are wrong there.
    ObjectNode cut = json.deepCopy();
    ArrayNode steps = cells(cut);
    steps.removeAll();
    steps.add(MAPPER.createArrayNode());
    assertTrue(refusal(cut, DEEP).contains("is not decided"));
    ObjectNode twice = json.deepCopy();
    cells(twice).insert(1, cells(twice).get(0).deepCopy());
    assertTrue(refusal(twice, DEEP).contains("decided already"));
    ObjectNode none = json.deepCopy();
    ((ArrayNode) cells(none).get(0)).set(0, 999);
    assertTrue(refusal(none, DEEP).contains("there is no ReLU 999"));
    ObjectNode later = json.deepCopy();
    ((ArrayNode) cells(later).get(0)).set(0, DEEP.reluCount() - 1);
    String early = refusal(later, DEEP);
    assertTrue(early.contains("is not decided"), early);
    ObjectNode path = json.deepCopy();
    for (int k = 0; k < cells(path).size(); k++) {
      if (cells(path).get(k).size() > 3) {
        ((ArrayNode) cells(path).get(k)).set(3, 1000);
        break;
      }
    }
    assertTrue(refusal(path, DEEP).contains("there is no split 1000"));
    ObjectNode point = json.deepCopy();
    ((ArrayNode) point.get("lower").get("point")).remove(0);
    assertTrue(refusal(point, DEEP).contains("an entry for each input"));
  }

  @Test
  void aPointOnABorderDecidesNothing() throws IOException {
    ReluNetwork f =
        fan(new double[] {1, -1, 0.1, 0, 0, 0.1, 0, 0}, new double[] {0, 0, 1, -1, 0.1, 0, 0, 0.1});
    ObjectNode json = proof(Query.local(f, Norm.LINF, 1, 0).onWholeSpace());
    ArrayNode point = (ArrayNode) json.get("lower").get("point");
    point.set(0, MAPPER.getNodeFactory().textNode("1"));
    point.set(1, MAPPER.getNodeFactory().textNode("1"));
    assertTrue(refusal(json, f).contains("on the border of a cell"));
    point.set(1, MAPPER.getNodeFactory().textNode("1/3"));
    assertInstanceOf(Verification.Accepted.class, audit(json, f));
  }

  @Test
  void whatIsNoSuchFileIsNamedInALine() throws IOException {
    ObjectNode json = deep();
    String[][] changes = {
      {"maxRadius", "10", "maxRadius is 10"},
      {"problem", "pseudo", "the whole space is for problem local"},
      {"upper", "", "a field that is not known: upper"},
    };
    for (String[] change : changes) {
      ObjectNode changed = MAPPER.createObjectNode();
      json.fields()
          .forEachRemaining(
              field -> {
                if (field.getKey().equals("lower") && change[0].equals("upper")) {
                  changed.put("upper", "");
                }
                changed.set(field.getKey(), field.getValue());
              });
      if (!change[0].equals("upper")) {
        changed.put(change[0], change[1]);
      }
      String said;
      try {
        said = refusal(changed, DEEP);
      } catch (BadInput e) {
        said = String.valueOf(e.getMessage());
      }
      assertTrue(said.contains(change[2]), said);
    }
    ObjectNode word = json.deepCopy();
    cells(word).set(0, MAPPER.getNodeFactory().textNode("0"));
    BadInput bad = assertThrows(BadInput.class, () -> audit(word, DEEP));
    assertTrue(String.valueOf(bad.getMessage()).contains("lower.cells[0]"), bad.getMessage());
  }
}
