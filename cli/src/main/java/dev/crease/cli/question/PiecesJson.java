package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.bounds.Norm;
import dev.crease.map.OutputMap;
import dev.crease.question.Query;
import dev.crease.regions.Piece;
import java.util.List;

/**
 * A map as JSON: {@code value + matrix (y - at)} on the polygon with the {@code vertices}, which is
 * where {@code e_0 y_0 + e_1 y_1 <= e_2} for all {@code edges}. Without indentation, since there
 * may be thousands of pieces.
 */
final class PiecesJson {

  private PiecesJson() {}

  /** The version of the schema. */
  static String schema(Query query) {
    return query.g().isPresent() ? "crease-calibration/1" : "crease-inverse/1";
  }

  static String write(
      Asked asked,
      MapRun.Names names,
      OutputMap map,
      List<Piece> pieces,
      List<String> configuration) {
    Query query = asked.query();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", schema(query));
    root.put("norm", query.norm().label());
    root.set("center", mapper.valueToTree(query.units().center()));
    if (query.units().isScaled()) {
      root.set("scale", mapper.valueToTree(query.units().scale()));
    }
    root.put("radius", map.radius());
    root.put(
        "domain",
        query.norm() == Norm.L2 && query.dimension() > 1
            ? "image of a polygon of 64 corners within the ball"
            : "image of the ball");
    ObjectNode proof = root.putObject("proof");
    proof.put("problem", query.problem().name());
    proof.put("certified", map.proof().certified());
    proof.put("assurance", map.proof().assurance().name());
    proof.put("engine", map.proof().engine());
    AnswerJson.question(root, asked.sources(), asked.preparation(), asked.shared());
    AnswerJson.configuration(root, configuration);
    root.set("outputs", mapper.valueToTree(names.outputs()));
    root.set("values", mapper.valueToTree(names.values()));
    ArrayNode list = root.putArray("pieces");
    for (Piece piece : pieces) {
      ObjectNode node = list.addObject();
      node.set("vertices", mapper.valueToTree(piece.vertices()));
      node.set("edges", mapper.valueToTree(piece.edges()));
      node.set("at", mapper.valueToTree(piece.at()));
      node.set("value", mapper.valueToTree(piece.value()));
      node.set("matrix", mapper.valueToTree(piece.matrix()));
    }
    try {
      return mapper.writeValueAsString(root).replace("{\"vertices\"", "\n{\"vertices\"") + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }
}
