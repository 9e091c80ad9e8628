package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inf}: questions about the whole space. */
class WholeSpaceTest {

  private static final String VANDERPOL = "../examples/vanderpol.onnx";

  /** {@code (x + |x - p| / 2, y + |x + y| / 3)}, with a parameter p. */
  private static final String BENT =
      """
      {"layers": [
        {"weights": [[1, 0, -1], [-1, 0, 1], [1, 1, 0], [-1, -1, 0]],
         "bias": [0, 0, 0, 0], "activation": "relu"},
        {"weights": [[1.25, -0.75, 0, 0], [-1, 1, 1.25, -0.75]], "bias": [0, 0],
         "activation": "linear"}
      ]}
      """;

  @TempDir private Path folder;

  private String bent() throws IOException {
    return Files.writeString(folder.resolve("bent.json"), BENT).toString();
  }

  private static CommandRun run(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void isProvedAndAudited(int steps) throws IOException {
    List<String> ask = new ArrayList<>(List.of("check", "local", "--radius", "inf"));
    ask.addAll(List.of("--network", bent(), "--fix", "2=0.5", "--center", "3,1"));
    ask.addAll(List.of("--scale", "1,0.5", "--steps", String.valueOf(steps)));
    String proof = folder.resolve("proof.gz").toString();
    CommandRun run = run(ask, "--certificate", proof);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("HOLDS on the whole space"), run.out());
    assertTrue(run.out().contains("inf           one-to-one on the whole space"), run.out());
    CommandRun audit = CommandRun.of("audit", proof, "--network", bent());
    assertEquals(0, audit.code(), audit.out() + audit.err());
    assertTrue(audit.out().contains("no two points of the whole space"), audit.out());
    CommandRun other = CommandRun.of("audit", proof, "--network", VANDERPOL);
    assertEquals(1, other.code(), other.out() + other.err());
    JsonNode json = new ObjectMapper().readTree(run(ask, "--json", "-").out());
    assertEquals("HOLDS", json.get("verdict").textValue());
    for (String field : List.of("radius", "certified", "maxRadius")) {
      assertEquals("inf", json.get(field).textValue(), field);
    }
  }

  @Test
  void aRefutedModelHasItsRadius() throws IOException {
    List<String> ask = List.of("--network", VANDERPOL, "--center", "0,0");
    CommandRun check =
        run(List.of("check", "local", "--radius", "inf"), ask.toArray(String[]::new));
    assertEquals(1, check.code(), check.err());
    assertTrue(check.out().startsWith("REFUTED on the whole space"), check.out());
    List<String> radius = new ArrayList<>(List.of("radius", "local"));
    radius.addAll(ask);
    CommandRun whole = run(radius, "--max-radius", "inf");
    CommandRun ten = run(radius);
    assertEquals(0, whole.code(), whole.err());
    String exactly = ten.out().lines().filter(l -> l.contains("exactly")).findFirst().orElseThrow();
    assertTrue(whole.out().contains(exactly), whole.out());
    assertTrue(whole.out().contains("not one-to-one on the whole space"), whole.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "radius local --solver tree | 69 | certifier tree answers no questions about the whole space",
        "radius local --solver splitting | 69 | certifier splitting answers no",
        "radius local --solver ortools-scip | 69 | answers no questions about the whole space",
        "radius local --strategy tree | 69 | certifier tree answers no",
        "radius pseudo | 65 | for problem pseudo; give a finite radius",
        "radius local --outputs 0 | 65 | choose outputs",
        "radius local --noise 1e-3 --within 1 | 65 | without noise",
        "radius local --domain -1:1,-1:1 | 65 | without a domain",
        "radius local --plot {plot} | 65 | --plot draws no whole space",
        "sweep local --grid -1:1:2,-1:1:2 --out {out} | 65 | for `crease radius local`; give a number",
      })
  void othersRefuse(String command, int code, String why) {
    String line =
        command
            .replace("{plot}", folder.resolve("p.svg").toString())
            .replace("{out}", folder.resolve("o.jsonl").toString());
    List<String> ask = new ArrayList<>(List.of(line.split(" ")));
    if (!line.startsWith("sweep")) {
      ask.addAll(List.of("--center", "0,0"));
    }
    CommandRun run = run(ask, "--max-radius", "inf", "--network", VANDERPOL);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(why), run.err());
  }

  @Test
  void otherCommandsAndLargerNetworksRefuse() {
    for (String command : List.of("spread", "lipschitz")) {
      CommandRun run =
          CommandRun.of(
              command, "local", "--network", VANDERPOL, "--center", "0,0", "--radius", "inf");
      if (command.equals("lipschitz")) {
        run = CommandRun.of(command, "--network", VANDERPOL, "--center", "0,0", "--radius", "inf");
      }
      assertEquals(65, run.code(), run.err());
      assertTrue(run.err().contains("--radius inf is for `crease check local`"), run.err());
    }
    CommandRun four =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            "../examples/cartpole.onnx",
            "--center",
            "0,0,0,0",
            "--max-radius",
            "inf");
    assertEquals(65, four.code());
    assertTrue(four.err().contains("up to 3 inputs"), four.err());
  }
}
