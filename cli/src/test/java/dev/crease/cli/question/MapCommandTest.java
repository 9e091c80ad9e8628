package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import dev.crease.cli.session.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapCommandTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    put("fold.json", CommandRun.FOLD);
    // What is computed from the fold: (|x| + 2 y, max(0, |x| - 1)).
    put(
        "after.json",
        """
        {"layers": [
          {"weights": [[1, 0], [-1, 0], [0, 1], [0, -1]], "bias": [0, 0, 0, 0],
           "activation": "relu"},
          {"weights": [[1, 1, 2, -2], [-1, -1, -2, 2], [1, 1, 0, 0]], "bias": [0, 0, -1],
           "activation": "relu"},
          {"weights": [[1, -1, 0], [0, 0, 1]], "bias": [0, 0], "activation": "linear"}
        ]}
        """);
    put("y.csv", "a,b\n1,0.25\n0.1,-0.125 # comment\n\n9,0\n");
  }

  private String put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private CommandRun inverse(String... more) {
    return run(List.of("inverse", "--network", at("fold.json"), "--center", "1,0.25"), more);
  }

  private static CommandRun run(List<String> first, String... more) {
    return CommandRun.of(Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private String stable(CommandRun run) {
    return run.stableOut()
        .replace(folder.toString() + "/", "")
        .replaceAll("hash [0-9a-f]{16}\\b", "hash HASH");
  }

  @Test
  void turnsOutputsBackIntoStates() {
    CommandRun run = inverse("--radius", "0.9375", "--of", at("y.csv"));
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        inverse of fold on the ball of radius 0.9375 around (1, 0.25), norm inf
          network    fold.json, network hash HASH
          proved     no two points of this ball share an output, by regions (rational arithmetic)
          regions    2
          f0 = 1, f1 = 0.25 -> x0 = 1, x1 = 0.25
          f0 = 0.1, f1 = -0.125 -> x0 = 0.1, x1 = -0.125
          f0 = 9, f1 = 0 -> none: no point of the ball has this output
          3 outputs: 2 of points of the ball, 1 of none
          note: auto chose regions: up to three inputs, where geometry is exact and quick
        """,
        stable(run));
  }

  @Test
  void saysWhatNoiseWouldDo() {
    CommandRun run =
        inverse("--radius", "0.9375", "--of", at("y.csv"), "--noise", "0.125", "--csv", "-");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        f0,f1,x0,x1,found,x0_low,x0_high,x1_low,x1_high
        1.0,0.25,1.0,0.25,exact,0.875,1.125,0.125,0.375
        0.1,-0.125,0.1,-0.125,exact,0.0625,0.225,-0.25,0.0
        9.0,0.0,,,none,,,,
        """,
        run.out());
    assertTrue(run.err().contains("3 outputs: 2 of points of the ball, 1 of none"), run.err());
  }

  @Test
  void takesTheNearestWhereThatIsWanted() throws IOException {
    String file = put("off.csv", "2,0.25\n3,0.25\n");
    CommandRun run =
        inverse("--radius", "0.9375", "--of", file, "--within", "0.5", "--csv", at("out.csv"));
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        f0,f1,x0,x1,found,distance
        2.0,0.25,1.9375,0.25,nearest,0.0625
        3.0,0.25,,,none,1.0625
        """,
        Files.readString(folder.resolve("out.csv")));
    assertTrue(run.out().contains("2 outputs: 0 of points of the ball, 1 near to one, 1 of none"));
    assertTrue(
        inverse("--radius", "0.9375", "--of", file, "--within", "0.5")
            .out()
            .contains(
                "f0 = 3, f1 = 0.25 -> none: no point of the ball has this output; the"
                    + " nearest output is 1.06 away"));
  }

  @Test
  void moreOutputsThanInputsAreOnNoImageButNearIt() throws IOException {
    // (x, y) -> (x, y, x / 3): no double but for 0 is a third of another.
    String network =
        put(
            "lift.json",
            """
            {"layers": [{"weights": [[3, 0], [0, 1], [1, 0]], "bias": [0, 0, 0],
             "activation": "linear"}]}
            """);
    String file = put("three.csv", "0.3,0.5,0.1\n");
    List<String> first =
        List.of("inverse", "--network", network, "--center", "0,0", "--radius", "1", "--of", file);
    assertTrue(run(first).out().contains("-> none: no point"), run(first).out());
    CommandRun near = run(first, "--within", "1e-12", "--csv", "-");
    assertEquals(0, near.code(), near.err());
    assertTrue(
        near.out().contains("0.3,0.5,0.1,0.09999999999999999,0.5,nearest,8.777083671441753E-18"),
        near.out());
  }

  /** The fold as a function of u, with x = (1, 0.25) + (0.5, 4) u, beside --scale. */
  @Test
  void statesAreInputsWhateverTheUnits() throws IOException {
    String network =
        put(
            "scaled.json",
            """
            {"layers": [
              {"weights": [[0.5, 0], [-0.5, 0], [0, 4], [0, -4]], "bias": [1, -1, 0.25, -0.25],
               "activation": "relu"},
              {"weights": [[1, 1, 0, 0], [0, 0, 1, -1]], "bias": [0, 0], "activation": "linear"}
            ]}
            """);
    String file = put("of.csv", "1.5,4.25\n0.25,0\n0.0625,8\n");
    String[] ask = {"--radius", "1.875", "--of", file, "--noise", "0.125", "--csv", "-"};
    CommandRun byHand = run(List.of("inverse", "--network", network, "--center", "0,0"), ask);
    assertEquals(
        """
        f0,f1,x0,x1,found,x0_low,x0_high,x1_low,x1_high
        1.5,4.25,1.0,1.0,exact,0.75,1.25,0.96875,1.03125
        0.25,0.0,-1.5,-0.0625,exact,-1.75,-1.25,-0.09375,-0.03125
        0.0625,8.0,,,none,,,,
        """,
        byHand.out());
    List<String> scaled = Stream.concat(Stream.of(ask), Stream.of("--scale", "0.5,4")).toList();
    CommandRun run = inverse(scaled.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        f0,f1,x0,x1,found,x0_low,x0_high,x1_low,x1_high
        1.5,4.25,1.5,4.25,exact,1.375,1.625,4.125,4.375
        0.25,0.0,0.25,0.0,exact,0.125,0.375,-0.125,0.125
        0.0625,8.0,,,none,,,,
        """,
        run.out());
    assertTrue(
        run.err().contains(" of radius 1.875 around (1, 0.25), norm inf, scale (0.5, 4)\n"),
        run.err());
    CommandRun pieces =
        inverse(
            "--radius",
            "1.875",
            "--scale",
            "0.5,4",
            "--of",
            file,
            "--samples",
            "50",
            "--pieces",
            at("s.json"));
    assertEquals(0, pieces.code(), pieces.err());
    assertTrue(pieces.out().contains("h(f(x)) and x differ by "), pieces.out());
    assertFalse(pieces.out().contains("took"), pieces.out());
    JsonNode root = new ObjectMapper().readTree(folder.resolve("s.json").toFile());
    assertEquals("[1.0,0.25]", root.get("center").toString());
    assertEquals("[0.5,4.0]", root.get("scale").toString());
    assertEquals(1.5, evaluate(root, 1.5, 4.25)[0]);
    assertEquals(4.25, evaluate(root, 1.5, 4.25)[1]);
  }

  /** A calibration is about outputs, which have no units of the ball. */
  @Test
  void aCalibrationIsTheSameInOtherUnits() throws IOException {
    String file = put("of.csv", "1.5,0.25\n0,-1\n0.5,7\n");
    String[] ask = {
      "calibrate",
      "--network",
      at("fold.json"),
      "--other",
      at("after.json"),
      "--center",
      "0,0",
      "--of",
      file,
      "--csv",
      "-",
      "--pieces",
      "",
      "--radius",
      "2",
      "--scale",
      ""
    };
    ask[12] = at("wide.json");
    ask[16] = "1,4";
    CommandRun wide = CommandRun.of(ask);
    assertEquals(0, wide.code(), wide.err());
    ask[12] = at("same.json");
    ask[14] = "8";
    ask[16] = "0.25,1";
    CommandRun same = CommandRun.of(ask);
    assertEquals(
        """
        f0,f1,g0,g1,found
        1.5,0.25,2.0,0.5,exact
        0.0,-1.0,-2.0,0.0,exact
        0.5,7.0,14.5,0.0,exact
        """,
        wide.out());
    assertEquals(wide.out(), same.out());
    JsonNode one = new ObjectMapper().readTree(folder.resolve("wide.json").toFile());
    JsonNode other = new ObjectMapper().readTree(folder.resolve("same.json").toFile());
    assertEquals(one.get("pieces"), other.get("pieces"));
  }

  @Test
  void refusesWithTheCollision() {
    CommandRun run = inverse("--radius", "1.5", "--of", at("y.csv"));
    assertEquals(1, run.code());
    assertTrue(
        run.out().startsWith("REFUSED: there is no inverse on the ball of radius 1.5\nlocal "),
        run.out());
    assertTrue(run.out().contains("by exact collisions"), run.out());
    CommandRun table = inverse("--radius", "1.5", "--of", at("y.csv"), "--csv", at("never.csv"));
    assertEquals(1, table.code());
    assertFalse(Files.exists(folder.resolve("never.csv")));
    CommandRun calibrate =
        run(
            List.of("calibrate", "--network", at("after.json"), "--other", at("fold.json")),
            "--center",
            "0,0",
            "--radius",
            "0.5");
    assertEquals(1, calibrate.code());
    assertTrue(
        calibrate.out().startsWith("REFUSED: there is no calibration on the ball of radius 0.5\n"));
  }

  @Test
  void anUndecidedBallHasNoMap() {
    CommandRun run =
        inverse(
            "--radius", "0.9375", "--of", at("y.csv"), "--solver", "tree", "--time-limit", "1ns");
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(run.out().startsWith("UNDECIDED whether there is an inverse"), run.out());
  }

  @Test
  void interruptedThereIsNoMap() {
    Interruption interruption = new Interruption();
    interruption.cancellation().cancel();
    CommandRun run =
        CommandRun.of(
            interruption,
            "inverse",
            "--network",
            at("fold.json"),
            "--center",
            "1,0.25",
            "--radius",
            "0.5",
            "--of",
            at("y.csv"),
            "--csv",
            at("never.csv"));
    assertEquals(2, run.code(), run.out() + run.err());
    assertFalse(Files.exists(folder.resolve("never.csv")));
  }

  /** The fold is not one-to-one around 0, and yet it determines what is computed from it. */
  @Test
  void calibratesWithoutBeingOneToOne() throws IOException {
    String[] flags = {
      "calibrate",
      "--network",
      at("fold.json"),
      "--other",
      at("after.json"),
      "--center",
      "0,0",
      "--radius",
      "2",
      "--of",
      put("of.csv", "1.5,0.25\n0,-1\n-0.5,0\n"),
      "--samples",
      "100",
      "--pieces",
      at("h.json"),
      "--plot",
      at("h.svg")
    };
    CommandRun run = CommandRun.of(flags);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        calibration of fold to after on the ball of radius 2 around (0, 0), norm inf
          network    fold.json, network hash HASH
          other      after.json, network hash HASH
          proved     the first output determines the second on this ball, by regions (rational arithmetic)
          regions    12
          f0 = 1.5, f1 = 0.25 -> g0 = 2, g1 = 0.5
          f0 = 0, f1 = -1 -> g0 = -2, g1 = 0
          f0 = -0.5, f1 = 0 -> none: no point of the ball has this output
          3 outputs: 2 of points of the ball, 1 of none
          100 random points of the ball: h(f1(x)) and f2(x) differ by 0 at most
          12 affine pieces
          note: auto chose regions: up to three inputs, where geometry is exact and quick
        """,
        stable(run).replaceAll("differ by \\S+", "differ by 0"));
    JsonNode root = new ObjectMapper().readTree(folder.resolve("h.json").toFile());
    assertEquals("crease-calibration/1", root.get("schema").asText());
    assertEquals("[\"f0\",\"f1\"]", root.get("outputs").toString());
    assertEquals("[\"g0\",\"g1\"]", root.get("values").toString());
    assertEquals("TRANSFORMATION", root.get("proof").get("problem").asText());
    assertEquals("EXACT", root.get("proof").get("assurance").asText());
    assertEquals(2, root.get("sources").size());
    assertEquals(12, root.get("pieces").size());
    assertEquals(2, evaluate(root, 1.5, 0.25)[0], 1e-12);
    assertEquals(0.5, evaluate(root, 1.5, 0.25)[1], 1e-12);
    assertEquals(-2, evaluate(root, 0, -1)[0], 1e-12);
    String svg = Files.readString(folder.resolve("h.svg"));
    assertTrue(svg.contains("12 affine pieces") && svg.contains("|h(y) - y|"), svg);
    CommandRun.of(flags);
    assertEquals(svg, Files.readString(folder.resolve("h.svg")));
  }

  /** As docs/map.md does it. */
  private static double[] evaluate(JsonNode root, double... y) {
    double nearest = Double.POSITIVE_INFINITY;
    double[] value = new double[root.get("values").size()];
    for (JsonNode piece : root.get("pieces")) {
      double outside = Double.NEGATIVE_INFINITY;
      for (JsonNode e : piece.get("edges")) {
        outside =
            Math.max(
                outside,
                e.get(0).asDouble() * y[0] + e.get(1).asDouble() * y[1] - e.get(2).asDouble());
      }
      if (outside < nearest) {
        nearest = outside;
        for (int j = 0; j < value.length; j++) {
          value[j] = piece.get("value").get(j).asDouble();
          for (int i = 0; i < 2; i++) {
            value[j] +=
                piece.get("matrix").get(j).get(i).asDouble()
                    * (y[i] - piece.get("at").get(i).asDouble());
          }
        }
      }
    }
    return value;
  }

  @Test
  void piecesOfAnInverse() throws IOException {
    CommandRun run =
        inverse(
            "--norm",
            "2",
            "--radius",
            "0.9375",
            "--of",
            at("y.csv"),
            "--pieces",
            at("h.json"),
            "--plot",
            at("h.png"));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("2 affine pieces, of a polygon of 64 corners"), run.out());
    JsonNode root = new ObjectMapper().readTree(folder.resolve("h.json").toFile());
    assertEquals("crease-inverse/1", root.get("schema").asText());
    assertEquals("image of a polygon of 64 corners within the ball", root.get("domain").asText());
    assertEquals(0.75, evaluate(root, 0.75, 0.5)[0], 1e-12);
    assertTrue(Files.size(folder.resolve("h.png")) > 1000);
  }

  /** The seed paper's question: the pruned network, calibrated to the dense one. */
  @Test
  void calibratesThePrunedNetworkToTheDenseOne() {
    CommandRun run =
        CommandRun.of(
            "calibrate",
            "--network",
            EXAMPLES.resolve("vanderpol-pruned-60.onnx").toString(),
            "--other",
            EXAMPLES.resolve("vanderpol.onnx").toString(),
            "--center",
            "0.5,0.5",
            "--radius",
            "0.5",
            "--samples",
            "2000");
    assertEquals(0, run.code(), run.err());
    String line =
        run.out().lines().filter(l -> l.contains("random points")).findFirst().orElseThrow();
    assertFalse(line.contains("took"), line);
    double worst = Double.parseDouble(line.replaceAll(".*differ by (\\S+) at most.*", "$1"));
    assertTrue(worst < 1e-12, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--radius 0 --of Y                          | 65 | --radius 0.0 is not a positive number",
        "--radius 0.5 --of Y --noise -1             | 65 | --noise -1.0 is not a number from 0 on",
        "--radius 0.5 --of Y --within Infinity"
            + " | 65 | --within Infinity is not a number from 0 on",
        "--radius 0.5 --of Y --norm 2 --within 1"
            + " | 65 | --within is for balls of the norms 1 and inf; take --norm inf",
        "--radius 0.5 --of Y --scale 0" + " | 65 | the scale [0.0, 0.0] is not of positive numbers",
        "--radius 0.5 --of Y --scale 1,2,3"
            + " | 65 | the centre has 2 entries, the scale 3: they must be the same",
        "--radius 0.5 --of Y --samples -3           | 65 | --samples -3 is negative",
        "--radius 0.5 --of Y --outputs 0 --pieces P"
            + " | 65 | --pieces is for two outputs, and fold has 1; choose two with --outputs",
        "--radius 0.5 --of Y --plot h.gif"
            + " | 65 | --plot h.gif is of no known kind; end it in .svg or .png",
        "--radius 0.5 --of Y --pieces -"
            + " | 65 | --pieces - cannot go to standard output; name a file (./- for one of that"
            + " name)",
        "--radius 0.5 --of N                        | 65 | N cannot be read; check that there is"
            + " such a file",
        "--radius 0.5 --of Y --pieces P --csv P     | 65 | --pieces and --csv both write P",
        "--radius 0.5 --of Y --csv Y                | 65 | --csv would overwrite Y, which --of"
            + " reads",
        "--radius 0.5                               | 64 | Missing required option: '--of=FILE'",
        "--of Y                                     | 64 | Missing required option: '--radius=R'",
      })
  void refusesWhatDoesNotFit(String flags, int code, String message) {
    CommandRun run =
        inverse(
            Stream.of(flags.strip().split(" +"))
                .map(
                    flag ->
                        flag.length() == 1 && Character.isUpperCase(flag.charAt(0))
                            ? at(flag.equals("Y") ? "y.csv" : flag)
                            : flag)
                .toArray(String[]::new));
    assertEquals(code, run.code(), run.err());
    assertEquals("", run.out());
    String expected =
        message
            .replaceAll("\\bY\\b", at("y.csv"))
            .replaceAll("\\bP\\b", at("P"))
            .replaceAll("\\bN\\b", at("N"));
    assertEquals("crease: " + expected, run.err().lines().findFirst().orElse(""));
  }

  @Test
  void rowsGoWithOutputs() {
    for (String[] flag : new String[][] {{"--csv", "-"}, {"--noise", "1"}, {"--within", "1"}}) {
      CommandRun run =
          run(
              List.of("calibrate", "--network", at("fold.json"), "--other", at("after.json")),
              "--center",
              "0,0",
              "--radius",
              "1",
              flag[0],
              flag[1]);
      assertEquals(64, run.code());
      assertTrue(run.err().startsWith("crease: " + flag[0] + " goes with --of FILE\n"), run.err());
    }
  }

  @Test
  void moreInputsThanTheEngineTakesAreRefusedByName() throws IOException {
    String row = "[1, 0, 0, 0, 0, 0, 0]";
    String rows = String.join(", ", java.util.Collections.nCopies(7, row));
    String network =
        put(
            "seven.json",
            "{\"layers\": [{\"weights\": ["
                + rows
                + "], \"bias\": [0, 0, 0, 0, 0, 0, 0],"
                + " \"activation\": \"linear\"}]}");
    String file = put("seven.csv", "0,0,0,0,0,0,0\n");
    CommandRun run =
        CommandRun.of(
            "inverse",
            "--network",
            network,
            "--center",
            "0,0,0,0,0,0,0",
            "--radius",
            "1",
            "--of",
            file);
    assertEquals(69, run.code());
    assertEquals(
        "crease: maps are made from linear regions, for up to 6 inputs, and seven has 7; fix some\n",
        run.err());
  }
}
