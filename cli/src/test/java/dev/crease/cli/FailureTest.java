package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crease.BadInput;
import dev.crease.SolverFailure;
import dev.crease.cli.output.PlainWriter;
import dev.crease.cli.session.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong is one line and an exit code of its own. */
class FailureTest {

  @TempDir private Path folder;

  /** What a command that fails like this prints, and its exit code. */
  private static CommandRun failing(Throwable failure) {
    StringWriter err = new StringWriter();
    // The command prints its answer to here.
    PrintWriter out =
        new PrintWriter(new StringWriter()) {
          @Override
          public void write(int c) {
            FailureTest.<RuntimeException>sneak(failure);
          }
        };
    int code =
        Crease.run(
            out,
            new PrintWriter(err, true),
            false,
            new Interruption(),
            () -> {},
            "solvers",
            "--help");
    return new CommandRun(code, "", err.toString());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void noFailureLooksLikeAnAnswer() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new StackOverflowError(),
            new NoClassDefFoundError("some/Solver"),
            new UnsatisfiedLinkError("libsolver"),
            new ExceptionInInitializerError("broken"),
            new AssertionError("a\nb"),
            new IllegalStateException(),
            new SolverFailure("solver failed"),
            new SolverFailure("solver failed", new OutOfMemoryError()))) {
      CommandRun run = failing(failure);
      assertEquals(70, run.code(), failure.toString());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().startsWith("crease: "), run.err());
    }
    assertEquals(65, failing(new BadInput("bad")).code());
  }

  @Test
  void memoryAndStackAreNamed() {
    assertTrue(failing(new OutOfMemoryError()).err().contains("-Xmx"));
    assertTrue(failing(new StackOverflowError()).err().contains("-Xss"));
    assertTrue(
        failing(new SolverFailure("solver failed", new OutOfMemoryError())).err().contains("-Xmx"));
    assertTrue(failing(new NoClassDefFoundError("some/Solver")).err().contains("some/Solver"));
  }

  /** In a Java of its own, with so little memory that reading the file fills it. */
  @Test
  void outOfMemoryIsNotRefuted() throws IOException, InterruptedException {
    Path large = folder.resolve("large.json");
    Files.writeString(
        large,
        "{\"layers\": [{\"weights\": [["
            + "0.5,".repeat(2_000_000)
            + "1]], \"bias\": [0],"
            + " \"activation\": \"linear\"}]}");
    Path err = folder.resolve("err.txt");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "info",
                large.toString())
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(java.waitFor(2, TimeUnit.MINUTES));
    assertEquals(65, java.exitValue());
    String message = Files.readString(err);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("memory"), message);
  }

  @Test
  void charactersThatMoveTheCursorOrTurnTheTextAreWrittenOut() throws IOException {
    String json = "{\"layers\": [{\"weights\": [[1]], \"bias\": [0], \"activation\": \"linear\"}]}";
    String name = "a\u202Eb\u001B[31mc\uDB40\uDC41\u200Fd";
    Path file = Files.writeString(folder.resolve(name + ".json"), json);
    CommandRun run = CommandRun.of("info", file.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("a\\u202eb\\u001b[31mc\\udb40\\udc41\\u200fd: 1-1"), run.out());
    CommandRun bad = CommandRun.of("info", file + "\u202E");
    Stream.of(run.out(), run.err(), bad.err())
        .flatMapToInt(String::codePoints)
        .forEach(
            c ->
                assertTrue(
                    c == '\n'
                        || (!Character.isISOControl(c)
                            && Character.getType(c) != Character.FORMAT)));
  }

  @Test
  void plainTextStaysAsItIs() {
    StringWriter text = new StringWriter();
    PrintWriter plain = PlainWriter.over(new PrintWriter(text), true);
    plain.print("\r\u00e4\u03b1\u6c34\t\uD83D\uDE00\n");
    plain.print("\uD83D");
    plain.print("x");
    plain.flush();
    assertEquals("\r\u00e4\u03b1\u6c34\t\uD83D\uDE00\n\\ud83dx", text.toString());
  }
}
