package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.campaign.Configuration;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsReaderTest {

  private static final String RUN = Lines.run("a/1", "scip", "direct", "SOLVED", 1);

  @Test
  void readsEveryField() {
    String line =
        "{\"kind\":\"run\",\"cell\":\"c\",\"instance\":\"dynamics/b/pseudo/inf/1.801,1.23\","
            + "\"family\":\"dynamics\",\"inputs\":2,\"neurons\":128,\"problem\":\"pseudo\","
            + "\"norm\":\"inf\",\"backend\":\"scip\",\"strategy\":\"direct\",\"encoding\":\"big-m\","
            + "\"bounds\":\"lp\",\"threads\":1,\"outcome\":\"SOLVED\",\"seconds\":1.23,"
            + "\"certified\":1.64,\"refuted\":\"Infinity\",\"truth\":1.6495,"
            + "\"truthSource\":\"regions\",\"nodes\":50,\"models\":1,\"message\":\"\"}";
    Results campaign = new ResultsReader().read(List.of(Lines.HEADER, "", line));
    Run run = campaign.runs().get(0);
    assertEquals(128, run.neurons().orElseThrow());
    assertEquals(1.23, run.seconds().orElseThrow());
    assertEquals(Double.POSITIVE_INFINITY, run.refuted().orElseThrow());
    assertEquals(new Configuration("scip", "direct", "big-m", "lp", 1), run.configuration());
    assertEquals(5, campaign.header().timeLimit());
    assertEquals(2, campaign.header().machine().cores().orElseThrow());
    assertEquals(List.of("scip", "highs"), List.copyOf(campaign.header().backends().keySet()));
  }

  /** Earlier versions called certified what a solver says, and let more than the truth pass. */
  @Test
  void judgesEarlierVersionsAgain() {
    String claims = ",\"truth\":0.01,\"certified\":";
    for (int version : new int[] {1, 2}) {
      assertEquals(Outcome.CLAIMED, again(version, "SOLVED", claims + "0.01,\"delta\":0.001"));
      assertEquals(Outcome.WRONG, again(version, "SOLVED", claims + "0.0101,\"delta\":0.001"));
      assertEquals(Outcome.WRONG, again(version, "TIMEOUT", claims + "0.0101,\"delta\":0.001"));
      assertEquals(Outcome.WITHOUT_SOLVER, again(version, "SOLVED", claims + "0.01,\"models\":0"));
      assertEquals(Outcome.CLAIMED, again(version, "SOLVED", claims + "0.01,\"models\":1"));
    }
    String assured = claims + "0.01,\"models\":1,\"assurance\":\"";
    assertEquals(Outcome.WRONG, again(2, "WITHIN_DELTA", claims + "0.01"));
    assertEquals(Outcome.CLAIMED, again(2, "SOLVED", assured + "SOLVER\""));
    assertEquals(Outcome.WITHOUT_SOLVER, again(2, "WITHOUT_SOLVER", assured + "RIGOROUS\""));
    Run run = earlier(2, "SOLVED", assured + "SOLVER\"");
    assertEquals(0, run.certified().orElseThrow());
    assertEquals(0.01, run.claimed().orElseThrow());
  }

  private static Outcome again(int version, String outcome, String fields) {
    return earlier(version, outcome, fields).outcome();
  }

  private static Run earlier(int version, String outcome, String fields) {
    String header = Lines.HEADER.replace("\"version\":3", "\"version\":" + version);
    String run = Lines.run("a/1", "scip", "direct", outcome, 1, fields);
    return new ResultsReader().read(List.of(header, run)).runs().get(0);
  }

  @Test
  void takesAbsentNumbers() {
    Run run = Lines.campaign(RUN.replace("SOLVED", "TIMEOUT").replace("1.0", "null")).runs().get(0);
    assertTrue(run.seconds().isEmpty());
    assertTrue(run.truth().isEmpty());
    assertTrue(run.nodes().isEmpty());
  }

  @Test
  void refusesWhatIsNotACampaign() {
    refused("line 1 of the campaign: there is no header");
    refused("line 1 of the campaign: there is no header", "  ");
    refused("line 1 of the campaign: not JSON: ", "hello");
    refused("line 1 of the campaign: not a JSON object", "[1]");
    refused("line 1 of the campaign: a campaign begins with a line", RUN);
    refused(
        "line 1 of the campaign: version 4 is unknown", header("\"version\":3", "\"version\":4"));
    refused("line 1 of the campaign: \"version\" is missing", header("\"version\":3,", ""));
    refused("line 1 of the campaign: \"timeLimit\" is missing", header("\"timeLimit\":5.0,", ""));
    refused("line 1 of the campaign: \"timeLimit\" must be above 0", header(":5.0,", ":0,"));
    refused("line 1 of the campaign: \"backends\" must be an object", header("{\"scip.*?}", "3"));
  }

  @Test
  void refusesWrongLines() {
    refused("line 2 of the campaign: not JSON: ", Lines.HEADER, RUN.substring(0, 40));
    refused("line 2 of the campaign: not JSON: ", Lines.HEADER, RUN + RUN);
  }

  @Test
  void refusesWrongFields() {
    refused("line 3 of the campaign: not JSON: Duplicate field", Lines.HEADER, RUN, twice());
    refused("line 3 of the campaign: \"kind\" must be \"run\"", Lines.HEADER, RUN, Lines.HEADER);
    refused(
        "line 3 of the campaign: the cell \"a/1|scip|direct\" is in line 2",
        Lines.HEADER,
        RUN,
        RUN);
    refused(
        "line 2 of the campaign: \"family\" is missing",
        Lines.HEADER,
        run("\"family\":\"a\",", ""));
    refused(
        "line 2 of the campaign: the outcome \"LUCKY\" is unknown",
        Lines.HEADER,
        run("SOLVED", "LUCKY"));
    refused(
        "line 2 of the campaign: \"seconds\" must be a number",
        Lines.HEADER,
        run("1.0", "\"soon\""));
    refused("line 2 of the campaign: \"seconds\" must be finite", Lines.HEADER, run("1.0", "-1"));
    refused(
        "line 2 of the campaign: \"seconds\" must be finite", Lines.HEADER, run("1.0", "1e999"));
    refused("line 2 of the campaign: a SOLVED run needs", Lines.HEADER, run("1.0", "null"));
    refused(
        "line 2 of the campaign: \"neurons\" must be a whole",
        Lines.HEADER,
        run("1.0", "1,\"neurons\":1.5"));
    refused(
        "line 2 of the campaign: \"neurons\" must not be",
        Lines.HEADER,
        run("1.0", "1,\"neurons\":-1"));
    refused(
        "line 2 of the campaign: \"backend\" must be a text", Lines.HEADER, run("\"scip\"", "{}"));
  }

  private static String twice() {
    return run("\"family\"", "\"family\":\"a\",\"family\"");
  }

  private static String run(String old, String changed) {
    return RUN.replace(old, changed);
  }

  private static String header(String pattern, String changed) {
    return pattern.contains("?")
        ? Lines.HEADER.replaceFirst(pattern.replace("{", "\\{"), changed)
        : Lines.HEADER.replace(pattern, changed);
  }

  private static void refused(String message, String... lines) {
    BadInput error =
        assertThrows(BadInput.class, () -> new ResultsReader().read(Arrays.asList(lines)));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }
}
