package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.BadInput;
import dev.crease.cli.session.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

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

  @ParameterizedTest
  @ValueSource(strings = {"splitting", "ortools-highs", "ortools-scip", "auto"})
  void findsTheKnownRadii(String solver) throws IOException {
    JsonNode pseudo =
        json(radius("pseudo", "--solver", solver, "--trust", "solver", "--json", "-"));
    assertEquals(2, pseudo.get("certified").asDouble(), 1e-4);
    assertEquals(2, pseudo.get("refuted").asDouble(), 1e-9);
    JsonNode local = json(radius("local", "--solver", solver, "--trust", "solver", "--json", "-"));
    double delta = local.get("delta").asDouble();
    assertEquals(1, local.get("certified").asDouble(), delta + 1e-4);
    assertTrue(local.get("refuted").asDouble() >= 1);
  }

  private static JsonNode json(CommandRun run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void jsonKeepsItsContract() throws IOException {
    JsonNode open =
        json(radius("pseudo", "--solver", "splitting", "--max-radius", "0.5", "--json", "-"));
    for (String name :
        List.of(
            "schema",
            "problem",
            "norm",
            "center",
            "certified",
            "claimed",
            "refuted",
            "witness",
            "assurance",
            "trust",
            "engine",
            "strategy",
            "delta",
            "tolerances",
            "seconds")) {
      assertTrue(open.has(name), name);
    }
    assertTrue(open.get("claimed").isNull());
    assertTrue(open.get("refuted").isNull());
    assertTrue(open.get("witness").isNull());
    assertEquals("crease-result/2", open.get("schema").asText());
    assertEquals(0.5, open.get("certified").asDouble());
    JsonNode closed = json(radius("pseudo", "--json", "-")).get("witness");
    for (String name : List.of("x", "xPrime", "separation", "residual")) {
      assertTrue(closed.has(name), name);
    }
  }

  @Test
  void printsWhatTheReadmeShows() {
    CommandRun run = radius("pseudo", "--solver", "splitting");
    assertEquals(
        """
        pseudo-invertibility of fold at (1, 0.25), norm inf
          network    CommandRun.FOLD, network hash HASH
          certified  1.99999999    no other point this near has the centre's output
          refuted    2             by exact collisions, as here in doubles:
            x   = (-1, 0.25)
            x'  = (1, 0.25)
            ||f(x) - f(x')|| = 0, ||x - x'|| = 2
        """,
        run.out()
            .lines()
            .limit(7)
            .reduce("", (a, b) -> a + b + "\n")
            .replace(fold, "CommandRun.FOLD")
            .replaceAll("hash [0-9a-f]{16}\\b", "hash HASH")
            .replaceAll("1\\.9999\\d+ ", "1.99999999 "));
    assertTrue(run.stableOut().contains("  by splitting (interval arithmetic), "), run.out());
  }

  @Test
  void writesJsonToAFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("out.json");
    assertEquals(0, radius("pseudo", "--json", file.toString()).code());
    assertEquals(2, new ObjectMapper().readTree(file.toFile()).get("refuted").asDouble(), 1e-9);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void checkAnswersByExitCode() {
    String[] base = {"check", "local", "--network", fold, "--center", "1,0.25", "--radius"};
    assertEquals(0, CommandRun.of(with(base, "0.9")).code());
    assertEquals(1, CommandRun.of(with(base, "1.1")).code());
    assertEquals(0, CommandRun.of(with(base, "0.9", "--solver", "ortools-highs")).code());
    assertEquals(1, CommandRun.of(with(base, "1.1", "--solver", "ortools-highs")).code());
  }

  @Test
  void whatIsNotDecidedInTimeIsUndecided() {
    CommandRun run =
        CommandRun.of(
            "radius",
            "local",
            "--network",
            "../examples/brusselator-b.onnx",
            "--fix",
            "2=2.1",
            "--center",
            "1.801,1.23",
            "--solver",
            "ortools-scip",
            "--time-limit",
            "200ms");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.out().contains("stopped at the time limit"), run.out());
  }

  @Test
  void zeroWithoutAUnitIsNoTimeLimit() {
    assertEquals(0, radius("local", "--time-limit", "0").code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "radus local          | there is no command radus; did you mean radius? | crease",
        "bench rnu            | there is no command rnu; did you mean run? | crease bench",
        "chek local --network | there is no command chek; did you mean check? | crease",
        "xyz                  | there is no command xyz | crease",
        "help radus           | there is no command radus | crease",
        "sweep local --gird 1 | there is no flag --gird; did you mean --grid? | crease sweep",
        "radius --netwrk a    | there is no flag --netwrk; did you mean --network? | crease radius",
        "lipschitz --rad 1    | there is no flag --rad; did you mean --radius? | crease lipschitz",
        "audit a b --network c | b is not understood | crease audit",
        "audit                | Missing required options | crease audit",
      })
  void saysWhatWasNotUnderstood(String arguments, String message, String command) {
    CommandRun run = CommandRun.of(arguments.strip().split(" "));
    assertEquals(64, run.code(), run.err());
    assertTrue(run.err().startsWith("crease: " + message), run.err());
    assertTrue(run.err().endsWith("\n        try: " + command + " --help\n"), run.err());
    assertEquals(2, run.err().lines().count(), run.err());
  }

  private static String[] with(String[] base, String... more) {
    return Stream.concat(Stream.of(base), Stream.of(more)).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64 | --nonsense | there is no flag --nonsense",
        "64 | --centre 1,2 | there is no flag --centre; did you mean --center?",
        "64 | --norn=1 | there is no flag --norn; did you mean --norm?",
        "64 | -x | there is no flag -x",
        "65 | --solver nothing | there is no solver nothing; there are: auto, regions, splitting, ",
        "65 | --norm 3 | there is no norm 3; there are 1, 2 and inf",
        "65 | --strategy guess --solver ortools-scip | there is no strategy guess",
        "65 | --encoding x --solver ortools-scip | there is no ReLU encoding x",
        "65 | --bounds x --solver ortools-scip | there is no bounds method x",
        "65 | --trust word | there is no trust word; there are proof and solver",
        "65 | --fix 7=1 | input 7 does not exist: inputs count from 0 to 1",
        "65 | --fix 0=1,1=2 | all 2 inputs are fixed",
        "65 | --share 0=5 | --share 0=5 is not an interval",
        "65 | --outputs 5 | output 5 does not exist",
        "65 | --steps 0 | a composition needs at least one step",
        "65 | --max-radius 0 | the largest radius cannot be 0.0",
        "65 | --max-radius -1 | the largest radius cannot be -1.0",
        "65 | --time-limit soon | --time-limit (crease.time-limit) takes 60s, 5m or 2h; not 'soon'",
        "65 | --solver highs | there is no solver highs; did you mean ortools-highs?",
        "65 | --solver region | there is no solver region; did you mean regions?",
        "65 | --delta abc | 'abc' is not a number",
        "65 | --threads x | 'x' is not a whole number",
        "65 | --fix 2 | Value for option '--fix'",
        "64 | --center | Missing required parameter for option '--center'",
        "64 | pseudo | pseudo is not understood",
        "65 | --time-limit=-1s | time limit -1s is negative",
        "65 | --time-limit 10 | time limit 10 has no unit",
        "65 | --time-limit 0s | time limit 0s leaves no time for any answer; for no limit leave it out",
        "65 | --time-limit 0.0m | time limit 0.0m leaves no time",
        "65 | --delta 1e-9 --solver ortools-scip | delta 1.0E-9 is below",
        "65 | --config missing.conf | there is no configuration file missing.conf",
        "65 | --json /nonexistent/out.json | --json /nonexistent/out.json cannot be written",
        "64 | --other {fold} | --other goes with problem transformation",
        "65 | --param nonsense/x=1 --solver ortools-highs | HiGHS has no option nonsense/x",
        "69 | --solver ortools-glop | solves linear programs only",
      })
  void refusesInOneLine(int code, String flags, String message) {
    CommandRun run = radius("local", flags.replace("{fold}", fold).split(" "));
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
        "1 | takes 2 inputs, but the centre has 1",
        "1,2,3 | takes 2 inputs, but the centre has 3",
        "NaN,1 | is not finite",
        "abc | 'abc' is not a number",
      })
  void refusesCentresThatDoNotFit(String center, String message) {
    CommandRun run = CommandRun.of("radius", "local", "--network", fold, "--center", center);
    assertEquals(65, run.code());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void saysWhichProblemsAndFilesThereAre() {
    CommandRun problem = CommandRun.of("radius", "lokal", "--network", fold, "--center", "1,2");
    assertEquals(65, problem.code());
    assertEquals(
        "crease: there is no problem lokal; there are local, pseudo, transformation\n",
        problem.err());
    String described = "../examples/vanderpol.json";
    CommandRun file = CommandRun.of("radius", "Local", "--network", described, "--center", "1,2");
    assertEquals(65, file.code());
    assertEquals(
        "crease: ../examples/vanderpol.json: this describes ../examples/vanderpol.onnx; give that\n",
        file.err());
    CommandRun second =
        CommandRun.of("radius", "transformation", "--network", fold, "--center", "1,2");
    assertEquals(64, second.code());
    assertTrue(second.err().contains("needs a second network: --other FILE"), second.err());
    assertEquals(0, radius("local", "--norm", "Inf", "--max-radius", "0.1").code());
  }

  @Test
  void refusesFilesThatAreNotThere() {
    CommandRun run = CommandRun.of("radius", "local", "--network", "no.onnx", "--center", "1,2");
    assertEquals(65, run.code());
    assertTrue(run.err().contains("no.onnx"), run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void configurationFileChoosesTheSolverAndFlagsOverrideIt() throws IOException {
    Path conf = folder.resolve("my.conf");
    Files.writeString(conf, "crease.solver = ortools-highs\n");
    CommandRun byFile = radius("pseudo", "--config", conf.toString());
    assertTrue(byFile.out().contains("by ortools-highs"), byFile.out());
    CommandRun byFlag = radius("pseudo", "--config", conf.toString(), "--solver", "ortools-scip");
    assertTrue(byFlag.out().contains("by ortools-scip"), byFlag.out());
    Files.writeString(conf, "crease.solver = [\n");
    CommandRun broken = radius("pseudo", "--config", conf.toString());
    assertEquals(65, broken.code());
    assertEquals(1, broken.err().lines().count(), broken.err());
  }

  @Test
  void unknownSettingsAreRefusedWithTheNearestKnownOne() throws IOException {
    Path conf = folder.resolve("my.conf");
    Files.writeString(conf, "crease.sovler = ortools-scip\n");
    CommandRun run = radius("pseudo", "--config", conf.toString());
    assertEquals(65, run.code());
    assertTrue(
        run.err().contains("there is no setting crease.sovler; did you mean crease.solver?"),
        run.err());
    assertTrue(run.err().contains("my.conf: 1"), run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void laterSourcesWin() throws IOException {
    Path conf = folder.resolve("my.conf");
    Files.writeString(conf, "crease { solver = a, seed = 1, threads = 1, norm = 1 }\n");
    System.setProperty("crease.threads", "3");
    System.setProperty("crease.norm", "3");
    ConfigFactory.invalidateCaches();
    try {
      Config config =
          Configuration.load(
              Optional.of(conf),
              Map.of("CREASE_SEED", "2", "CREASE_THREADS", "2", "CREASE_NORM", "2"),
              Map.of("crease.norm", "4"));
      assertEquals("a", config.getString("crease.solver"));
      assertEquals(2, config.getInt("crease.seed"));
      assertEquals(3, config.getInt("crease.threads"));
      assertEquals(4, config.getInt("crease.norm"));
    } finally {
      System.clearProperty("crease.threads");
      System.clearProperty("crease.norm");
      ConfigFactory.invalidateCaches();
    }
    BadInput unknown =
        assertThrows(
            BadInput.class,
            () -> Configuration.load(Optional.empty(), Map.of("CREASE_SEDE", "2"), Map.of()));
    assertTrue(unknown.getMessage().contains("did you mean CREASE_SEED?"), unknown.getMessage());
  }

  @Test
  void configSaysWhereEachValueCameFrom() {
    CommandRun run = CommandRun.of("config", "--solver", "ortools-scip");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("crease.solver = \"ortools-scip\"   # command line"), run.out());
    assertTrue(run.out().contains("crease.seed = 0   # reference.conf"), run.out());
  }

  @Test
  void solversListsEachWithWhatItCanDo() {
    CommandRun run = CommandRun.of("solvers");
    assertEquals(0, run.code());
    for (String id :
        List.of("splitting", "ortools-highs", "ortools-scip", "ortools-cp-sat", "ortools-cbc")) {
      assertTrue(run.out().contains(id + " "), run.out());
    }
    assertTrue(run.out().contains("scaled integers"), run.out());
  }

  @Test
  void infoSaysWhatAFileHolds() {
    CommandRun run = CommandRun.of("info", fold, "--at", "-2,3");
    assertEquals(
        """
        fold: 2-4-2
          inputs 2, outputs 2, ReLUs 4
          network hash HASH
          layer 2 -> 4, ReLU
          layer 4 -> 2, linear
          weights 16, 50.0 % of them zero
          f(-2, 3) = (2, 3)
          active ReLUs 2 of 4
        """,
        run.out().replaceAll("hash [0-9a-f]{64}\\b", "hash HASH"));
  }

  @Test
  void whatABackendLacksIsRewritten() {
    CommandRun run = radius("pseudo", "--encoding", "indicator", "--solver", "ortools-highs");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.out().contains("refuted    2"), run.out());
  }

  @Test
  void sharedParametersAndStepsAreAsked() {
    // The second input is a parameter: for each value of it, x -> |x| folds at 0.
    CommandRun shared =
        CommandRun.of(
            "radius",
            "pseudo",
            "--network",
            fold,
            "--share",
            "1=0:1",
            "--center",
            "1",
            "--outputs",
            "0",
            "--solver",
            "ortools-highs",
            "--trust",
            "solver",
            "--max-radius",
            "3");
    assertEquals(0, shared.code(), shared.err());
    assertTrue(shared.out().contains("refuted    2"), shared.out());
    CommandRun steps = radius("pseudo", "--steps", "3");
    assertTrue(steps.out().contains("refuted    2"), steps.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "radius",
        "check",
        "sweep",
        "audit",
        "preimages",
        "solvers",
        "info",
        "config",
        "demo",
        "bench"
      })
  void everyCommandHasHelpWithExamples(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("Examples:"), run.out());
    assertFalse(run.out().contains("null"), run.out());
  }

  @Test
  void completionIsGenerated() {
    CommandRun run = CommandRun.of("generate-completion");
    assertEquals(0, run.code());
    assertTrue(run.out().contains("complete"), run.out());
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertTrue(CommandRun.of("--version").out().matches("crease \\d+\\.\\d+\\.\\d+.*\\R"));
  }

  @Test
  void infoEvaluatesAtFinitePointsOnly() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("steep.json"),
            "{\"layers\": [{\"weights\": [[1e10]], \"bias\": [0], \"activation\": \"linear\"}]}");
    for (String at : new String[] {"NaN", "Infinity", "1e400", "-1e308"}) {
      CommandRun run = CommandRun.of("info", file.toString(), "--at", at);
      assertEquals(65, run.code(), at);
      assertEquals("", run.out());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("--at"), run.err());
    }
    assertEquals(0, CommandRun.of("info", file.toString(), "--at", "1e290").code());
  }

  @Test
  void javasOwnWaysToWriteNumbersAreNoNumbers() {
    for (String value : new String[] {"1d", "1f", "0x1p1", "1e", "--1", "1,5e"}) {
      CommandRun run = CommandRun.of("info", fold, "--at=0," + value);
      assertEquals(65, run.code(), value);
      assertTrue(run.err().contains("is not a number"), run.err());
    }
    assertEquals(0, CommandRun.of("info", fold, "--at=+1.5E-3,.5").code());
  }
}
