package dev.crease.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.certify.Assurance;
import dev.crease.certify.Claim;
import dev.crease.certify.Evidence;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Terms;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.question.Units;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.ExactRadius;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Results as JSON. The top-level names {@code schema, problem, norm, center, certified, claimed,
 * refuted, witness, assurance, trust, engine, strategy, delta, tolerances, seconds} are a contract;
 * {@code schema} changes when one of them does. Radii without limit are the text {@code "inf"}, for
 * which JSON has no number.
 */
public final class ResultJson {

  /** The version of the schema. */
  static final String SCHEMA = "crease-result/2";

  private ResultJson() {}

  /** A result as indented JSON text. */
  static String write(RadiusResult result) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      return mapper.writeValueAsString(tree(result)) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values cannot fail to print", e);
    }
  }

  /** A result as JSON, for those who add to it. */
  public static ObjectNode tree(RadiusResult result) {
    ObjectMapper mapper = new ObjectMapper();
    Query query = result.query();
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("problem", query.problem().label());
    root.put("norm", query.norm().label());
    Units units = query.units();
    root.set("center", array(mapper, units.center()));
    if (units.isScaled()) {
      root.set("scale", array(mapper, units.scale()));
    }
    query
        .domain()
        .ifPresent(
            box -> {
              ArrayNode sides = root.putArray("domain");
              box.forEach(s -> sides.addArray().add(s.lower()).add(s.upper()));
            });
    if (!query.noise().isNone()) {
      root.put("noise", query.noise().eps());
      root.put("within", query.noise().within());
    }
    radius(root, "certified", result.certified());
    claimed(mapper, root, result.claimed());
    if (result.refuted().isPresent()) {
      root.put("refuted", result.refuted().getAsDouble());
    } else {
      root.putNull("refuted");
    }
    if (result.witness().isPresent()) {
      Witness w = result.witness().get();
      ObjectNode witness = root.putObject("witness");
      witness.set("x", array(mapper, units.point(w.x())));
      witness.set("xPrime", array(mapper, units.point(w.xPrime())));
      witness.put("separation", w.separation());
      witness.put("residual", w.residual());
    } else {
      root.putNull("witness");
    }
    exact(root, result);
    root.put("assurance", result.assurance().name());
    root.put("trust", result.trust().id());
    root.put("engine", result.engine());
    root.put("solver", result.solver());
    root.put("strategy", result.strategy());
    root.put("delta", result.delta());
    root.put("deltaIsRigorous", result.deltaIsRigorous());
    root.put("deltaOf", query.g().isPresent() ? "outputs of other" : "points");
    root.set("tolerances", tolerances(mapper, result.terms()));
    root.put("seconds", result.seconds());
    root.put("stop", result.stop().name());
    radius(root, "maxRadius", query.maxRadius());
    root.set("network", network(mapper, units.f()));
    units.g().ifPresent(g -> root.set("other", network(mapper, g)));
    if (!query.shared().isEmpty()) {
      ObjectNode shared = root.putObject("shared");
      query
          .shared()
          .forEach(
              (index, interval) ->
                  shared.set(
                      String.valueOf(index),
                      array(mapper, new double[] {interval.lower(), interval.upper()})));
    }
    ObjectNode statistics = root.putObject("statistics");
    statistics.put("models", result.statistics().models());
    statistics.put("nodes", result.statistics().nodes());
    statistics.put("variables", result.statistics().variables());
    statistics.put("binaries", result.statistics().binaries());
    statistics.put("constraints", result.statistics().constraints());
    ArrayNode notes = root.putArray("notes");
    result.notes().forEach(n -> notes.add(n.text()));
    return root;
  }

  /** Adds a radius; without limit it is the text {@code inf}. */
  public static void radius(ObjectNode root, String name, double value) {
    if (Double.isInfinite(value)) {
      root.put(name, "inf");
    } else {
      root.put(name, value);
    }
  }

  /** What a solver says beyond what is certified; null where it says no more. */
  private static void claimed(ObjectMapper mapper, ObjectNode root, Optional<Claim> claimed) {
    if (claimed.isEmpty()) {
      root.putNull("claimed");
      return;
    }
    Claim claim = claimed.get();
    ObjectNode node = root.putObject("claimed");
    node.put("radius", claim.radius());
    node.put("assurance", claim.assurance().name());
    node.put("engine", claim.engine());
    node.put("solver", claim.solver());
    node.put("delta", claim.delta());
    node.put("deltaIsRigorous", claim.deltaIsRigorous());
    node.set("tolerances", tolerances(mapper, claim.terms()));
  }

  private static ObjectNode tolerances(ObjectMapper mapper, Terms terms) {
    ObjectNode tolerances = mapper.createObjectNode();
    tolerances.put("feasibility", terms.tolerances().feasibility());
    tolerances.put("integrality", terms.tolerances().integrality());
    tolerances.put("gap", terms.tolerances().relativeGap());
    tolerances.put("pad", terms.pad());
    tolerances.put("threshold", terms.threshold());
    return tolerances;
  }

  /** What is known in rational numbers: for the norm 2 the squares of the radii. */
  private static void exact(ObjectNode root, RadiusResult result) {
    Evidence evidence = result.evidence();
    if (evidence.radius().isPresent()) {
      ExactRadius radius = evidence.radius().get();
      ObjectNode exact = root.putObject("exact");
      String square = radius.squared() ? "Squared" : "";
      if (result.assurance() == Assurance.EXACT) {
        exact.put("supremumKnown", radius.isExact());
        exact.put("lower" + square, radius.lower().toString().replace(" ", ""));
        exact.put("lowerDecimal", radius.decimal().toPlainString());
      }
      exact.put("upper" + square, radius.upper().toString().replace(" ", ""));
    }
    if (evidence.collision().isPresent()) {
      ExactCollision c = evidence.collision().get().in(result.query().units());
      ObjectNode node = root.putObject("collision");
      node.put("attained", c.isAttained());
      point(node, "p", c.p());
      point(node, "pPrime", c.pPrime());
      point(node, "u", c.u());
      point(node, "uPrime", c.uPrime());
    }
  }

  private static void point(ObjectNode node, String name, List<BigFraction> point) {
    ArrayNode array = node.putArray(name);
    point.forEach(value -> array.add(value.toString().replace(" ", "")));
  }

  private static ObjectNode network(ObjectMapper mapper, ReluNetwork network) {
    ObjectNode node = mapper.createObjectNode();
    node.put("name", network.name());
    node.put("shape", network.shape());
    node.put("sha256", NetworkHash.sha256(network));
    return node;
  }

  private static ArrayNode array(ObjectMapper mapper, double[] values) {
    ArrayNode array = mapper.createArrayNode();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }
}
