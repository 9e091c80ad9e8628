package dev.crease.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crease.BadInput;
import dev.crease.certify.StopReason;
import dev.crease.cli.CommandRun;
import dev.crease.cli.session.Interruption;
import dev.crease.formats.NetworkFiles;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code crease sweep}. */
class SweepTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] GRID = {"--grid=-1:1:3,0:1:2"};
  private static final int CENTERS = 6;

  @TempDir private Path folder;
  private String fold = "";
  private Path out = Path.of("");
  private Path csv = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("fold.json");
    Files.writeString(file, CommandRun.FOLD);
    fold = file.toString();
    out = folder.resolve("out.jsonl");
    csv = folder.resolve("out.csv");
  }

  private String[] command(String... more) {
    return Stream.concat(
            Stream.of("sweep", "local", "--network", fold, "--out", out.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private CommandRun sweep(String... more) {
    return CommandRun.of(command(more));
  }

  /** With the CSV, on the grid. */
  private CommandRun grid(String... more) {
    return sweep(
        Stream.concat(Stream.of(GRID[0], "--csv", csv.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  /** The header, and the lines in the order of their centres, without their times. */
  private List<JsonNode> lines() throws IOException {
    String text = Files.readString(out);
    assertTrue(text.endsWith("\n"), text);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(((ObjectNode) JSON.readTree(line)).without("seconds"));
      }
    }
    lines.subList(1, lines.size()).sort(Comparator.comparingInt(l -> l.get("index").asInt()));
    return lines;
  }

  private List<Integer> indices() throws IOException {
    return lines().stream().skip(1).map(line -> line.get("index").asInt()).toList();
  }

  @Test
  void writesAHeaderAndALineForEachCentre() throws IOException {
    CommandRun run = grid();
    assertEquals(0, run.code(), run.err());
    List<JsonNode> lines = lines();
    assertEquals(1 + CENTERS, lines.size());
    JsonNode header = lines.get(0);
    assertEquals("crease-sweep/2", header.get("schema").asText());
    JsonNode question = header.get("question");
    assertEquals(
        NetworkHash.sha256(NetworkFiles.read(Path.of(fold))),
        question.get("networks").get(0).asText());
    assertEquals("local", question.get("problem").asText());
    assertEquals("inf", question.get("norm").asText());
    assertEquals(CENTERS, question.get("centers").get("count").asInt());
    assertEquals(1, question.get("options").get("threads").asInt());
    double[][] centers = {{-1, 0}, {-1, 1}, {0, 0}, {0, 1}, {1, 0}, {1, 1}};
    double[] radii = {1, 1, 0, 0, 1, 1};
    for (int i = 0; i < CENTERS; i++) {
      JsonNode line = lines.get(1 + i);
      assertEquals(i, line.get("index").asInt());
      assertEquals(centers[i][0], line.get("center").get(0).asDouble());
      assertEquals(centers[i][1], line.get("center").get(1).asDouble());
      assertEquals(radii[i], line.get("certified").asDouble(), 1e-9);
      for (String name :
          List.of(
              "refuted",
              "witness",
              "exact",
              "assurance",
              "engine",
              "stop",
              "statistics",
              "notes")) {
        assertTrue(line.has(name), name);
      }
    }
  }

  @Test
  void csvHasAFixedHeaderAndTheSameLines() throws IOException {
    grid();
    List<String> rows = Files.readAllLines(csv);
    assertEquals("index,x0,x1,certified,claimed,refuted,engine,stop,seconds", rows.get(0));
    assertEquals(1 + CENTERS, rows.size());
    List<String> shown =
        rows.stream().skip(1).sorted().map(row -> row.replaceAll(",[^,]*$", "")).toList();
    assertEquals("2,0.0,0.0,0.0,,0.0,regions,COMPLETE", shown.get(2));
    List<Integer> order = new ArrayList<>();
    for (String line : Files.readAllLines(out).subList(1, rows.size())) {
      order.add(JSON.readTree(line).get("index").asInt());
    }
    assertEquals(order, rows.stream().skip(1).map(r -> Integer.valueOf(r.split(",")[0])).toList());
  }

  @Test
  void csvQuotesTheNamesOfRaces() throws IOException {
    SweepTable table =
        SweepTable.at(csv, List.of("x0"), List.of(new double[] {0.5}), Optional.empty());
    table.start(List.of());
    table.add(
        new SweepLine(
            0,
            0,
            OptionalDouble.of(0.5),
            OptionalDouble.empty(),
            "a,b",
            StopReason.FAILED,
            0.25,
            Optional.of("why")));
    assertEquals(
        "index,x0,certified,claimed,refuted,engine,stop,seconds\n0,0.5,0.0,0.5,,\"a,b\",FAILED,0.25\n",
        Files.readString(csv));
  }

  @Test
  void saysInTheEndWhatWasFound() {
    CommandRun run = grid("--jobs", "3");
    assertEquals(
        """
        local invertibility of fold, norm inf, at 6 centres
          network    FOLD, network hash HASH
          answered   6 of 6 in OUT
          certified  4 with a radius above 0
          refuted    6 with a collision
          closed     6 with a complete answer
          failed     0
          smallest   0 at (0, 0), centre 2, and 1 more
          above 0    0.9999 at (-1, 0), centre 0, and 3 more
          6 answered now, 3 at once, TIME
          note: auto chose regions: up to three inputs, where geometry is exact and quick
        """,
        run.stableOut()
            .replace(fold, "FOLD")
            .replace(out.toString(), "OUT")
            .replaceAll("hash [0-9a-f]{16}\\b", "hash HASH")
            .replaceAll("0\\.9999\\d+ ", "0.9999 "));
  }

  @Test
  void isTheSameForAnyNumberOfJobs() throws IOException {
    grid("--jobs", "1");
    List<JsonNode> one = lines();
    grid("--restart", "--jobs", "4");
    assertEquals(one, lines());
  }

  @Test
  void goesOnWhereverTheLastLineWasTorn() throws IOException {
    grid();
    byte[] whole = Files.readAllBytes(out);
    int last = whole.length - 1;
    while (whole[last - 1] != '\n') {
      last--;
    }
    ObjectNode header = (ObjectNode) JSON.readTree(Files.readAllLines(out).get(0));
    for (int size = last; size < whole.length; size++) {
      Files.write(out, Arrays.copyOf(whole, size));
      try (SweepFile file = new SweepFile(out, header, CENTERS, false)) {
        assertEquals(CENTERS - 1, file.lines().size(), "cut at byte " + size);
      }
      assertArrayEquals(Arrays.copyOf(whole, last), Files.readAllBytes(out));
    }
    try (SweepFile file = new SweepFile(Files.write(out, whole), header, CENTERS, false)) {
      assertEquals(CENTERS, file.lines().size());
    }
    assertArrayEquals(whole, Files.readAllBytes(out));
  }

  @Test
  void goesOnWhereverTheHeaderWasTorn() throws IOException {
    grid();
    String first = Files.readAllLines(out).get(0);
    ObjectNode header = (ObjectNode) JSON.readTree(first);
    for (int size = 0; size <= first.length(); size++) {
      Files.writeString(out, first.substring(0, size));
      new SweepFile(out, header, CENTERS, false).close();
      assertEquals(first + "\n", Files.readString(out), "cut at byte " + size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5})
  void doesOnlyWhatIsMissing(int kept) throws IOException {
    grid();
    List<JsonNode> whole = lines();
    List<String> text = Files.readAllLines(out);
    String left = String.join("\n", text.subList(0, 1 + kept)) + "\n";
    // A line that does not parse although it has an end.
    Files.writeString(out, left + text.get(1 + kept).substring(0, 40) + "\n");
    Files.writeString(csv, "torn");
    CommandRun run = grid();
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("  " + (CENTERS - kept) + " answered now, "), run.out());
    assertTrue(Files.readString(out).startsWith(left));
    assertEquals(whole, lines());
    assertEquals(1 + CENTERS, Files.readAllLines(csv).size());
  }

  @Test
  void doesNothingWhenAllIsDone() throws IOException {
    grid();
    byte[] before = Files.readAllBytes(out);
    byte[] table = Files.readAllBytes(csv);
    CommandRun run = grid();
    assertEquals(0, run.code());
    assertTrue(run.out().contains("6 of 6 in " + out + ", 6 of them before\n"), run.out());
    assertArrayEquals(before, Files.readAllBytes(out));
    assertArrayEquals(table, Files.readAllBytes(csv));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--norm 1 | norm",
        "--max-radius 0.5 | maxRadius",
        "--seed 1 | options",
        "--time-limit 1h | options",
        "--param a=b | options",
        "--steps 2 | preparation",
        "--outputs 1,0 | preparation",
      })
  void refusesAFileWithAnotherQuestion(String flags, String what) throws IOException {
    grid();
    byte[] before = Files.readAllBytes(out);
    CommandRun run = grid(flags.split(" "));
    assertEquals(65, run.code(), run.err());
    assertEquals(
        "crease: "
            + out
            + " holds another question, with other "
            + what
            + "; name another --out, or --restart\n",
        run.err());
    assertArrayEquals(before, Files.readAllBytes(out));
    assertEquals(
        0,
        grid(Stream.of(flags.split(" "), new String[] {"--restart"})
                .flatMap(Arrays::stream)
                .filter(flag -> !flags.startsWith("--param"))
                .toArray(String[]::new))
            .code());
  }

  @Test
  void refusesAFileWithOtherCentresOrNetworks() throws IOException {
    grid();
    CommandRun centers = sweep("--grid=-1:1:3,0:2:2");
    assertTrue(centers.err().contains("with other centers; "), centers.err());
    Files.writeString(Path.of(fold), CommandRun.FOLD.replace("[[1, 0]", "[[2, 0]"));
    CommandRun network = grid();
    assertEquals(65, network.code());
    assertTrue(network.err().contains("with other networks; "), network.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"my notes", "my notes\n", "{\"schema\":\"crease-result/1\"}\n", "\n"})
  void leavesFilesOfOthersAlone(String content) throws IOException {
    Files.writeString(out, content);
    CommandRun run = grid();
    assertEquals(65, run.code());
    assertEquals(
        "crease: --out "
            + out
            + " is there and not from crease sweep; name another, or --restart\n",
        run.err());
    assertEquals(content, Files.readString(out));
  }

  @Test
  void refusesAnEarlierFormat() throws IOException {
    String earlier = "{\"schema\":\"crease-sweep/1\",\"question\":{}}\n";
    Files.writeString(out, earlier);
    CommandRun run = grid();
    assertEquals(65, run.code());
    assertEquals(
        "crease: "
            + out
            + " is in the format crease-sweep/1, and this Crease writes crease-sweep/2; name another"
            + " --out, or --restart\n",
        run.err());
    assertEquals(earlier, Files.readString(out));
  }

  @Test
  void whatASolverClaimsIsApart() throws IOException {
    String[] solver = {"--solver", "ortools-highs", "--strategy", "direct"};
    CommandRun claimed = grid(solver);
    assertEquals(2, claimed.code(), claimed.err());
    assertTrue(claimed.out().contains("  claimed    "), claimed.out());
    assertTrue(claimed.out().contains("  closed     4 with a complete answer"), claimed.out());
    JsonNode line = lines().get(1);
    assertEquals("CLAIMED", line.get("stop").asText());
    assertTrue(line.get("certified").asDouble() < line.get("claimed").get("radius").asDouble());
    CommandRun again = grid(solver);
    assertEquals(2, again.code(), again.err());
    CommandRun other = grid("--solver", "ortools-highs", "--trust", "solver");
    assertTrue(other.err().contains("another question, with other options"), other.err());
    CommandRun taken =
        grid("--restart", "--solver", "ortools-highs", "--strategy", "direct", "--trust", "solver");
    assertEquals(0, taken.code(), taken.out());
    assertTrue(lines().get(1).get("claimed").isNull());
  }

  @Test
  void refusesDamageThatNoKillMakes() throws IOException {
    grid();
    List<String> lines = Files.readAllLines(out);
    Files.writeString(out, String.join("\n", lines).replace(lines.get(2), "{}") + "\n");
    assertTrue(grid().err().contains(", line 3 is damaged; "), grid().err());
    Files.writeString(out, String.join("\n", lines).replace(lines.get(2), lines.get(1)) + "\n");
    assertTrue(grid().err().contains(", line 3 repeats centre "), grid().err());
  }

  @Test
  void twoSweepsDoNotWriteToOneFile() throws IOException {
    grid();
    ObjectNode header = (ObjectNode) JSON.readTree(Files.readAllLines(out).get(0));
    SweepFile held = new SweepFile(out, header, CENTERS, false);
    try {
      CommandRun run = grid();
      assertEquals(65, run.code());
      assertTrue(run.err().contains("is being written by another sweep"), run.err());
    } finally {
      held.close();
    }
  }

  @Test
  void whatIsInterruptedIsNotWrittenAndDoneLater() throws IOException {
    Interruption interruption = new Interruption();
    interruption.cancellation().cancel();
    Path map = folder.resolve("map.svg");
    CommandRun run = CommandRun.of(interruption, command(GRID[0], "--plot", map.toString()));
    assertEquals(2, run.code(), run.err());
    assertEquals(List.of(), indices());
    assertTrue(
        run.out().contains("0 of 6 in " + out + "; interrupted: the same command does the rest"),
        run.out());
    assertTrue(run.out().contains("no picture: interrupted"), run.out());
    assertFalse(Files.exists(map));
    assertEquals(0, grid().code());
    assertEquals(List.of(0, 1, 2, 3, 4, 5), indices());
  }

  @Test
  void whatIsStoppedBeforeIsUndecided() throws IOException {
    CommandRun run =
        CommandRun.of(
            "sweep",
            "local",
            "--network",
            "../examples/brusselator-b.onnx",
            "--fix",
            "2=2.1",
            "--grid",
            "1.8:1.8:1,1.2:1.3:2",
            "--solver",
            "ortools-scip",
            "--time-limit",
            "100ms",
            "--out",
            out.toString());
    assertEquals(2, run.code(), run.err());
    assertEquals(List.of(0, 1), indices());
    assertEquals("TIME_LIMIT", lines().get(1).get("stop").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;2,3 | line 1: a centre has 2 numbers, not 1",
        "1,2,3 | line 1: a centre has 2 numbers, not 3",
        "x,y;# c;;1,2;a,b | line 5: \"a\" is not a number",
        "x,1 | line 1: \"x\" is not a number",
        "x,y,z;1,2 | line 1: a centre has 2 numbers, not 3",
        "1,2;3, | line 2: \"\" is not a number",
        "1,NaN | line 1: NaN is not a finite number",
        "1,1e999 | line 1: 1e999 is not a finite number",
        "x,y | holds no centres; write one a line, like 0.5,1.25",
        "# 1,2 | holds no centres",
      })
  void refusesCentresWithFileAndLine(String lines, String message) throws IOException {
    Path file = folder.resolve("centers.csv");
    Files.writeString(file, lines.replace(';', '\n'));
    CommandRun run = sweep("--centers", file.toString());
    assertEquals(65, run.code(), run.err());
    assertTrue(run.err().startsWith("crease: " + file), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void readsCentresBelowAHeader() throws IOException {
    Path file = folder.resolve("centers.csv");
    Files.writeString(file, "\uFEFF# from the lab\nx, y\r\n\r\n 1 , 2e-1\r\n#3,4\n-5,6");
    assertEquals(0, sweep("--centers", file.toString()).code());
    List<JsonNode> lines = lines();
    assertEquals("[1.0,0.2]", lines.get(1).get("center").toString());
    assertEquals("[-5.0,6.0]", lines.get(2).get("center").toString());
    assertEquals(3, lines.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65 | --grid 0:1:2 | --grid has 1 side, but fold has 2 inputs neither fixed nor shared",
        "65 | --grid 0:1:2,0:1:2,0:1:2 | --grid has 3 sides, but fold has 2 inputs",
        "65 | --grid 0:1:2,0:1 | --grid: 0:1 is not the side of a grid; write it like 0:3:20",
        "65 | --grid 0:1:2,1:0:2 | --grid: 1:0:2 is not the side of a grid",
        "65 | --grid 0:1:2,0:1:0 | --grid: 0:1:0 is not the side of a grid",
        "65 | --grid 0:1:2,0:1:1 | --grid: 0:1:1 is not the side of a grid",
        "65 | --grid 0:1:2,0:0:2 | --grid: 0:0:2 is not the side of a grid",
        "65 | --grid 0:1:2,0:1:1.5 | --grid: 0:1:1.5 is not the side of a grid",
        "65 | --grid 0:1:2,0:NaN:2 | --grid: 0:NaN:2 is not the side of a grid",
        "65 | --grid 0:1:2,-1e308:1e308:9 | is not the side of a grid",
        "65 | --grid 0:1:2000,0:1:2000 | --grid has more than 1000000 centres",
        "65 | --centers no.csv | no.csv cannot be read",
        "65 | --trajectory 1,2 | --trajectory 1,2 is not a point and a number of steps",
        "65 | --trajectory 1,2:0 | --trajectory 1,2:0 is not a point and a number of steps",
        "65 | --trajectory 1,a:3 | --trajectory 1,a:3 is not a point and a number of steps",
        "65 | --trajectory 1:3 | starts at a point with 1 numbers, but fold takes 2 inputs",
        "65 | --trajectory 1:3 --fix 0=1 | needs as many outputs as inputs that are not fixed",
        "65 | --trajectory 1:3 --share 0=1:2 | needs a value for each input: use --fix",
        "64 | --jobs 2 | Missing required argument (specify one of these)",
        "64 | --grid 0:1:2,0:1:2 --trajectory 1,2:3 | are mutually exclusive",
        "64 | --domain -1:1,0:1 | Missing required argument (specify one of these): (--centers",
        "65 | {grid} --domain 5:6,0:1 | --domain holds none of the 6 centres",
        "65 | {grid} --domain 0:1 | the domain has 1 side, the centre 2 entries",
        "65 | {grid} --domain 0:1,1:0 | --domain: 1:0 is not the side of a box",
        "65 | {grid} --domain sidecar | --domain sidecar: beside",
        "65 | {grid} --jobs 0 | --jobs 0 is not a positive number",
        "65 | {grid} --plot a.pdf | --plot a.pdf is of no known kind",
        "65 | {grid} --csv {out} | --out and --csv both write ",
        "65 | {grid} --csv /nonexistent/a.csv | --csv /nonexistent/a.csv cannot be written",
        "65 | {grid} --out /nonexistent/a | --out /nonexistent/a cannot be written",
        "65 | {grid} --max-radius 0 | the largest radius cannot be 0.0",
        "65 | {grid} --solver x | there is no solver x",
        "69 | {grid} --solver ortools-glop | solves linear programs only",
        "65 | {grid} --solver ortools-highs --encoding x | there is no ReLU encoding x",
      })
  void refusesInOneLineAndLeavesNoFile(int code, String flags, String message) throws IOException {
    String[] more = flags.replace("{grid}", GRID[0]).replace("{out}", out.toString()).split(" ");
    // Picocli takes an option once.
    CommandRun run =
        flags.contains("--out")
            ? CommandRun.of(
                Stream.concat(Stream.of("sweep", "local", "--network", fold), Stream.of(more))
                    .toArray(String[]::new))
            : sweep(more);
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(code == 64 ? 2 : 1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(out));
  }

  @Test
  void aGridHasBothEndsAndRoundNumbersBetween() {
    assertArrayEquals(new double[] {0, 1, 2, 3}, CenterOptions.axis("0:3:4"));
    assertArrayEquals(new double[] {-0.3, -0.1, 0.1, 0.3}, CenterOptions.axis("-0.3:0.3:4"), 1e-16);
    assertEquals(0.3, CenterOptions.axis("0:1:11")[3]);
    assertArrayEquals(new double[] {2.5}, CenterOptions.axis("2.5:2.5:1"));
    assertThrows(BadInput.class, () -> CenterOptions.axis("::"));
  }

  @Test
  void aTrajectoryIsWhatTheNetworkMakesOfItsOwnOutputs() throws IOException {
    String network = "../examples/brusselator-b.onnx";
    CommandRun run =
        CommandRun.of(
            "sweep",
            "pseudo",
            "--network",
            network,
            "--fix",
            "2=2.1",
            "--steps",
            "2",
            "--max-radius",
            "0.01",
            "--trajectory",
            "1.5,1.25:4",
            "--out",
            out.toString());
    assertEquals(0, run.code(), run.err());
    ReluNetwork f = NetworkFiles.read(Path.of(network));
    double[] x = {1.5, 1.25};
    List<JsonNode> lines = lines();
    assertEquals(6, lines.size());
    for (JsonNode line : lines.subList(1, 6)) {
      ArrayNode center = (ArrayNode) line.get("center");
      assertArrayEquals(x, new double[] {center.get(0).asDouble(), center.get(1).asDouble()});
      x = f.fixInputs(Map.of(2, 2.1)).evaluate(x);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "map.svg, '--grid=-1:1:3,0:1:2'",
    "map.PNG, '--grid=-1:1:3,0:1:2'",
    "map.svg, '--trajectory=1,0.5:3'"
  })
  void drawsAMap(String name, String centers) throws IOException {
    Path map = folder.resolve(name);
    CommandRun run = sweep(centers, "--plot", map.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("(?s).*  map of \\d centres in .*"), run.out());
    if (name.endsWith("svg")) {
      String svg = Files.readString(map);
      assertTrue(svg.contains("<title>Local invertibility of fold, norm inf</title>"), svg);
      assertEquals(centers.contains("trajectory"), svg.contains("<g id=\"trajectory\">"));
      assertTrue(svg.contains(">x1</text>"));
    } else {
      assertTrue(ImageIO.read(map.toFile()).getWidth() > 800);
    }
  }

  @Test
  void oneInputGivesACurveNamedAsInTheFile() throws IOException {
    Path map = folder.resolve("map.svg");
    CommandRun run =
        sweep("--fix", "0=1", "--outputs", "1", "--grid=-1:1:5", "--plot", map.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.readString(map).contains(">x1</text>"));
  }

  @Test
  void sharedInputsAreNotOfTheCentres() throws IOException {
    CommandRun run =
        sweep("--share", "0=1:2", "--outputs", "1", "--grid=-1:1:2", "--csv", csv.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals(
        "index,x1,certified,claimed,refuted,engine,stop,seconds", Files.readAllLines(csv).get(0));
  }

  /** The fold at x = 0 cuts balls at 1, but not within the domain. */
  @Test
  void aDomainCutsEachBall() throws IOException {
    CommandRun run = grid("--domain", "-0.5:3,0:1");
    assertEquals(70, run.code(), run.err());
    assertTrue(
        run.out()
            .contains(
                "  first error, at centre 0: the centre does not lie in the domain [-0.5, 3] x [0,"
                    + " 1]\n"),
        run.out());
    assertTrue(
        run.out().startsWith("local invertibility of fold, norm inf, in [-0.5, 3] x [0, 1], at 6"),
        run.out());
    String domain = "[[-0.5,3.0],[0.0,1.0]]";
    assertEquals(domain, lines().get(0).get("question").get("domain").toString());
    assertEquals(
        """
        index,x0,x1,certified,claimed,refuted,engine,stop,seconds,domain
        0,-1.0,0.0,0.0,,,regions,FAILED,TIME,"-0.5:3.0,0.0:1.0"
        1,-1.0,1.0,0.0,,,regions,FAILED,TIME,"-0.5:3.0,0.0:1.0"
        2,0.0,0.0,0.0,,0.0,regions,COMPLETE,TIME,"-0.5:3.0,0.0:1.0"
        3,0.0,1.0,0.0,,0.0,regions,COMPLETE,TIME,"-0.5:3.0,0.0:1.0"
        4,1.0,0.0,1.0,,1.0,regions,COMPLETE,TIME,"-0.5:3.0,0.0:1.0"
        5,1.0,1.0,1.0,,1.0,regions,COMPLETE,TIME,"-0.5:3.0,0.0:1.0"
        """,
        Files.readAllLines(csv).stream()
            .sorted(Comparator.comparing(row -> row.startsWith("index") ? "" : row))
            .map(row -> row.replaceFirst("(FAILED|COMPLETE),[^,]*", "$1,TIME") + "\n")
            .map(row -> row.replaceAll("(0|1)\\.(0{8}|9{8})\\d*", "1.0"))
            .collect(Collectors.joining()));
    assertTrue(grid().err().contains("holds another question, with other domain; "));
    CommandRun right = grid("--restart", "--domain", "0:3,0:1");
    assertEquals(70, right.code(), right.err());
    assertEquals(10, lines().get(5).get("certified").asDouble());
  }

  @Test
  void theDomainMayBeThatOfTheTrainingData() throws IOException {
    CommandRun run =
        CommandRun.of(
            "sweep",
            "local",
            "--network",
            "../examples/vanderpol.onnx",
            "--domain",
            "sidecar",
            "--max-radius",
            "0.1",
            "--grid",
            "0:5:2,0:0:1",
            "--out",
            out.toString());
    assertEquals(70, run.code(), run.err());
    assertEquals(
        "[[-3.0,3.0],[-4.0,4.0]]", lines().get(0).get("question").get("domain").toString());
    assertEquals(0.1, lines().get(1).get("certified").asDouble());
    assertTrue(lines().get(2).has("error"));
  }

  @Test
  void threeInputsMakeNoMap() {
    CommandRun run =
        CommandRun.of(
            "sweep",
            "local",
            "--network",
            "../examples/brusselator-b.onnx",
            "--grid",
            "1:1:1,1:1:1,2:2:1",
            "--out",
            out.toString(),
            "--plot",
            folder.resolve("map.svg").toString());
    assertEquals(65, run.code());
    assertEquals(
        "crease: --plot needs centres of one or two numbers, not 3: fix the others with --fix\n",
        run.err());
  }
}
