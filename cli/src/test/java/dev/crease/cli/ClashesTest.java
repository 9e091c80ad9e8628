package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import dev.crease.BadInput;
import dev.crease.cli.question.PointsFile;
import dev.crease.cli.session.Configuration;
import dev.crease.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments and files that would lose something without a word. */
class ClashesTest {

  private static final String NETWORK =
      "{\"layers\":[{\"weights\":[[1,0],[0,2]],\"bias\":[0,0],\"activation\":\"linear\"}]}";

  @TempDir private Path folder;
  private Path network;

  @BeforeEach
  void writeNetwork() throws IOException {
    network = folder.resolve("net.json");
    Files.writeString(network, NETWORK);
  }

  private CommandRun radius(String... more) {
    String[] common = {
      "radius", "local", "--network", network.toString(), "--center", "0,0", "--max-radius", "1"
    };
    String[] all = java.util.Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return CommandRun.of(all);
  }

  private static void assertRefused(CommandRun run, String... parts) {
    assertEquals(ExitCode.BAD_INPUT, run.code(), run::err);
    for (String part : parts) {
      assertTrue(run.err().contains(part), run.err());
    }
    assertEquals("", run.out());
  }

  @Test
  void oneFileIsNotWrittenTwice() {
    String file = folder.resolve("a").toString();
    assertRefused(radius("--json", file, "--certificate", file), "--json", "--certificate");
    assertRefused(
        radius("--json", file, "--certificate", folder.resolve("x/../a").toString()), "both write");
    assertRefused(radius("--json", file, "--plot", file + ".svg", "--certificate", file + ".svg"));
  }

  @Test
  void whatIsReadIsNotWritten() throws IOException {
    assertRefused(radius("--json", network.toString()), "would overwrite", "--network");
    Path link = Files.createSymbolicLink(folder.resolve("link"), network);
    assertRefused(radius("--certificate", link.toString()), "would overwrite");
    assertEquals(NETWORK, Files.readString(network));
  }

  @Test
  void aLinkIsWrittenThrough() throws IOException {
    Path real = folder.resolve("real.json");
    Files.writeString(real, "");
    Path link = Files.createSymbolicLink(folder.resolve("out.json"), real);
    assertEquals(ExitCode.OK, radius("--json", link.toString()).code());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(real).contains("certified"));
    Path dangling = Files.createSymbolicLink(folder.resolve("d"), folder.resolve("nowhere"));
    assertRefused(radius("--json", dangling.toString()), "leads nowhere");
  }

  @Test
  void aCertificateDoesNotGoToStandardOutput() {
    assertRefused(radius("--certificate", "-"), "standard output");
    assertFalse(Files.exists(Path.of("-")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fix 0=1 --fix 0=2", "--fix 0=1,0=2", "--share 0=1:2,0=1:3"})
  void twoValuesForOneInputAreRefused(String flags) {
    assertRefused(radius(flags.split(" ")), "0=1", "give one");
  }

  @Test
  void quotedCentresAreCentres() throws IOException {
    Path centers = folder.resolve("c.csv");
    Files.writeString(centers, "\"1\",\"1\"\n0.5,\"0.25\"\n");
    List<double[]> points = PointsFile.read(centers, 2, PointsFile.Kind.CENTER);
    assertEquals(2, points.size());
    assertEquals(0.25, points.get(1)[1]);
    Files.writeString(centers, "\"x\",\"y\"\n1,1\n");
    assertEquals(1, PointsFile.read(centers, 2, PointsFile.Kind.CENTER).size());
    Files.writeString(centers, "1,1\n1d,0x1p1\n");
    assertThrows(BadInput.class, () -> PointsFile.read(centers, 2, PointsFile.Kind.CENTER));
  }

  private static Config load(Path found, boolean isNamed) {
    return Configuration.load(
        isNamed ? Optional.of(found) : Optional.empty(), found, Map.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://localhost:1/x\")",
        "include file(\"/etc/hostname\")",
        "include \"/etc/hostname\"",
        "include \"../other.conf\"",
        "include classpath(\"reference.conf\")",
        "include \"missing\"",
        "crease.scip.parameters { \"visual/vbcfilename\" = x }",
        "crease.parameters { solution_file = x }",
        "crease.gurobi.parameters.LogFile = x",
        "crease.native-cache = x"
      })
  void aConfigurationThatWasOnlyFoundReachesNothingElse(String line) throws IOException {
    Files.writeString(folder.getParent().resolve("other.conf"), "crease.max-radius = 7");
    Path found = folder.resolve("crease.conf");
    Files.writeString(found, line + "\n");
    BadInput e = assertThrows(BadInput.class, () -> load(found, false));
    assertTrue(e.getMessage().contains("crease.conf"), e.getMessage());
  }

  @Test
  void aConfigurationMayIncludeWhatLiesBesideIt() throws IOException {
    Path found = folder.resolve("crease.conf");
    Files.writeString(found, "include \"more\"\ncrease.threads = 2\n");
    Files.writeString(folder.resolve("more.conf"), "crease.max-radius = 7\n");
    Config config = load(found, false);
    assertEquals(7, config.getDouble("crease.max-radius"));
    assertEquals(
        List.of(
            folder.resolve("crease.conf").toString(),
            folder.toAbsolutePath().resolve("more.conf").toString()),
        Configuration.files(config));
  }

  @Test
  void whatTheUserNamesIsTheUsersWord() throws IOException {
    Path named = folder.resolve("mine.conf");
    Files.writeString(named, "crease.parameters { solution_file = x }\n");
    assertEquals("x", load(named, true).getString("crease.parameters.solution_file"));
  }
}
