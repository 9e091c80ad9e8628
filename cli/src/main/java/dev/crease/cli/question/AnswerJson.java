package dev.crease.cli.question;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.bounds.Interval;
import dev.crease.certificate.Preparation;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Verdict;
import dev.crease.cli.output.ResultJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as JSON: what {@link ResultJson} writes, and which question it answers. {@code sources}
 * are the networks in the files, and {@code preparation} says, by their indices there, what was
 * made of inputs and outputs; {@code sha256} there is of the network, not of the file.
 */
public final class AnswerJson {

  private AnswerJson() {}

  /**
   * Indented JSON text.
   *
   * @param verdict on the radius that was asked about; empty if none was
   * @param configuration the files that set something
   */
  static String write(
      Asked asked, RadiusResult result, Optional<Verdict> verdict, List<String> configuration) {
    ObjectNode rest = ResultJson.tree(result);
    ObjectNode root = rest.objectNode();
    root.set("schema", rest.get("schema"));
    verdict.ifPresent(
        v -> {
          root.put("verdict", v.name());
          ResultJson.radius(root, "radius", asked.query().maxRadius());
        });
    root.setAll(rest);
    question(root, asked.sources(), asked.preparation(), asked.shared());
    configuration(root, configuration);
    ArrayNode notes = root.putArray("notes");
    Report.notes(asked, result).forEach(notes::add);
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }

  /** Adds which files configured it. */
  static void configuration(ObjectNode root, List<String> files) {
    ArrayNode node = root.putArray("configuration");
    files.forEach(node::add);
  }

  /** Adds which networks are meant, and what was made of them. */
  public static void question(
      ObjectNode root,
      List<Asked.Source> networks,
      Preparation preparation,
      Map<Integer, Interval> shared) {
    ArrayNode sources = root.putArray("sources");
    for (Asked.Source source : networks) {
      ObjectNode node = sources.addObject();
      node.put("file", source.file().toString());
      node.put("shape", source.network().shape());
      node.put("sha256", source.hash());
    }
    ObjectNode node = root.putObject("preparation");
    ObjectNode fix = node.putObject("fix");
    preparation.fixed().forEach((i, value) -> fix.put(String.valueOf(i), value));
    ObjectNode share = node.putObject("share");
    shared.forEach((i, range) -> share.putArray("" + i).add(range.lower()).add(range.upper()));
    node.put("steps", preparation.steps());
    ArrayNode outputs = node.putArray("outputs");
    preparation.outputs().forEach(outputs::add);
  }
}
