package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.Secant;
import dev.crease.question.Units;
import java.util.List;
import java.util.Optional;

/**
 * Lipschitz constants as JSON: {@code alpha} and {@code upper}, each with its ends {@code least}
 * and {@code most} (none where nothing is known), and the pair that shows it. The names are a
 * contract; {@code schema} changes when one of them does.
 */
final class LipschitzJson {

  /** The version of the schema. */
  static final String SCHEMA = "crease-lipschitz/1";

  private LipschitzJson() {}

  /**
   * Indented JSON text.
   *
   * @param configuration the files that set something
   */
  static String write(Asked asked, LipschitzResult result, List<String> configuration) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("norm", result.query().norm().label());
    root.set("center", mapper.valueToTree(result.query().units().center()));
    if (result.query().units().isScaled()) {
      root.set("scale", mapper.valueToTree(result.query().units().scale()));
    }
    root.put("radius", result.query().maxRadius());
    Units units = result.query().units();
    constant(mapper, units, root.putObject("alpha"), result.alpha(), result.flattest());
    constant(mapper, units, root.putObject("upper"), result.upper(), result.steepest());
    root.put("assurance", result.assurance().name());
    root.put("engine", result.engine());
    root.put("solver", result.solver());
    root.put("stop", result.stop().name());
    root.put("seconds", result.seconds());
    AnswerJson.question(root, asked.sources(), asked.preparation(), asked.shared());
    AnswerJson.configuration(root, configuration);
    ArrayNode notes = root.putArray("notes");
    asked.notes().forEach(notes::add);
    result.notes().stream().map(Note::text).forEach(notes::add);
    try {
      return mapper.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }

  private static void constant(
      ObjectMapper mapper,
      Units units,
      ObjectNode node,
      LipschitzResult.Ends ends,
      Optional<Secant> pair) {
    node.put("least", ends.least());
    if (Double.isFinite(ends.most())) {
      node.put("most", ends.most());
    } else {
      node.putNull("most");
    }
    pair.ifPresent(
        p -> {
          node.set("x", mapper.valueToTree(units.point(p.x())));
          node.set("xPrime", mapper.valueToTree(units.point(p.xPrime())));
        });
  }
}
