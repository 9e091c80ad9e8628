package dev.crease.campaign.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.campaign.Configuration;
import dev.crease.campaign.Header;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.RawLines;
import dev.crease.campaign.Run;
import dev.crease.certify.Assurance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the raw lines of a campaign: a header, then a line for each run. */
final class ResultsReader {

  /** What solvers' tolerances may show, relative to the radius. */
  private static final double SLACK = 1e-6;

  /** An outcome of the second version: above the truth, and excused by delta. */
  private static final String WITHIN_DELTA = "WITHIN_DELTA";

  /**
   * Reads a campaign; blank lines count but say nothing.
   *
   * @throws BadInput if a line is not one of a campaign of this version
   */
  Results read(List<String> lines) {
    List<Run> runs = new ArrayList<>();
    Map<String, Integer> cells = new HashMap<>();
    Header header = null;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          if (header == null) {
            header = header(lines.get(i));
          } else {
            Run run = run(lines.get(i), header.version());
            Integer before = cells.put(run.cell(), i + 1);
            if (before != null) {
              throw new BadInput(
                  "the cell \"" + run.cell() + "\" is in line " + before + " already");
            }
            runs.add(run);
          }
        } catch (BadInput e) {
          throw new BadInput("line " + (i + 1) + " of the campaign: " + e.getMessage(), e);
        }
      }
    }
    if (header == null) {
      throw new BadInput("line 1 of the campaign: there is no header");
    }
    return new Results(header, Collections.unmodifiableList(runs));
  }

  private static Header header(String line) {
    ObjectNode json = RawLines.parse(line);
    RawLines.Kind kind = RawLines.read(json, RawLines.Kind.class);
    if (!kind.kind().equals(Header.KIND)) {
      throw new BadInput("a campaign begins with a line whose \"kind\" is \"header\"");
    }
    long version = kind.version().orElseThrow(() -> new BadInput("\"version\" is missing"));
    if (version < Results.FIRST || version > Header.VERSION) {
      throw new BadInput(
          "version " + version + " is unknown; this page reads up to version " + Header.VERSION);
    }
    return RawLines.read(json, Header.class);
  }

  private static Run run(String line, long version) {
    ObjectNode json = RawLines.parse(line);
    String kind = RawLines.read(json, RawLines.Kind.class).kind();
    if (!kind.equals(Run.KIND)) {
      throw new BadInput("\"kind\" must be \"run\" after the header, not \"" + kind + "\"");
    }
    if (version < Header.VERSION) {
      inTodaysWords(json);
    }
    Run written = RawLines.read(json, Run.class);
    Run run = version < Header.VERSION ? written.judged(judgedAgain(written)) : written;
    if (run.isAnswered() && run.seconds().isEmpty()) {
      throw new BadInput("a " + written.outcome() + " run needs \"seconds\"");
    }
    return run;
  }

  /** Earlier versions called certified what a solver says, and excused it by its delta. */
  private static void inTodaysWords(ObjectNode json) {
    if (json.path("outcome").asText().equals(WITHIN_DELTA)) {
      json.put("outcome", Outcome.WRONG.name());
    }
    JsonNode certified = json.path("certified");
    if (isOnWord(json) && certified.isNumber()) {
      json.put("certified", 0.0);
      if (certified.asDouble() > 0) {
        json.set("claimed", certified);
      }
    }
  }

  /** Whether what an earlier version certified was a solver's word; the first does not say so. */
  private static boolean isOnWord(ObjectNode json) {
    boolean asksSolver = !Set.of("", Configuration.NONE).contains(json.path("strategy").asText());
    return json.has("assurance")
        ? json.path("assurance").asText().equals(Assurance.SOLVER.name())
        : asksSolver && json.path("models").asInt(1) != 0;
  }

  private static Outcome judgedAgain(Run run) {
    Outcome outcome = run.outcome();
    double truth = run.truth().orElse(Double.POSITIVE_INFINITY);
    boolean isAbove = run.said().orElse(0) > truth * (1 + SLACK);
    if (isAbove && outcome != Outcome.FAILED) {
      return Outcome.WRONG;
    }
    if (outcome == Outcome.SOLVED && run.claimed().isPresent()) {
      return Outcome.CLAIMED;
    }
    boolean asksSolver = !Set.of("", Configuration.NONE).contains(run.strategy());
    boolean noModel = run.models().orElse(1) == 0;
    return outcome == Outcome.SOLVED && asksSolver && noModel ? Outcome.WITHOUT_SOLVER : outcome;
  }
}
