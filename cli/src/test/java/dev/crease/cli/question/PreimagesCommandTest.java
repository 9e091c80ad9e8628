package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreimagesCommandTest {

  private static final String END =
      "; the list is complete in the window, and exact (here to 12 digits)\n";

  @TempDir private Path folder;
  private String fold = "";

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("fold.json");
    Files.writeString(file, CommandRun.FOLD);
    fold = file.toString();
  }

  private CommandRun preimages(String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("preimages", "--network", fold), Stream.of(more))
            .toArray(String[]::new));
  }

  private String listed(String... more) {
    CommandRun run = preimages(more);
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  @Test
  void listsAllPreimagesOfAnOutput() {
    assertEquals(
        """
        preimages of (1, 0.25) under fold in [-2, 2] x [-2, 2]
          (-1, 0.25)
          (1, 0.25)
          2 points"""
            + END
            + "  network    "
            + fold
            + ", network hash HASH\n",
        listed("--of", "1,0.25", "--window", "-2:2,-2:2")
            .replaceAll("hash [0-9a-f]{16}\\b", "hash HASH"));
    assertTrue(
        listed("--fix", "1=0.25", "--of", "1,0.25", "--window", "-2:2")
            .startsWith("preimages of (1, 0.25) under fold, x1 = 0.25 in [-2, 2]\n"));
    assertTrue(listed("--of", "-1,0.25", "--window", "-2:2,-2:2").contains("  0 points; "));
    assertTrue(listed("--of", "1,0.25", "--window", "0:2,-2:2").contains("  1 point; "));
  }

  @Test
  void listsAllPreimagesOfTheOutputAtAPoint() {
    assertEquals(
        listed("--of", "1,0.25", "--window", "-2:2,-2:2"),
        listed("--of-image", "-1,0.25", "--window", "-2:2,-2:2"));
  }

  @Test
  void numbersAreTheDoublesThatTheyParseTo() throws IOException {
    String out = listed("--of", "0.1,0", "--window", "-2:2,-2:2", "--json", "-");
    JsonNode answer = new ObjectMapper().readTree(out).get("outputs").get(0);
    assertEquals("3602879701896397/36028797018963968", answer.get("exact").get(0).asText());
    assertEquals("0/1", answer.get("exact").get(1).asText());
  }

  @Test
  void listsThePreimagesOfEachLineOfAFile() throws IOException {
    Path file = folder.resolve("outputs.csv");
    Files.writeString(file, "# two of them\n1,0.25\n\n  2 , -1 # the second\n");
    String out = listed("--of-file", file.toString(), "--window", "-3:3,-3:3");
    assertTrue(out.contains("preimages of (1, 0.25)"), out);
    assertTrue(out.contains("preimages of (2, -1)"), out);
    assertTrue(out.contains("  (-2, -1)\n  (2, -1)\n"), out);
  }

  @Test
  void segmentsAreWholePreimages() throws IOException {
    String[] flags = {"--outputs", "0", "--of", "1", "--window", "-2:2,-3:5"};
    String out = listed(flags);
    assertTrue(out.contains("  all points of the segment from (1, "), out);
    assertTrue(out.contains(" of infinitely many; "), out);
    JsonNode found =
        new ObjectMapper()
            .readTree(
                listed(
                    Stream.concat(Stream.of(flags), Stream.of("--json", "-"))
                        .toArray(String[]::new)))
            .get("outputs")
            .get(0)
            .get("preimages");
    assertEquals(2, found.get(0).get("corners").size());
    assertTrue(!found.get(0).get("isPoint").asBoolean());
  }

  @Test
  void jsonKeepsItsContract() throws IOException {
    Path file = folder.resolve("out.json");
    String out = listed("--of", "1,0.25", "--window", "-2:2,-2:2", "--json", file.toString());
    assertTrue(out.contains("2 points"), out);
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    assertEquals("crease-preimages/1", root.get("schema").asText());
    assertEquals("fold", root.get("network").get("name").asText());
    assertEquals(fold, root.get("sources").get(0).get("file").asText());
    assertTrue(root.get("preparation").get("fix").isEmpty());
    assertEquals(-2, root.get("window").get(1).get(0).asDouble());
    assertTrue(root.get("complete").asBoolean());
    JsonNode answer = root.get("outputs").get(0);
    assertEquals(0.25, answer.get("y").get(1).asDouble());
    assertEquals(2, answer.get("preimages").size());
    JsonNode corner = answer.get("preimages").get(0).get("corners").get(0);
    assertEquals(-1, corner.get("x").get(0).asDouble());
    assertEquals("-1/1", corner.get("exact").get(0).asText());
    assertEquals("1/4", corner.get("exact").get(1).asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64 | --of 1,2 | Missing required option: '--window=LO:HI'",
        "64 | --window 0:1,0:1 | Missing required argument (specify one of these)",
        "64 | --of 1,2 --of-image 1,2 --window 0:1,0:1 | are mutually exclusive",
        "65 | --of a,2 --window 0:1,0:1 | 'a' is not a number",
        "65 | --of 1 --window 0:1,0:1 | --of has 1 number, but fold has 2 outputs",
        "65 | --of 1,2,3 --window 0:1,0:1 | --of has 3 numbers, but fold has 2 outputs",
        "65 | --of-image 1,2,3 --window 0:1,0:1 | --of-image has 3 numbers, but fold takes 2",
        "65 | --of NaN,1 --window 0:1,0:1 | --of [NaN, 1.0] is not finite",
        "65 | --of 1,2 --window 0:1 | --window has 1 side, but fold takes 2 inputs",
        "65 | --of 1,2 --window 0:1,0:1,0:1 | --window has 3 sides, but fold takes 2 inputs",
        "65 | --of 1,2 --window 0:1,1:0 | --window: 1:0 is not the side of a window",
        "65 | --of 1,2 --window 0:1,1:1 | --window: 1:1 is not the side of a window",
        "65 | --of 1,2 --window 0:1,x | --window: x is not the side of a window",
        "65 | --of 1,2 --window 0:1,0:Infinity | is not the side of a window",
        "65 | --of-file no.csv --window 0:1,0:1 | no.csv cannot be read",
        "65 | --of 1,2 --window 0:1,0:1 --fix 7=1 | input 7 does not exist",
        "65 | --of 1,2 --window 0:1,0:1 --json /no/out.json | --json /no/out.json cannot be written",
        "65 | --of 1,2 --window 0:1,0:1 --config no.conf | no configuration file no.conf",
      })
  void refusesInOneLine(int code, String flags, String message) {
    CommandRun run = preimages(flags.split(" "));
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().startsWith("crease: "), run.err());
    assertEquals(code == 64 ? 2 : 1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2;3 | line 2: an output has 2 numbers, not 1",
        "# y0,y1;;a,2 | line 3: \"a\" is not a number",
        "1, | line 1: \"\" is not a number",
        "1,1e999 | line 1: 1e999 is not a finite number",
        "# nothing | holds no outputs; write one a line",
      })
  void refusesFilesWithTheLine(String lines, String message) throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, lines.replace(';', '\n'));
    CommandRun run = preimages("--of-file", file.toString(), "--window", "0:1,0:1");
    assertEquals(65, run.code(), run.err());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void refusesFilesThatAreNoText() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "# \u00e9\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    CommandRun run = preimages("--of-file", file.toString(), "--window", "0:1,0:1");
    assertEquals(65, run.code(), run.err());
    assertTrue(run.err().contains("is not a text file in UTF-8"), run.err());
  }

  @Test
  void theBrusselatorHasUpToThree() {
    CommandRun run =
        CommandRun.of(
            "preimages",
            "--network",
            "../examples/brusselator-b.onnx",
            "--fix",
            "2=2.1",
            "--of-image",
            "0.666,1.992",
            "--window",
            "-4:4,-4:5");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("\n  (0.666, 1.992)\n"), run.out());
    assertTrue(run.out().contains("  3 points; "), run.out());
  }
}
