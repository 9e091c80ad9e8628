package dev.crease.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import dev.crease.BadInput;
import dev.crease.Cancellation;
import dev.crease.campaign.report.ReportPage;
import dev.crease.choose.CertifierRegistry;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Build BUILD =
      new Build(
          "crease 0",
          "c0ffee",
          new TreeMap<>(Map.of("crease-api.jar", "01", "other.jar", "02")),
          Map.of("other", "other.jar"));
  private static final Backends.Backend SPLITTING =
      new Backends.Backend("splitting", "built in", false, false);

  @TempDir private Path folder;
  private Path out = Path.of("");

  @BeforeEach
  void name() {
    out = folder.resolve("out.jsonl");
  }

  /** Takes the lines, and cancels after some. */
  private static final class Lines implements Campaign.Listener {
    private final List<Run> lines = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private final int most;

    Lines(int most) {
      this.most = most;
    }

    @Override
    public void tick(Cell cell, int done, int total) {
      assertTrue(done < total);
    }

    @Override
    public void done(Run line) {
      lines.add(line);
      if (lines.size() == most) {
        cancellation.cancel();
      }
    }
  }

  private static Campaign campaign(CertifierRegistry registry, Duration limit, String... ids) {
    List<Backends.Backend> all = new ArrayList<>(List.of(SPLITTING));
    for (String id : ids) {
      all.add(new Backends.Backend(id, "1", false, false));
    }
    return new Campaign(new Backends(registry, all), "test", limit, BUILD, Map.of());
  }

  private static Campaign campaign() {
    return campaign(Registries.splitting(), LIMIT);
  }

  private static Instance instance(String id) {
    return Suite.all().stream().filter(i -> i.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Cell> cells(String backend, String... ids) {
    List<Cell> cells = new ArrayList<>();
    for (String id : ids) {
      cells.add(
          new Cell(
              instance(id), Configuration.base(new Backends.Backend(backend, "1", false, false))));
    }
    return cells;
  }

  private static final String[] SMALL = {
    "scaling/line/1-10-10-1/pseudo/inf", "scaling/width/2-8-8-2/pseudo/inf", "residual/d4/h5/r5"
  };

  private Lines run(Campaign campaign, List<Cell> cells, int most) {
    Lines lines = new Lines(most);
    campaign.run(cells, out, lines.cancellation, lines);
    return lines;
  }

  private List<JsonNode> file() throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @Test
  void writesAHeaderAndALineForEachCell() throws IOException {
    run(campaign(), cells("splitting", SMALL), -1);
    List<JsonNode> lines = file();
    assertEquals(4, lines.size());
    JsonNode header = lines.get(0);
    assertEquals("header", header.path("kind").asText());
    assertEquals("test", header.path("profile").asText());
    assertEquals(5, header.path("timeLimit").asDouble());
    assertEquals("built in", header.path("backends").path("splitting").asText());
    assertTrue(header.path("machine").path("cores").asInt() > 0);
    assertEquals("crease 0", header.path("crease").asText());
    assertEquals("c0ffee", header.path("commit").asText());
    assertEquals("01", header.path("jars").path("crease-api.jar").asText());
    JsonNode residual = lines.get(3);
    assertEquals("run", residual.path("kind").asText());
    assertEquals("residual/d4/h5/r5@splitting", residual.path("cell").asText());
    assertEquals("SOLVED", residual.path("outcome").asText());
    assertEquals(5, residual.path("certified").asDouble());
    assertEquals(5, residual.path("truth").asDouble());
    assertEquals("construction", residual.path("truthSource").asText());
    assertEquals("RIGOROUS", residual.path("assurance").asText());
    assertTrue(residual.path("deltaIsRigorous").asBoolean());
    assertEquals(1, residual.path("seed").asInt());
    assertFalse(residual.has("refuted"));
    assertTrue(lines.get(1).has("refuted"));
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    List<Cell> cells = cells("splitting", SMALL);
    assertEquals(1, run(campaign(), cells, 1).lines.size());
    assertEquals(2, file().size());
    assertEquals(2, run(campaign(), cells, -1).lines.size());
    assertEquals(4, file().size());
    assertEquals(0, run(campaign(), cells, -1).lines.size());
    assertEquals(4, file().size());
  }

  @Test
  void dropsATornLastLine() throws IOException {
    List<Cell> cells = cells("splitting", SMALL);
    run(campaign(), cells, 1);
    String whole = Files.readString(out);
    Files.writeString(out, "{\"kind\":\"run\",\"ce", StandardOpenOption.APPEND);
    run(campaign(), cells.subList(0, 1), -1);
    assertEquals(whole, Files.readString(out));
    Files.writeString(out, "{\"kind\":\"run\",\"ce\n", StandardOpenOption.APPEND);
    run(campaign(), cells.subList(0, 1), -1);
    assertEquals(whole, Files.readString(out));
  }

  @Test
  void refusesDamageInTheMiddleAndOtherCampaigns() throws IOException {
    List<Cell> cells = cells("splitting", SMALL);
    run(campaign(), cells, -1);
    String whole = Files.readString(out);
    BadInput other =
        assertThrows(
            BadInput.class,
            () -> run(campaign(Registries.splitting(), Duration.ofSeconds(6)), cells, -1));
    assertTrue(other.getMessage().contains("timeLimit"), other.getMessage());
    assertEquals(whole, Files.readString(out));
    Files.writeString(out, whole.replaceFirst("\"kind\":\"run\",\"cell", "\"kind\":\"run\",c"));
    assertThrows(BadInput.class, () -> run(campaign(), cells, -1));
    Files.writeString(out, "something else\n");
    assertThrows(BadInput.class, () -> run(campaign(), cells, -1));
    assertEquals("something else\n", Files.readString(out));
  }

  private Lines goOn(Build build, Map<String, String> settings, String... ids) {
    List<Backends.Backend> all = new ArrayList<>(List.of(SPLITTING));
    for (String id : ids) {
      all.add(new Backends.Backend(id, "2", false, false));
    }
    Campaign campaign =
        new Campaign(new Backends(Registries.splitting(), all), "test", LIMIT, build, settings);
    return run(campaign, cells("splitting", SMALL), -1);
  }

  private static Build build(String commit, String api, String other) {
    return new Build(
        "crease 0",
        commit,
        new TreeMap<>(Map.of("crease-api.jar", api, "other.jar", other)),
        Map.of("other", "other.jar"));
  }

  @Test
  void goesOnThoughABackendThatIsNotAskedIsAnother() {
    run(campaign(Registries.splitting(), LIMIT, "other"), cells("splitting", SMALL), 1);
    Map<String, String> settings = Map.of("crease.other.parameters.a", "1");
    assertEquals(2, goOn(build("c0ffee", "01", "03"), settings, "other", "more").lines.size());
    assertEquals(0, goOn(build("c0ffee", "01", "03"), Map.of()).lines.size());
  }

  @Test
  void doesNotGoOnWithAnotherBuild() {
    run(campaign(), cells("splitting", SMALL), 1);
    for (Build other : List.of(build("decaf", "01", "02"), build("c0ffee", "03", "02"))) {
      BadInput error = assertThrows(BadInput.class, () -> goOn(other, Map.of()));
      String what = other.commit().equals("decaf") ? "commit" : "jar crease-api.jar";
      assertTrue(error.getMessage().contains(what), error.getMessage());
    }
    Map<String, String> settings = Map.of("crease.splitting.parameters.a", "1");
    BadInput error = assertThrows(BadInput.class, () -> goOn(BUILD, settings));
    assertTrue(error.getMessage().contains("settings"), error.getMessage());
  }

  @Test
  void doesNotGoOnInAnEarlierFormat() throws IOException {
    Files.writeString(out, "{\"kind\":\"header\",\"version\":1}\n");
    BadInput error = assertThrows(BadInput.class, () -> goOn(BUILD, Map.of()));
    assertTrue(error.getMessage().contains("version 1"), error.getMessage());
  }

  @Test
  void knowsWhatItWasBuiltFrom() {
    Build here = Build.here("0", ConfigFactory.empty());
    assertTrue(here.commit().matches("[0-9a-f]{40}(-dirty)?|unknown"), here.commit());
    assertTrue(here.jars().size() > 1, here.jars().toString());
    assertTrue(here.jars().values().stream().allMatch(h -> h.matches("[0-9a-f]{64}")));
  }

  @Test
  void everySeedAndRepeatIsALineOfItsOwn() throws IOException {
    Cell cell = cells("splitting", SMALL[0]).get(0);
    List<Cell> rounds = List.of(cell, cell.again(2, 1), cell.again(1, 2), cell.again(2, 2));
    run(campaign(), rounds, 3);
    assertEquals(1, run(campaign(), rounds, -1).lines.size());
    assertEquals(
        List.of("", "#2.1", "#1.2", "#2.2"),
        file().subList(1, 5).stream()
            .map(line -> line.path("cell").asText().substring(cell.id().length()))
            .toList());
    assertEquals(2, cell.again(2, 1).options(LIMIT, new Cancellation()).seed());
  }

  @Test
  void truthsComeFromTheExactEngine() throws IOException {
    // Named as the exact engine is; what it says is that of splitting, at half the radius.
    Campaign campaign =
        campaign(Registries.with("regions", Certifiers.Half.class), LIMIT, "regions");
    run(campaign, cells("splitting", SMALL[1]), -1);
    JsonNode line = file().get(1);
    assertEquals("regions", line.path("truthSource").asText());
    assertEquals("WRONG", line.path("outcome").asText());
    assertTrue(line.path("message").asText().contains("beyond the true"), line.toString());
  }

  @Test
  void refusalsFailuresAndTimeOutsAreKept() throws IOException {
    run(
        campaign(Registries.with("refusing", Certifiers.Refusing.class), LIMIT, "refusing"),
        cells("refusing", SMALL[0]),
        -1);
    assertEquals("REFUSED", file().get(1).path("outcome").asText());
    assertEquals("not this", file().get(1).path("message").asText());
    Files.delete(out);
    run(
        campaign(Registries.with("failing", Certifiers.Failing.class), LIMIT, "failing"),
        cells("failing", SMALL[0]),
        -1);
    assertEquals("FAILED", file().get(1).path("outcome").asText());
    Files.delete(out);
    run(
        campaign(Registries.with("slow", Certifiers.Slow.class), Duration.ofMillis(100), "slow"),
        cells("slow", SMALL[0]),
        -1);
    assertEquals("TIMEOUT", file().get(1).path("outcome").asText());
  }

  @Test
  void aClaimThatIsWrongIsNoFaultOfCrease() {
    String wrong =
        "{\"kind\":\"run\",\"cell\":\"c\",\"instance\":\"i\",\"family\":\"f\",\"backend\":\"b\","
            + "\"outcome\":\"WRONG\",\"seconds\":1,\"truth\":2,";
    assertFalse(run(wrong + "\"certified\":1,\"claimed\":2.5}").isFault());
    assertTrue(run(wrong + "\"certified\":2.25,\"claimed\":2.5}").isFault());
    assertTrue(run(wrong + "\"certified\":2.25}").isFault());
    assertTrue(run(wrong + "\"certified\":1,\"claimed\":1.25,\"refuted\":1.5}").isFault());
  }

  private static Run run(String line) {
    return RawLines.read(RawLines.parse(line), Run.class);
  }

  @Test
  void tablesAndScoresKeepWhatWasNotSolved() throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    for (String[] row :
        new String[][] {
          {"SOLVED", "1"},
          {"SOLVED", "3"},
          {"TIMEOUT", "5"},
          {"REFUSED", "0"},
          {"WRONG", "0.1"},
          {"CLAIMED", "2"},
          {"WITHOUT_SOLVER", "0.5"}
        }) {
      ObjectNode line = JSON.createObjectNode();
      line.put("kind", "run").put("cell", "a,b@c").put("instance", "i").put("family", "f");
      line.put("backend", "b").put("outcome", row[0]).put("seconds", Double.parseDouble(row[1]));
      lines.add(line);
    }
    List<Run> runs = lines.stream().map(line -> RawLines.read(line, Run.class)).toList();
    Score score = Score.of(runs, 5);
    assertEquals(2, score.count(Outcome.SOLVED));
    assertEquals(5, score.total());
    assertEquals(1, score.count(Outcome.CLAIMED));
    assertEquals(3, score.solved());
    assertEquals(2, score.median().getAsDouble());
    assertEquals((1 + 3 + 2 + 10 + 10) / 5.0, score.par2().getAsDouble());
    assertEquals(0.5, score.medianWithoutSolver().getAsDouble());
    assertTrue(Table.csv(runs).contains("\n\"a,b@c\",i,f,,"));
    StringWriter page = new StringWriter();
    List<String> raw = new ArrayList<>();
    raw.add("{\"kind\":\"header\",\"version\":1,\"timeLimit\":5}");
    for (ObjectNode line : lines) {
      raw.add(line.put("cell", "cell" + raw.size()).toString());
    }
    ReportPage.write(raw, page);
    assertFalse(page.toString().isEmpty());
  }
}
