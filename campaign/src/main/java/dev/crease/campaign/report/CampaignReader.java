package dev.crease.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crease.BadInput;
import dev.crease.campaign.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the raw lines of a campaign: a header, then a line for each run. */
final class CampaignReader {

  /**
   * The first version. Its judge let every claim that leaves out pairs nearer than delta be above
   * the truth by twice that, and did not tell who had proved; both can be seen from its lines.
   */
  private static final int FIRST = 1;

  private static final int VERSION = 2;

  /** What solvers' tolerances may show, relative to the radius. */
  private static final double SLACK = 1e-6;

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a campaign; blank lines count but say nothing.
   *
   * @throws BadInput if a line is not one of a campaign of this version
   */
  Campaign read(List<String> lines) {
    List<Run> runs = new ArrayList<>();
    Map<String, Integer> cells = new HashMap<>();
    Header header = null;
    long version = VERSION;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      Fields fields = fields(lines.get(i), i + 1);
      String kind = fields.text("kind");
      if (header == null) {
        version = version(fields, kind);
        header = header(fields, version);
      } else if (kind.equals("run")) {
        Run run = run(fields, version);
        Integer before = cells.put(run.cell(), i + 1);
        if (before != null) {
          throw fields.bad("the cell \"" + run.cell() + "\" is in line " + before + " already");
        }
        runs.add(run);
      } else {
        throw fields.bad("\"kind\" must be \"run\" after the header, not \"" + kind + "\"");
      }
    }
    if (header == null) {
      throw new BadInput("line 1 of the campaign: there is no header");
    }
    return new Campaign(header, Collections.unmodifiableList(runs));
  }

  private Fields fields(String text, int line) {
    try {
      JsonNode node = mapper.readTree(text);
      Fields fields = new Fields(node, line);
      if (!node.isObject()) {
        throw fields.bad("not a JSON object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "line " + line + " of the campaign: not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static long version(Fields fields, String kind) {
    if (!kind.equals("header")) {
      throw fields.bad("a campaign begins with a line whose \"kind\" is \"header\"");
    }
    long version = fields.whole("version").orElseThrow(() -> fields.missing("version"));
    if (version < FIRST || version > VERSION) {
      throw fields.bad(
          "version " + version + " is unknown; this page reads up to version " + VERSION);
    }
    return version;
  }

  private static Header header(Fields fields, long version) {
    double limit = fields.seconds("timeLimit").orElseThrow(() -> fields.missing("timeLimit"));
    if (!(limit > 0)) {
      throw fields.bad("\"timeLimit\" must be above 0");
    }
    Fields machine = fields.within("machine");
    return new Header(
        version == FIRST,
        fields.text("date"),
        fields.text("profile"),
        limit,
        new Header.Machine(
            machine.text("cpu"),
            machine.whole("cores"),
            machine.number("memoryGiB"),
            machine.text("os")),
        fields.text("jvm"),
        fields.text("crease"),
        fields.text("commit"),
        texts(fields.within("backends")),
        texts(fields.within("jars")),
        fields.whole("seed"));
  }

  private static Map<String, String> texts(Fields fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.object().fieldNames().forEachRemaining(name -> texts.put(name, fields.text(name)));
    return Collections.unmodifiableMap(texts);
  }

  private static Run run(Fields fields, long version) {
    Outcome outcome = outcome(fields);
    Run run =
        new Run(
            fields.required("cell"),
            fields.required("instance"),
            fields.required("family"),
            fields.whole("inputs"),
            fields.whole("neurons"),
            fields.text("problem"),
            fields.text("norm"),
            new Configuration(
                fields.required("backend"),
                fields.text("strategy"),
                fields.text("encoding"),
                fields.text("bounds"),
                fields.whole("threads").orElse(0)),
            fields.whole("seed"),
            fields.whole("repeat"),
            fields.number("slope"),
            version == FIRST ? judgedAgain(fields, outcome) : outcome,
            fields.seconds("seconds"),
            fields.number("certified"),
            fields.number("refuted"),
            fields.text("assurance"),
            fields.number("delta"),
            fields.text("deltaIsRigorous").equals("true"),
            fields.number("truth"),
            fields.text("truthSource"),
            fields.whole("nodes"),
            fields.whole("models"),
            fields.text("message"));
    if (run.isAnswered() && run.seconds().isEmpty()) {
      throw fields.bad("a " + outcome + " run needs \"seconds\"");
    }
    return run;
  }

  private static Outcome judgedAgain(Fields fields, Outcome outcome) {
    double truth = fields.number("truth").orElse(Double.POSITIVE_INFINITY);
    boolean isAbove = fields.number("certified").orElse(0) > truth * (1 + SLACK);
    if (isAbove && outcome != Outcome.WRONG && outcome != Outcome.FAILED) {
      return fields.number("delta").orElse(0) > 0 ? Outcome.WITHIN_DELTA : Outcome.WRONG;
    }
    boolean asksSolver =
        !Set.of("", dev.crease.campaign.Configuration.NONE).contains(fields.text("strategy"));
    boolean noModel = fields.whole("models").orElse(1) == 0;
    return outcome == Outcome.SOLVED && asksSolver && noModel ? Outcome.WITHOUT_SOLVER : outcome;
  }

  private static Outcome outcome(Fields fields) {
    String text = fields.required("outcome");
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(text)) {
        return outcome;
      }
    }
    throw fields.bad(
        "the outcome \"" + text + "\" is unknown; one of " + List.of(Outcome.values()));
  }
}
