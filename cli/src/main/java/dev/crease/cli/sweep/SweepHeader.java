package dev.crease.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import dev.crease.bounds.Interval;
import dev.crease.certify.CertifyOptions;
import dev.crease.cli.question.AnswerJson;
import dev.crease.cli.question.Question;
import dev.crease.cli.session.Configuration;
import dev.crease.cli.session.SolverOptions;
import java.util.Arrays;
import java.util.List;

/**
 * The first line of a sweep's file. What is in {@code question} must be the same for a sweep to go
 * on with a file; the rest is for those who read it.
 */
final class SweepHeader {

  private static final String PARAMETERS = ".parameters.";

  private SweepHeader() {}

  static ObjectNode json(
      Question question,
      Centers centers,
      List<String> inputs,
      Config config,
      CertifyOptions options,
      List<String> notes) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SweepFile.SCHEMA);
    ObjectNode asked = root.putObject("question");
    asked.put("problem", question.problem().label());
    asked.put("norm", question.norm().label());
    asked.put("maxRadius", question.maxRadius());
    ArrayNode networks = asked.putArray("networks");
    question.sources().forEach(source -> networks.add(source.hash()));
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    AnswerJson.question(rest, question.sources(), question.preparation(), question.intervals());
    asked.set("preparation", rest.get("preparation"));
    question.scale().ifPresent(scale -> Arrays.stream(scale).forEach(asked.putArray("scale")::add));
    if (!question.noise().isNone()) {
      asked.put("noise", question.noise().eps());
      asked.put("within", question.noise().within());
    }
    question.domain().ifPresent(box -> sides(asked.putArray("domain"), box));
    ObjectNode where = asked.putObject("centers");
    where.put("count", centers.points().size());
    where.put("sha256", centers.sha256());
    asked.set("options", options(config, options));
    root.set("sources", rest.get("sources"));
    ArrayNode names = root.putArray("inputs");
    inputs.forEach(names::add);
    ArrayNode lines = root.putArray("notes");
    notes.forEach(lines::add);
    return root;
  }

  private static void sides(ArrayNode into, List<Interval> box) {
    box.forEach(side -> into.addArray().add(side.lower()).add(side.upper()));
  }

  /** What a line depends on besides the question itself. */
  private static ObjectNode options(Config config, CertifyOptions options) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode solvers = root.putArray("solver");
    SolverOptions.solvers(config).forEach(solvers::add);
    root.put("strategy", options.strategy());
    root.put("encoding", options.encoding());
    root.put("bounds", options.bounds());
    options.delta().ifPresent(delta -> root.put("delta", delta));
    root.put("trust", options.trust().id());
    root.put("timeLimitSeconds", options.limits().time().map(t -> t.toNanos() / 1e9).orElse(0.0));
    root.put("threads", options.threads());
    root.put("seed", options.seed());
    root.put("feasibility", options.tolerances().feasibility());
    root.put("integrality", options.tolerances().integrality());
    root.put("gap", options.tolerances().relativeGap());
    ObjectNode parameters = root.putObject("parameters");
    Configuration.values(config)
        .forEach(
            (key, value) -> {
              if (key.contains(PARAMETERS)) {
                parameters.put(key, value.render(ConfigRenderOptions.concise()));
              }
            });
    return root;
  }
}
