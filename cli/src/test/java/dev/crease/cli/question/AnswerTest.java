package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.NetworkHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers say which question they answer. */
class AnswerTest {

  private static final String VANDERPOL = "../examples/vanderpol.onnx";
  private static final String BRUSSELATOR = "../examples/brusselator-b.onnx";

  @TempDir private Path folder;

  private static CommandRun vanderpol(String command, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(command.split(" ")),
                Stream.concat(
                    Stream.of("--network", VANDERPOL, "--center", "0.5,0.5"), Stream.of(more)))
            .toArray(String[]::new));
  }

  @Test
  void namesFileHashFixedInputsStepsAndOutputs() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            BRUSSELATOR,
            "--fix",
            "2=2.1",
            "--steps",
            "2",
            "--outputs",
            "1,0",
            "--max-radius",
            "0.01",
            "--center",
            "1.801,1.23");
    String hash = NetworkHash.sha256(NetworkFiles.read(Path.of(BRUSSELATOR)));
    assertEquals(
        "local invertibility of brusselator-b^2 at (1.801, 1.23), norm inf, x2 = 2.1, 2 steps, only"
            + " f1 and f0\n  network    ../examples/brusselator-b.onnx, network hash "
            + hash.substring(0, 16),
        run.out().lines().limit(2).reduce((a, b) -> a + "\n" + b).orElse(""));
    assertTrue(CommandRun.of("info", BRUSSELATOR).out().contains("network hash " + hash));
  }

  @Test
  void jsonNamesTheQuestionAndTheVerdict() throws IOException {
    CommandRun run =
        CommandRun.of(
            "check",
            "local",
            "--radius",
            "0.01",
            "--network",
            BRUSSELATOR,
            "--fix",
            "0=1.5",
            "--share",
            "2=2.1:2.2",
            "--outputs",
            "1",
            "--center",
            "1.23",
            "--json",
            "-");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals("HOLDS", json.get("verdict").asText(), run.err());
    assertEquals(0.01, json.get("radius").asDouble());
    assertEquals(
        "{\"fix\":{\"0\":1.5},\"share\":{\"2\":[2.1,2.2]},\"steps\":1,\"outputs\":[1]}",
        json.get("preparation").toString());
    JsonNode source = json.get("sources").get(0);
    assertEquals(BRUSSELATOR, source.get("file").asText());
    assertEquals(
        NetworkHash.sha256(NetworkFiles.read(Path.of(BRUSSELATOR))), source.get("sha256").asText());
    assertFalse(json.get("network").get("sha256").equals(source.get("sha256")));
    assertTrue(json.get("notes").toString().contains("auto chose "), run.out());
  }

  @Test
  void aRadiusThatHoldsIsPrintedAsItWasAsked() {
    CommandRun holds = vanderpol("check local", "--radius", "0.3");
    assertTrue(holds.out().startsWith("HOLDS up to 0.3\n"), holds.out());
    assertTrue(holds.out().contains("  certified  0.3    "), holds.out());
    CommandRun refuted = vanderpol("check local", "--radius", "5");
    assertTrue(refuted.out().startsWith("REFUTED at 5\n"), refuted.out());
  }

  @Test
  void moreInputsThanOutputsAreNowhereOneToOne() {
    String hopeless = "more inputs (2) than outputs (1): nowhere one-to-one; use --fix or --share";
    for (String solver : new String[] {"regions", "ortools-highs"}) {
      CommandRun run = vanderpol("radius local", "--outputs", "0", "--solver", solver);
      assertEquals(2, run.out().split("nowhere one-to-one", -1).length, run.out());
      assertTrue(run.out().contains("  " + hopeless), run.out());
      assertFalse(run.out().contains("exactly"), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"regions", "splitting"})
  void strategiesAreForSolvers(String engine) {
    CommandRun run =
        vanderpol("radius local", "--max-radius", "0.1", "--strategy", "paper", "--solver", engine);
    assertTrue(run.out().contains("  note: strategy paper was not used: " + engine), run.out());
  }

  @Test
  void theDemoRefusesASolverBeforeItSaysAnything() {
    CommandRun run = CommandRun.of("demo", "--solver", "nosuch");
    assertEquals(65, run.code());
    assertEquals("", run.out());
  }

  @Test
  void filesHaveTheModeOfOtherNewFiles() throws IOException {
    Path json = folder.resolve("out.json");
    vanderpol("radius local", "--max-radius", "0.1", "--json", json.toString());
    Path other = Files.createFile(folder.resolve("other"));
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(json));
  }
}
