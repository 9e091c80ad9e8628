package dev.crease.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.campaign.Family;
import dev.crease.cli.CommandRun;
import dev.crease.cli.session.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
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
      for (Family family : EnumSet.complementOf(EnumSet.of(Family.SPIKES))) {
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
    assertTrue(lines.get(0).startsWith("{\"kind\":\"header\",\"version\":3,"), lines.get(0));
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
  void saysHowMuchRoundsDiffer() {
    String[] round = {"--family", "scaling", "--backend", "regions", "--seeds", "2"};
    CommandRun run =
        run(
            new Interruption(),
            Stream.concat(Stream.of(round), Stream.of("--repeats", "2")).toArray(String[]::new));
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("12 of 12 cells"), run.out());
    assertTrue(
        Pattern.compile("regions +12 .* \\[[0-9.]+, [0-9.]+\\]").matcher(run.out()).find(),
        run.out());
  }

  @Test
  void tellsOfSpikesWayByWay() {
    CommandRun run =
        run(
            new Interruption(),
            "--profile",
            "spikes",
            "--instances",
            "2",
            "--backend",
            "ortools-highs");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("2 of 2 cells"), run.out());
    assertTrue(
        Pattern.compile("ortools-highs +direct +big-m +1 +0 ").matcher(run.out()).find(),
        run.out());
    assertTrue(run.out().contains("refused/limit"), run.out());
    assertFalse(run.out().contains("at its defaults"), run.out());
  }

  @Test
  void reportsWhatJmhMeasuredBesideOneCampaign() throws IOException {
    Path jmh =
        Files.writeString(
            folder.resolve("jmh.json"),
            "[{\"benchmark\":\"a.Some.radius\",\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ms/op\"}}]");
    Path campaign =
        Files.writeString(
            folder.resolve("some.jsonl"),
            "{\"kind\":\"header\",\"version\":3,\"timeLimit\":5}\n"
                + "{\"kind\":\"run\",\"cell\":\"c\",\"instance\":\"the-instance\",\"family\":\"f\","
                + "\"backend\":\"b\",\"outcome\":\"SOLVED\",\"seconds\":1}\n");
    String page = folder.resolve("out.html").toString();
    CommandRun alone = CommandRun.of("bench", "report", jmh.toString(), "--out", page);
    assertEquals(0, alone.code(), alone.err());
    assertTrue(Files.readString(Path.of(page)).contains("Some.radius"));
    CommandRun both =
        CommandRun.of("bench", "report", jmh.toString(), campaign.toString(), "--out", page);
    assertEquals(0, both.code(), both.err());
    assertTrue(Files.readString(Path.of(page)).contains("Some.radius"));
    assertTrue(Files.readString(Path.of(page)).contains("the-instance"));
    CommandRun two =
        CommandRun.of("bench", "report", campaign.toString(), campaign.toString(), "--out", page);
    assertEquals(65, two.code());
    assertTrue(two.err().contains("second campaign"), two.err());
    Files.writeString(jmh, "[{\"benchmark\":1}]");
    CommandRun bad = CommandRun.of("bench", "report", jmh.toString(), "--out", page);
    assertEquals(65, bad.code());
    assertTrue(bad.err().contains("jmh.json"), bad.err());
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
    assertEquals(65, run(new Interruption(), "--seeds", "0").code());
    assertEquals(65, run(new Interruption(), "--repeats", "-1").code());
    CommandRun spikes = run(new Interruption(), "--instances", "5");
    assertEquals(65, spikes.code());
    assertTrue(spikes.err().contains("--profile spikes"), spikes.err());
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
