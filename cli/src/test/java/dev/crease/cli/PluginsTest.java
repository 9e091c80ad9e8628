package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jars of others: none breaks the command, and nothing but the answer is on standard output. */
@Timeout(120)
class PluginsTest {

  @TempDir private Path folder;
  private String fold = "";

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("fold.json");
    Files.writeString(file, CommandRun.FOLD);
    fold = file.toString();
  }

  /** Runs a command with jars on the class path. */
  private CommandRun run(List<Path> jars, String... args) throws IOException {
    URL[] urls = jars.stream().map(PluginsTest::url).toArray(URL[]::new);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      return CommandRun.of(args);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  private String[] pseudo(String... more) {
    List<String> args =
        new ArrayList<>(List.of("radius", "pseudo", "--network", fold, "--center", "1,0.25"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private PluginJar solver(String id, String members) {
    return PluginJar.solver(folder, id, members);
  }

  @Test
  void aJarThatDoesNotLoadIsALineAndEverythingElseWorks() throws IOException {
    List<Path> jars =
        List.of(
            solver("newer", "").newer("Module").write(),
            solver("newsolver", "").newer("Solver").write(),
            solver("orphan", "").without("Base").write(),
            solver("gone", "").without("Module").write(),
            solver("maker", "public Solver() { throw new IllegalStateException(\"no luck\"); }")
                .write(),
            solver("alias", "public String id() { return \"other\"; }").write(),
            solver("clinit", "static int x = Integer.parseInt(\"x\");").write(),
            solver("badconf", "").with("reference.conf", "crease { badconf = ${no.such}").write(),
            solver("open", "").with("reference.conf", "crease.open = ${no.such}").write(),
            PluginJar.of(
                    folder,
                    "certs",
                    "dev.crease.certify.CertifierModule",
                    """
                    public static class Module extends dev.crease.certify.CertifierModule {
                      protected void configure() { throw new Error("badly"); }
                    }
                    """)
                .write());
    CommandRun solvers = run(jars, "solvers");
    assertEquals(0, solvers.code(), solvers.err());
    List<String> lines =
        solvers.out().lines().filter(line -> line.startsWith("not loaded: ")).toList();
    for (String expected :
        List.of(
            "newer.jar: newer.Plugin$Module: class newer.Plugin$Module is for Java 55, and this is"
                + " Java "
                + Runtime.version().feature()
                + "; run a newer Java",
            "newsolver.jar: newsolver.Plugin$Module: class newsolver.Plugin$Solver is for Java 55",
            "class orphan.Plugin$Base is missing; put the jar that holds the class beside this one",
            "gone.jar: gone.Plugin$Module: META-INF/services/dev.crease.solver.SolverModule names"
                + " it, and there is no such class; correct",
            "maker.jar: solver maker: its constructor fails: IllegalStateException: no luck; ",
            "alias.jar: solver alias: it is bound as alias and calls itself 'other'; ",
            "clinit.jar: solver clinit: its constructor fails: NumberFormatException: For input"
                + " string: \"x\"; ",
            "badconf.jar!/reference.conf: ",
            "open.jar!/reference.conf: 1: Could not resolve substitution to a value: ${no.such}; ",
            "certs.jar: certs.Plugin$Module: configure() fails: Error: badly; ")) {
      assertEquals(
          1, lines.stream().filter(line -> line.contains(expected)).count(), expected + lines);
    }
    assertEquals(10, lines.size(), lines::toString);
    assertTrue(solvers.out().contains("\nbadconf"), solvers.out());
    for (String[] others :
        List.of(
            pseudo(),
            pseudo("--solver", "ortools-highs", "--trust", "solver"),
            new String[] {"config"},
            new String[] {"info", fold})) {
      CommandRun other = run(jars, others);
      assertEquals(0, other.code(), other.err());
    }
    CommandRun named = run(jars, pseudo("--solver", "maker"));
    assertEquals(65, named.code());
    assertEquals(1, named.err().lines().count(), named.err());
    assertTrue(named.err().contains("no luck"), named.err());
  }

  @Test
  void twoJarsOfOneIdAreBothNamed() throws IOException {
    Path first = solver("twin", "").write();
    Path second =
        PluginJar.of(
                folder,
                "second",
                "dev.crease.solver.SolverModule",
                """
                public static class Module extends SolverModule {
                  protected void configure() { bindSolver("twin", twin.Solver.class); }
                }
                public static class twin { public static class Solver extends Sound {} }
                public static class Sound implements MipSolver {
                  public String id() { return "twin"; }
                  public String version() { return "2"; }
                  public Availability availability() { return Availability.available(); }
                  public Capabilities capabilities() { return Capabilities.of(Capability.INTEGER); }
                  public SolveResult solve(Model m, SolveOptions o, SolveListener l) { return null; }
                }
                """)
            .write();
    CommandRun solvers = run(List.of(first, second), "solvers");
    assertTrue(
        solvers
            .out()
            .contains(
                "not loaded: "
                    + second
                    + ": solver twin: the id is that of one in "
                    + first
                    + ", which is kept; remove one of the two"),
        solvers.out());
  }

  @Test
  void aCertifierThatMisbehavesIsNotChosenAndFailsAlone() throws IOException {
    Path jar =
        PluginJar.of(
                folder,
                "aaa",
                "dev.crease.certify.CertifierModule",
                """
                public static class Module extends dev.crease.certify.CertifierModule {
                  protected void configure() { bindCertifier("aaa", Bad.class); }
                }
                public static class Bad implements dev.crease.certify.Certifier {
                  public String id() { return "aaa"; }
                  public Optional<String> suits(dev.crease.question.Query q) { throw new Error("s"); }
                  public Optional<String> refusal(
                      dev.crease.question.Query q, dev.crease.certify.CertifyOptions o) {
                    return Optional.empty();
                  }
                  public String about() { return null; }
                  public dev.crease.certify.RadiusResult radius(
                      dev.crease.question.Query q,
                      dev.crease.certify.CertifyOptions o,
                      dev.crease.certify.CertifyListener l) {
                    return null;
                  }
                  public dev.crease.certify.RadiusResult check(
                      dev.crease.question.Query q,
                      double r,
                      dev.crease.certify.CertifyOptions o,
                      dev.crease.certify.CertifyListener l) {
                    throw new StackOverflowError();
                  }
                }
                """)
            .write();
    CommandRun automatic = run(List.of(jar), pseudo());
    assertEquals(0, automatic.code(), automatic.err());
    CommandRun solvers = run(List.of(jar), "solvers");
    assertTrue(solvers.out().contains("broken: about() gives null; "), solvers.out());
    CommandRun named = run(List.of(jar), pseudo("--solver", "aaa"));
    assertEquals(70, named.code());
    assertEquals("crease: certifier aaa failed: it gave null\n", named.err());
  }

  @Test
  void anAnswerSurvivesItsSolver() throws IOException {
    String solve = "public SolveResult solve(Model m, SolveOptions o, SolveListener l) { %s }";
    for (String body :
        List.of(
            "throw new IllegalStateException(\"boom\");",
            "return null;",
            "return solve(m, o, l);",
            "throw new OutOfMemoryError(\"boom\");")) {
      Path jar = solver("breaks", solve.formatted(body)).write();
      CommandRun run =
          run(
              List.of(jar),
              pseudo(
                  "--solver",
                  "breaks",
                  "--strategy",
                  "direct",
                  "--bounds",
                  "interval",
                  "--json",
                  "-"));
      assertEquals(70, run.code(), run.err());
      JsonNode json = new ObjectMapper().readTree(run.out());
      assertTrue(json.get("certified").asDouble() > 0, run.out());
      assertTrue(json.get("refuted").asDouble() > 1.9, run.out());
      assertTrue(run.out().contains("solver breaks stopped: solver breaks failed: "), run.out());
    }
  }

  /** What a process prints, and how it ends. */
  private record Printed(int code, String out, String err) {}

  private Printed process(List<Path> jars, List<String> shell, String... args)
      throws IOException, InterruptedException {
    String path = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(shell);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path") + File.pathSeparator + path,
            Main.class.getName()));
    command.addAll(Arrays.asList(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int code =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Printed(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingButTheAnswerIsOnStandardOutput() throws Exception {
    Path jar =
        solver(
                "noisy",
                """
                public Solver() { System.out.println("NOISE of Java"); }
                public interface C extends com.sun.jna.Library { int puts(String s); }
                public SolveResult solve(Model m, SolveOptions o, SolveListener l) {
                  System.out.println("NOISE of Java");
                  com.sun.jna.Native.load("c", C.class).puts("NOISE of native code");
                  return SolveResult.without(
                      SolveStatus.ERROR, m.objective().sense(), -1, java.time.Duration.ZERO, "noisy");
                }
                """)
            .write();
    Printed printed =
        process(
            List.of(jar),
            List.of(),
            pseudo(
                "--solver",
                "noisy",
                "--strategy",
                "direct",
                "--bounds",
                "interval",
                "--json",
                "-"));
    assertEquals(70, printed.code(), printed.err());
    assertEquals("pseudo", new ObjectMapper().readTree(printed.out()).get("problem").asText());
    assertTrue(printed.out().startsWith("{") && printed.out().endsWith("}\n"), printed.out());
    assertTrue(printed.err().contains("NOISE of Java"), printed.err());
    assertTrue(printed.err().contains("NOISE of native code"), printed.err());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anAnswerThatCannotBeWrittenIsAFailure() throws Exception {
    assertNotWritten(">/dev/full", pseudo("--json", "-"));
    assertNotWritten(">/dev/full", "-V");
    assertNotWritten(">&-", pseudo("--solver", "ortools-highs"));
  }

  private void assertNotWritten(String where, String... args) throws Exception {
    Printed printed = process(List.of(), List.of("sh", "-c", "\"$@\" " + where, "sh"), args);
    assertEquals(70, printed.code(), () -> where + ": " + printed.err());
    assertEquals("crease: standard output could not be written to its end\n", printed.err(), where);
  }
}
