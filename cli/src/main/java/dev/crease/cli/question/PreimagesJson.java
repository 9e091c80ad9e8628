package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.certificate.Preparation;
import dev.crease.cli.output.Rational;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Preimage;
import dev.crease.regions.Window;
import dev.crease.witness.Fractions;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/**
 * Preimages as JSON. Each point has its coordinates as doubles in {@code x} and exactly in {@code
 * exact}; a preimage that is more than a point is the convex hull of its {@code corners}.
 */
final class PreimagesJson {

  /** The version of the schema. */
  static final String SCHEMA = "crease-preimages/1";

  private PreimagesJson() {}

  static String write(
      NetworkOptions.Prepared prepared,
      Preparation preparation,
      Window window,
      List<List<BigFraction>> outputs,
      List<List<Preimage>> found) {
    ReluNetwork f = prepared.network();
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", SCHEMA);
    ObjectNode network = root.putObject("network");
    network.put("name", f.name());
    network.put("shape", f.shape());
    network.put("sha256", NetworkHash.sha256(f));
    AnswerJson.question(root, List.of(prepared.source()), preparation, Map.of());
    ArrayNode sides = root.putArray("window");
    window.sides().forEach(side -> sides.addArray().add(side.lower()).add(side.upper()));
    root.put("complete", true);
    ArrayNode answers = root.putArray("outputs");
    for (int i = 0; i < outputs.size(); i++) {
      ObjectNode answer = answers.addObject();
      point(answer, "y", outputs.get(i));
      ArrayNode preimages = answer.putArray("preimages");
      for (Preimage preimage : found.get(i)) {
        ObjectNode node = preimages.addObject();
        node.put("isPoint", preimage.isPoint());
        ArrayNode corners = node.putArray("corners");
        preimage.corners().forEach(corner -> point(corners.addObject(), "x", corner));
      }
    }
    try {
      return mapper.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }

  private static void point(ObjectNode node, String name, List<BigFraction> point) {
    ArrayNode rounded = node.putArray(name);
    ArrayNode exact = node.putArray("exact");
    for (BigFraction value : point) {
      rounded.add(Fractions.nearest(value));
      exact.add(Rational.exact(value));
    }
  }
}
