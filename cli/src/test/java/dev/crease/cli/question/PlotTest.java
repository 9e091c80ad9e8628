package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code crease radius --plot}. */
class PlotTest {

  @TempDir private Path folder;
  private String fold = "";

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("fold.json");
    Files.writeString(file, CommandRun.FOLD);
    fold = file.toString();
  }

  private CommandRun radius(String problem, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("radius", problem, "--network", fold, "--center", "1,0.25"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void drawsAnSvgThatSaysWhatWasAsked() throws IOException {
    Path file = folder.resolve("out.svg");
    CommandRun run = radius("pseudo", "--plot", file.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("  picture of 4 linear regions in " + file), run.out());
    String svg = Files.readString(file);
    for (String text :
        new String[] {
          "<title>Pseudo-invertibility of fold at (1, 0.25), norm inf</title>",
          ">x0</text>",
          ">x1</text>",
          ">f0</text>",
          ">f1</text>",
          ">x with f(x) = f(c)</text>"
        }) {
      assertTrue(svg.contains(text), text);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void namesInputsAndOutputsAsInTheFile() throws IOException {
    Path network = folder.resolve("three.json");
    Files.writeString(
        network,
        """
        {"layers": [{"weights": [[1, 2, 0], [0, 1, 0], [0, 1, 1]], "bias": [0, 0, 0],
                     "activation": "linear"}]}
        """);
    Path file = folder.resolve("out.svg");
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            network.toString(),
            "--fix",
            "0=0.5",
            "--outputs",
            "2,1",
            "--center",
            "0,0",
            "--plot",
            file.toString());
    assertEquals(0, run.code(), run.err());
    String svg = Files.readString(file);
    for (String text : new String[] {"x1", "x2", "f2", "f1"}) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
    assertTrue(
        svg.contains(", x0 = 0.5, only f2 and f1</title>"),
        svg.lines().skip(1).findFirst().orElse(""));
  }

  @Test
  void drawsAPngOfAWindow() throws IOException {
    Path file = folder.resolve("out.PNG");
    CommandRun run = radius("local", "--plot", file.toString(), "--window", "0.5:2,0.5:1.5");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("picture of 1 linear region in "), run.out());
    assertTrue(ImageIO.read(file.toFile()).getWidth() > 1_000);
  }

  @Test
  void colorsByTheConditionWhereThatIsAsked() throws IOException {
    Path file = folder.resolve("out.svg");
    assertEquals(0, radius("local", "--plot", file.toString(), "--color", "condition").code());
    String condition = Files.readString(file);
    assertTrue(condition.contains("; cond J is the condition number in norm inf</text>"));
    assertFalse(condition.contains(">det J</text>"));
    assertEquals(0, radius("local", "--plot", file.toString(), "--color", "determinant").code());
    String determinant = Files.readString(file);
    assertEquals(0, radius("local", "--plot", file.toString()).code());
    assertEquals(determinant, Files.readString(file));
    assertFalse(determinant.contains("cond J"));
  }

  @Test
  void keepsStandardOutputForJson() throws IOException {
    Path file = folder.resolve("out.svg");
    CommandRun run = radius("local", "--plot", file.toString(), "--json", "-");
    assertEquals("crease-result/2", new ObjectMapper().readTree(run.out()).get("schema").asText());
    assertTrue(Files.exists(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65 | --plot out.pdf | --plot out.pdf is of no known kind; end it in .svg or .png",
        "64 | --window 0:1,0:1 | --window goes with --plot FILE",
        "64 | --color condition | --color goes with --plot FILE",
        "65 | --plot a.svg --color red | there is no colouring by red; there are determinant and",
        "65 | --plot a.svg --color condition --outputs 0 | --color condition needs a network of two",
        "65 | --plot /nonexistent/a.svg | --plot /nonexistent/a.svg cannot be written",
        "65 | --plot {out} --window 0:1 | --window has 1 side, but fold takes 2 inputs",
        "65 | --plot {out} --window 0:1,2:1 | --window: 2:1 is not the side of a window",
      })
  void refusesBeforeItComputes(int code, String flags, String message) {
    Path out = folder.resolve("out.svg");
    CommandRun run = radius("local", flags.replace("{out}", out.toString()).split(" "));
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(code == 64 ? 2 : 1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesNetworksWithoutTwoFreeInputs() {
    String out = folder.resolve("out.svg").toString();
    CommandRun three =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            "../examples/brusselator-b.onnx",
            "--center",
            "1,1,2",
            "--plot",
            out);
    assertEquals(65, three.code());
    assertEquals(
        "crease: --plot needs a network of two inputs, none of them shared; brusselator-b has 3:"
            + " fix the others with --fix\n",
        three.err());
    CommandRun shared =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            "../examples/brusselator-b.onnx",
            "--share",
            "2=2:2.1",
            "--center",
            "1,1",
            "--plot",
            out);
    assertEquals(65, shared.code());
    assertTrue(shared.err().contains("has 2 besides the shared: fix the others"), shared.err());
  }
}
