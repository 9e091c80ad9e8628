package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LipschitzCommandTest {

  /** (x, y) to (2 x, y / 2) for x up to 1, then to (4 x - 2, y / 2). */
  private static final String BENT =
      """
      {"layers": [
        {"weights": [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 0]], "bias": [0, 0, 0, 0, -1],
         "activation": "relu"},
        {"weights": [[2, -2, 0, 0, 2], [0, 0, 0.5, -0.5, 0]], "bias": [0, 0],
         "activation": "linear"}
      ]}
      """;

  @TempDir private Path folder;

  private CommandRun run(String network, String... flags) throws IOException {
    Path file = folder.resolve("f.json");
    Files.writeString(file, network);
    return CommandRun.of(
        Stream.concat(Stream.of("lipschitz", "--network", file.toString()), Arrays.stream(flags))
            .toArray(String[]::new));
  }

  @Test
  void printsBothConstantsAndWhatNoiseHides() throws IOException {
    CommandRun run = run(BENT, "--center", "0,0", "--radius", "2");
    assertEquals(0, run.code(), run.err());
    String[] lines = run.out().split("\n");
    assertEquals(
        "Lipschitz constants of f on the ball of radius 2 around (0, 0), norm inf", lines[0]);
    assertTrue(
        lines[2].matches(
            "  alpha +0\\.(499999|5) to 0\\.50*1? +\\|\\|f\\(x\\) - f\\(x'\\)\\|\\| >= alpha"
                + " \\|\\|x - x'\\|\\| on this ball"),
        run.out());
    assertTrue(lines[3].startsWith("    x   = ("), run.out());
    assertTrue(
        lines[5].matches(
            "  L +(3\\.99999|4) to 4(\\.00001)? +\\|\\|f\\(x\\) - f\\(x'\\)\\|\\| <= L"
                + " \\|\\|x - x'\\|\\| on this ball"),
        run.out());
    assertTrue(
        run.out()
            .matches("(?s).*outputs known to EPS determine states to EPS / 0\\.(499999|5)\n.*"),
        run.out());
    assertTrue(run.out().contains("  by regions (rational arithmetic)\n"), run.out());
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5, 4", "2, 0.5, 4", "inf, 0.5, 4"})
  void writesJson(String norm, double alpha, double upper) throws IOException {
    CommandRun run = run(BENT, "--center", "0,0", "--radius", "2", "--norm", norm, "--json", "-");
    assertEquals(0, run.code(), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals("crease-lipschitz/1", json.get("schema").asText());
    assertEquals(norm, json.get("norm").asText());
    assertEquals(2, json.get("radius").asDouble());
    assertEquals(alpha, json.get("alpha").get("least").asDouble(), 0.005 * alpha);
    assertEquals(alpha, json.get("alpha").get("most").asDouble(), 0.005 * alpha);
    assertEquals(upper, json.get("upper").get("least").asDouble(), 0.005 * upper);
    assertEquals(upper, json.get("upper").get("most").asDouble(), 0.005 * upper);
    assertEquals(2, json.get("upper").get("xPrime").size());
    assertEquals("RIGOROUS", json.get("assurance").asText());
    assertEquals("COMPLETE", json.get("stop").asText());
    assertTrue(json.get("sources").get(0).get("file").asText().endsWith("f.json"));
  }

  @Test
  void aFoldLeavesNothingDetermined() throws IOException {
    CommandRun run = run(CommandRun.FOLD, "--center", "0.5,0", "--radius", "1");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("  alpha      0 to 0  "), run.out());
    assertTrue(
        run.out().contains("states are not determined by outputs, however well these are known"),
        run.out());
  }

  @Test
  void otherCertifiersSayThatTheyDoNotClose() throws IOException {
    CommandRun run = run(BENT, "--center", "0,0", "--radius", "2", "--solver", "splitting");
    assertEquals(2, run.code());
    assertTrue(
        run.out()
            .contains("by intervals (arithmetic rounded outward); the brackets are not closed"),
        run.out());
    assertTrue(
        run.out().contains("note: certifier splitting does not close the brackets; regions does"),
        run.out());
    CommandRun race =
        run(BENT, "--center", "0,0", "--radius", "2", "--solver", "regions,splitting");
    assertEquals(0, race.code());
    assertTrue(race.out().contains("note: Lipschitz constants are not raced"), race.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,0 | -1 | --radius -1.0 is not a positive number",
        "0,0 | 1e400 | '1e400' is too large; the whole space is inf",
        "0 | 1 | takes 2 inputs, but the centre has 1: the others are to be fixed or shared",
        "NaN,0 | 1 | the centre [NaN, 0.0] is not finite"
      })
  void refusesWhatDoesNotFitInALine(String center, String radius, String message)
      throws IOException {
    CommandRun run = run(BENT, "--center=" + center, "--radius=" + radius);
    assertEquals(65, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
