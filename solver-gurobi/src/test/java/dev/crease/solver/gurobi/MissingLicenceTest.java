package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.solver.Availability;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees whose licence is missing or bad; in another process, for its environment. */
class MissingLicenceTest {

  @TempDir private Path folder;

  /** Prints what the backend says of itself. */
  static final class Program {
    public static void main(String[] args) {
      GurobiSolver solver = new GurobiSolver(com.typesafe.config.ConfigFactory.empty());
      for (int i = 0; i < 3; i++) {
        solver.availability();
      }
      Availability.Unavailable no = (Availability.Unavailable) solver.availability();
      System.out.println(solver.version());
      System.out.println(no.reason());
      System.out.println(no.remedy());
    }
  }

  @Test
  void aLicenceFileThatIsMissingIsSaidInGurobisWords() throws Exception {
    Path missing = folder.resolve("none.lic");
    assertEquals(
        List.of(
            "Gurobi 12.0.3",
            "Unable to open Gurobi license file '" + missing + "'",
            GurobiLicence.REMEDY),
        output(Map.of("GRB_LICENSE_FILE", missing.toString())));
    assertNoFiles();
  }

  @Test
  void aLicenceFileThatIsExpiredIsSaidInGurobisWords() throws Exception {
    Path expired = folder.resolve("expired.lic");
    Files.writeString(
        expired,
        "TYPE=NODE\nVERSION=12\nHOSTNAME=host\nHOSTID=12345\nUSERNAME=user\nSOCKETS=1\nCORES=1\n"
            + "EXPIRATION=2024-02-22\nKEY=1\nCKEY=1\n");
    List<String> said = output(Map.of("GRB_LICENSE_FILE", expired.toString()));
    assertEquals(
        List.of("Gurobi 12.0.3", "License expired 2024-02-22", GurobiLicence.REMEDY), said);
    Files.delete(expired);
    assertNoFiles();
  }

  @Test
  void librariesThatCannotBeUnpackedAreAReasonAndNoStackTrace() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    List<String> said =
        output(
            Map.of(
                "GRB_JAR_LIBRARY_DIR",
                file.resolve("below").toString(),
                "GRB_LICENSE_FILE",
                folder.resolve("none.lic").toString()));
    assertEquals(3, said.size(), said::toString);
    assertTrue(said.get(1).startsWith("Gurobi's native libraries do not load: "), said::toString);
    assertTrue(said.get(2).contains("GRB_JAR_LIBRARY_DIR"), said::toString);
  }

  /** Everything that the program prints, native code and standard error included. */
  private List<String> output(Map<String, String> environment) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Program.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    File log = Files.createTempFile("gurobi", ".out").toFile();
    try {
      Process process = builder.redirectOutput(log).start();
      int code = process.waitFor();
      List<String> lines = Files.readAllLines(log.toPath(), StandardCharsets.UTF_8);
      assertEquals(0, code, lines::toString);
      // SLF4J says that tests have no logger.
      return lines.stream().filter(line -> !line.startsWith("SLF4J")).toList();
    } finally {
      Files.delete(log.toPath());
    }
  }

  private void assertNoFiles() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList(), "a log file was left behind");
    }
  }
}
