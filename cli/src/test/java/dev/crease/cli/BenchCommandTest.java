package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.bench.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code crease bench}. */
class BenchCommandTest {

  @TempDir private Path folder;
  private Path out = Path.of("");

  @BeforeEach
  void name() {
    out = folder.resolve("out.jsonl");
  }

  private CommandRun run(Interruption interruption, String... more) {
    return CommandRun.of(
        interruption,
        Stream.concat(Stream.of("bench", "run", "--out", out.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void listsInstancesOfEveryFamily() {
    for (String profile : List.of("quick", "full")) {
      CommandRun list = CommandRun.of("bench", "list", "--profile", profile);
      assertEquals(0, list.code(), list.err());
      for (Family family : Family.values()) {
        assertTrue(list.out().contains(family.label() + "/"), list.out());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "run", "report"})
  void everyCommandHasHelpWithExamples(String command) {
    CommandRun help = CommandRun.of("bench", command, "--help");
    assertEquals(0, help.code());
    assertTrue(help.out().contains("Examples:"), help.out());
    assertFalse(help.out().contains("null"), help.out());
  }

  @Test
  void runsAndReports() throws IOException {
    String[] few = {"--family", "scaling,pruning-calibration", "--backend", "regions,splitting"};
    Path csv = folder.resolve("out.csv");
    CommandRun run =
        run(
            new Interruption(),
            Stream.concat(Stream.of(few), Stream.of("--csv", csv.toString()))
                .toArray(String[]::new));
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("regions"), run.out());
    List<String> lines = Files.readAllLines(out);
    assertEquals(lines.size(), Files.readAllLines(csv).size());
    assertTrue(lines.get(0).startsWith("{\"kind\":\"header\",\"version\":1,"), lines.get(0));
    assertTrue(lines.get(0).contains("\"timeLimit\":5.0"), lines.get(0));
    assertFalse(lines.get(1).contains("WRONG"), lines.get(1));
    // Again, with nothing left to do.
    assertEquals(0, run(new Interruption(), few).code());
    assertEquals(lines, Files.readAllLines(out));

    Path page = folder.resolve("out.html");
    CommandRun report = CommandRun.of("bench", "report", out.toString(), "--out", page.toString());
    assertEquals(0, report.code(), report.err());
    assertTrue(Files.readString(page).contains("scaling/width/2-8-8-2/local/inf"));
  }

  @Test
  void anInterruptedCampaignIsUndecided() throws IOException {
    Interruption interruption = new Interruption();
    interruption.cancellation().cancel();
    CommandRun run = run(interruption, "--backend", "splitting");
    assertEquals(2, run.code(), run.err());
    assertEquals(1, Files.readAllLines(out).size());
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    assertEquals(65, run(new Interruption(), "--profile", "slow").code());
    assertEquals(65, run(new Interruption(), "--family", "horses").code());
    CommandRun backend = run(new Interruption(), "--backend", "abacus");
    assertEquals(65, backend.code());
    assertTrue(backend.err().contains("regions"), backend.err());
    assertFalse(Files.exists(out));
    Files.writeString(out, "no data\n");
    assertEquals(65, run(new Interruption(), "--backend", "splitting").code());
    String page = folder.resolve("out.html").toString();
    assertEquals(65, CommandRun.of("bench", "report", out.toString(), "--out", page).code());
    assertEquals(
        65,
        CommandRun.of("bench", "report", folder.resolve("no").toString(), "--out", page).code());
  }
}
