package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is certified is proved; what a solver says is claimed, unless its word is to be taken. */
class TrustTest {

  private static final String CERTIFIED = "  certified  ";

  @TempDir private Path folder;

  /** (x, y) -> (|x + |y| / 2|, y): bent at the centre, so that nothing is proved for free. */
  private static final String BENT =
      """
      {"layers": [
        {"weights": [[0, 1], [0, -1], [1, 0], [-1, 0]], "bias": [0, 0, 0, 0], "activation": "relu"},
        {"weights": [[0.5, 0.5, 1, -1], [-0.5, -0.5, -1, 1], [1, -1, 0, 0], [-1, 1, 0, 0]],
         "bias": [0, 0, 0, 0], "activation": "relu"},
        {"weights": [[1, 1, 0, 0], [0, 0, 1, -1]], "bias": [0, 0], "activation": "linear"}
      ]}
      """;

  private String fold = "";
  private String bent = "";

  @BeforeEach
  void write() throws IOException {
    fold = Files.writeString(folder.resolve("fold.json"), CommandRun.FOLD).toString();
    bent = Files.writeString(folder.resolve("bent.json"), BENT).toString();
  }

  private static CommandRun run(String command, String network, String center, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--network", network, "--center", center, "--strategy", "direct"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  private static String line(CommandRun run, String start) {
    return run.out().lines().filter(l -> l.startsWith(start)).findFirst().orElse("");
  }

  @Test
  void aSolversWordIsClaimedApart() throws IOException {
    CommandRun run = run("radius pseudo", bent, "1,0", "--solver", "ortools-highs");
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(line(run, CERTIFIED).startsWith("  certified  0 "), run.out());
    assertTrue(
        line(run, "  claimed    1.99").contains(": the word of ortools-highs, which nobody"),
        run.out());
    assertTrue(run.out().contains("closed by the claim alone, which nobody has checked"));
    JsonNode json =
        json(run("radius pseudo", bent, "1,0", "--solver", "ortools-highs", "--json", "-"));
    assertEquals("RIGOROUS", json.get("assurance").asText());
    assertEquals("CLAIMED", json.get("stop").asText());
    assertEquals("proof", json.get("trust").asText());
    assertTrue(json.get("certified").asDouble() < 1.5, json::toString);
    assertEquals(2, json.get("claimed").get("radius").asDouble(), 1e-4);
    assertEquals("SOLVER", json.get("claimed").get("assurance").asText());
    assertEquals(0, json.get("delta").asDouble());
  }

  @Test
  void aWordThatIsToBeTakenIsCertifiedAndTheAnswerSaysSo() throws IOException {
    String[] flags = {"--solver", "ortools-highs", "--trust", "solver"};
    CommandRun run = run("radius pseudo", bent, "1,0", flags);
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(line(run, CERTIFIED).startsWith("  certified  1.99"), run.out());
    assertEquals("", line(run, "  claimed"), run.out());
    assertTrue(
        run.out().contains("is the word of ortools-highs, which nobody has checked"), run.out());
    Path conf = folder.resolve("my.conf");
    Files.writeString(conf, "crease { solver = ortools-highs, trust = solver }\n");
    CommandRun byFile =
        run("radius pseudo", bent, "1,0", "--config", conf.toString(), "--json", "-");
    assertEquals(0, byFile.code(), byFile.err());
    assertEquals("SOLVER", json(byFile).get("assurance").asText());
    assertEquals("solver", json(byFile).get("trust").asText());
    assertTrue(json(byFile).get("claimed").isNull());
  }

  @Test
  void whatIsOnlyClaimedIsUndecided() {
    String[] flags = {"--radius", "1.5", "--solver", "ortools-highs"};
    CommandRun run = run("check pseudo", bent, "1,0", flags);
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("UNDECIDED at 1.5\n"), run.out());
    assertEquals(
        "ortools-highs claims that it holds; --trust solver takes its word, --solver tree proves",
        line(run, "ortools-highs claims"));
    CommandRun taken =
        run(
            "check pseudo",
            bent,
            "1,0",
            "--radius",
            "1.5",
            "--trust",
            "solver",
            flags[2],
            flags[3]);
    assertEquals(0, taken.code(), taken.out() + taken.err());
    assertFalse(taken.out().contains("claims that it holds"), taken.out());
    CommandRun refuted = run("check pseudo", bent, "1,0", "--radius", "2.5", flags[2], flags[3]);
    assertEquals(1, refuted.code(), refuted.out());
  }

  @Test
  void aRaceOfSolversEndsWithAClaim() {
    CommandRun run = run("radius pseudo", bent, "1,0", "--solver", "ortools-highs,ortools-scip");
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(line(run, "  claimed    1.99").contains(": the word of ortools-"), run.out());
    assertTrue(run.out().contains("none decided"), run.out());
    CommandRun proved = run("radius pseudo", bent, "1,0", "--solver", "ortools-highs,regions");
    assertEquals(0, proved.code(), proved.out() + proved.err());
    assertTrue(line(proved, CERTIFIED).startsWith("  certified  1.99"), proved.out());
  }

  @Test
  void theSpreadOfASolverIsClaimedToo() throws IOException {
    String[] flags = {"--radius", "3", "--solver", "ortools-highs"};
    CommandRun run = run("spread local", fold, "1,0.25", flags);
    assertEquals(2, run.code(), run.out() + run.err());
    // The diameter needs no solver.
    assertTrue(line(run, "  at most    6").contains("by proof"), run.out());
    assertTrue(line(run, "  claimed    4").contains("which nobody has checked"), run.out());
    CommandRun taken =
        run(
            "spread local",
            fold,
            "1,0.25",
            "--radius",
            "3",
            "--trust",
            "solver",
            flags[2],
            flags[3]);
    assertEquals(0, taken.code(), taken.out() + taken.err());
    assertTrue(line(taken, "  at most    4").contains("by the solver's word"), taken.out());
  }

  @Test
  void helpListsWhomToTrust() {
    String help = CommandRun.of("radius", "--help").out();
    assertTrue(help.contains("--trust=WHOM"), help);
    assertTrue(help.contains("proof, solver (crease.trust)"), help);
  }
}
