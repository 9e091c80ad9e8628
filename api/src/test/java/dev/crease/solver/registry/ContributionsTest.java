package dev.crease.solver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolverModule;
import dev.crease.solver.guard.ForeignCode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Modules and backends that misbehave stand in nobody's way. */
@Timeout(60)
class ContributionsTest {

  private static final Config CONFIG = ConfigFactory.empty();
  private static final Config HURRIED = ConfigFactory.parseString("crease.patience = 100ms");

  @TempDir private Path folder;

  /** A backend that a test spoils. */
  private static class Backend implements MipSolver {
    private final String id;

    Backend(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String version() {
      return "Backend 1";
    }

    @Override
    public Availability availability() {
      return Availability.available();
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.of(Capability.INTEGER);
    }

    @Override
    public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
      throw new AssertionError("never asked");
    }
  }

  private static SolverModule module(String bound, Supplier<? extends MipSolver> made) {
    return new SolverModule() {
      @Override
      protected void configure() {
        com.google.inject.multibindings.MapBinder.newMapBinder(
                binder(), String.class, MipSolver.class)
            .addBinding(bound)
            .toProvider(made::get);
      }
    };
  }

  private static final SolverModule GOOD = module("good", () -> new Backend("good"));

  /** The one line about a module; the good one beside it works. */
  private static String line(Config config, SolverModule bad) {
    SolverRegistry registry = SolverRegistry.of(config, List.of(bad, GOOD));
    assertEquals(List.of("good"), registry.all().stream().map(MipSolver::id).toList());
    assertEquals("good", registry.select("good").id());
    assertEquals(1, registry.broken().size(), registry.broken()::toString);
    String line = registry.broken().get(0);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains("; "), () -> "no remedy: " + line);
    String origin = ServiceFiles.origin(ContributionsTest.class);
    assertTrue(line.startsWith(origin + ": "), line);
    return line;
  }

  private static void assertLine(SolverModule bad, String reason) {
    String line = line(CONFIG, bad);
    assertTrue(line.contains(reason), line);
  }

  private static <T> T fail(Throwable why) {
    return ContributionsTest.<RuntimeException, T>sneak(why);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneak(Throwable why) throws E {
    throw (E) why;
  }

  @Test
  void aConstructorThatFailsKeepsItsReason() {
    assertLine(
        module("bad", () -> fail(new IllegalStateException("no licence\nsecond line"))),
        "solver bad: its constructor fails: IllegalStateException: no licence; ");
    assertLine(
        module("bad", () -> fail(new RuntimeException("outer", new IOException("inner")))),
        "its constructor fails: IOException: inner; ");
    assertLine(
        module("bad", () -> fail(new ExceptionInInitializerError(new ArithmeticException("0")))),
        "ArithmeticException: 0; ");
    assertLine(module("bad", () -> fail(new StackOverflowError())), "StackOverflowError; ");
    assertLine(
        module("bad", () -> fail(new NoClassDefFoundError("org/lib/Missing"))),
        "class org.lib.Missing is missing; put the jar that holds the class beside this one");
    assertLine(
        module(
            "bad",
            () ->
                fail(
                    new UnsupportedClassVersionError(
                        "org/lib/New has been compiled by a more recent version of the Java Runtime"
                            + " (class file version 99.0), this version only recognizes 61.0"))),
        "class org.lib.New is for Java 55, and this is Java " + Runtime.version().feature());
  }

  @Test
  void anIdMustBeTheOneThatItIsBoundTo() {
    assertLine(
        module("bound", () -> new Backend("own")), "it is bound as bound and calls itself 'own'");
    assertLine(module("bad", () -> new Backend(fail(new Error("no id")))), "Error: no id");
    assertLine(module("", () -> new Backend("")), "solver '': its id is not of lower-case letters");
    assertLine(module("a,b", () -> new Backend("a,b")), "solver 'a,b': its id is not of");
    assertLine(
        module(
            "bad",
            () ->
                new Backend("bad") {
                  @Override
                  public String id() {
                    return fail(new IllegalStateException("nameless"));
                  }
                }),
        "id() fails: IllegalStateException: nameless");
  }

  @Test
  void capabilitiesAreAskedBeforehand() {
    assertLine(
        module(
            "bad",
            () ->
                new Backend("bad") {
                  @Override
                  public Capabilities capabilities() {
                    return fail(new IllegalStateException("none today"));
                  }
                }),
        "solver bad: capabilities() fails: IllegalStateException: none today");
    assertLine(
        module(
            "bad",
            () ->
                new Backend("bad") {
                  @Override
                  @SuppressWarnings("NullAway")
                  public Capabilities capabilities() {
                    return new Capabilities(java.util.Set.of(), null);
                  }
                }),
        "solver bad: capabilities() fails: NullPointerException");
  }

  @Test
  void aModuleThatCannotConfigureTakesNobodyWithIt() {
    for (Throwable why : List.of(new IllegalStateException("badly"), new Error("badly"))) {
      assertLine(
          new SolverModule() {
            @Override
            protected void configure() {
              fail(why);
            }
          },
          "configure() fails: " + why.getClass().getSimpleName() + ": badly");
    }
    assertLine(
        new SolverModule() {
          @Override
          protected void configure() {
            bindSolver(new Backend("bad"));
            bind(String.class).toInstance("one");
            bind(String.class).toInstance("two");
          }
        },
        "String was bound multiple times");
  }

  @Test
  void bindingsOfTwoModulesDoNotMeet() {
    List<SolverModule> both = new ArrayList<>();
    for (String id : List.of("one", "two")) {
      both.add(
          new SolverModule() {
            @Override
            protected void configure() {
              bind(String.class).toInstance(id);
              bindSolver(new Backend(id));
            }
          });
    }
    SolverRegistry registry = SolverRegistry.of(CONFIG, both);
    assertEquals(List.of("one", "two"), registry.all().stream().map(MipSolver::id).toList());
    assertEquals(List.of(), registry.broken());
  }

  @Test
  void whatDoesNotComeBackIsLeft() {
    CountDownLatch never = new CountDownLatch(1);
    String line =
        line(
            HURRIED,
            new SolverModule() {
              @Override
              protected void configure() {
                awaitUninterruptibly(never);
              }
            });
    assertTrue(line.contains("configure() does not come back within 0.1 s; "), line);
    Backend hangs =
        new Backend("hangs") {
          @Override
          public Availability availability() {
            awaitUninterruptibly(never);
            return Availability.available();
          }
        };
    SolverRegistry registry = SolverRegistry.of(HURRIED, List.of(module("hangs", () -> hangs)));
    BackendUnavailable no = assertThrows(BackendUnavailable.class, () -> registry.select("hangs"));
    assertTrue(no.getMessage().contains("availability() does not come back"), no.getMessage());
    assertTrue(no.getMessage().contains("crease.patience"), no.getMessage());
    assertEquals("Backend 1", registry.all().get(0).version());
    never.countDown();
    // It is not asked again.
    assertInstanceOf(Availability.Unavailable.class, registry.all().get(0).availability());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // On purpose.
      }
    }
  }

  @Test
  void anInterruptedCallerIsAnsweredAndStaysInterrupted() {
    SolverRegistry registry = SolverRegistry.of(CONFIG, List.of(GOOD));
    Thread.currentThread().interrupt();
    Availability answer = registry.all().get(0).availability();
    assertTrue(Thread.interrupted());
    assertInstanceOf(Availability.Available.class, answer);
  }

  @Test
  void availabilityThatFailsIsUnavailability() {
    for (Throwable why : List.of(new IllegalStateException("down"), new StackOverflowError())) {
      Backend bad =
          new Backend("bad") {
            @Override
            public Availability availability() {
              return fail(why);
            }
          };
      SolverRegistry registry = SolverRegistry.of(CONFIG, List.of(module("bad", () -> bad), GOOD));
      Availability.Unavailable no =
          assertInstanceOf(Availability.Unavailable.class, registry.all().get(0).availability());
      assertTrue(no.reason().contains("availability() fails: " + ForeignCode.reason(why)));
      assertEquals("good", registry.select("good").id());
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void whatABackendSaysIsOneLine() {
    Backend bad =
        new Backend("bad") {
          @Override
          public String version() {
            return "two\nlines";
          }

          @Override
          public Availability availability() {
            return Availability.unavailable(null, "first\nsecond");
          }
        };
    MipSolver solver = SolverRegistry.of(CONFIG, List.of(module("bad", () -> bad))).all().get(0);
    assertEquals("two", solver.version());
    assertEquals(Availability.unavailable("it does not say why", "first"), solver.availability());
  }

  @Test
  void theSameIdTwiceNamesBothJars() {
    String line = line(CONFIG, module("good", () -> new Backend("good")));
    String origin = ServiceFiles.origin(ContributionsTest.class);
    assertTrue(
        line.contains("the id is that of one in " + origin + ", which is kept; remove one"), line);
  }

  @Test
  void aPatienceThatIsNoneIsRefused() {
    for (String patience : List.of("0s", "-1s", "soon")) {
      Config config = ConfigFactory.parseString("crease.patience = " + patience);
      BadInput refused =
          assertThrows(BadInput.class, () -> SolverRegistry.of(config, List.of(GOOD)));
      assertTrue(refused.getMessage().contains("crease.patience"), refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }
  }

  @Test
  void beforeUseRunsBeforeTheBackendIsAsked() throws IOException {
    services(Module.class.getName());
    List<String> seen = new ArrayList<>();
    discover(
        () -> {
          SolverRegistry registry = SolverRegistry.discover(CONFIG, () -> seen.add("used"));
          assertEquals(List.of(), registry.broken());
          assertEquals(List.of(), seen);
          registry.select("module");
          assertTrue(seen.size() > 0);
        });
  }

  /** Found through a services file. */
  public static final class Module extends SolverModule {
    /** As a service has. */
    public Module() {}

    @Override
    protected void configure() {
      bindSolver(new Backend("module"));
    }
  }

  /** No service: its constructor is hidden. */
  public static final class Hidden extends SolverModule {
    private Hidden() {}
  }

  /** No service: it is never whole. */
  public abstract static class Abstract extends SolverModule {
    /** Never runs. */
    public Abstract() {}
  }

  @Test
  void aServicesFileMayNameAnything() throws IOException {
    String self = ContributionsTest.class.getName() + "$";
    services(
        "# a comment",
        "org.nobody.Missing",
        "java.lang.String # no module",
        self + "Hidden",
        self + "Abstract",
        "no class name at all",
        "",
        self + "Module",
        self + "Module");
    discover(
        () -> {
          SolverRegistry registry = SolverRegistry.discover(CONFIG);
          assertEquals(List.of("module"), registry.all().stream().map(MipSolver::id).toList());
          List<String> expected =
              List.of(
                  "org.nobody.Missing: META-INF/services/dev.crease.solver.SolverModule names it,"
                      + " and there is no such class; correct the name there",
                  "java.lang.String: META-INF/services/dev.crease.solver.SolverModule names it, and"
                      + " it is no SolverModule; name one that is there",
                  self + "Hidden: it has no public constructor without arguments; give it one",
                  self + "Abstract: it is not public, or abstract; make it public and whole",
                  "no class name at all: META-INF/services/dev.crease.solver.SolverModule names it,"
                      + " and there is no such class; correct the name there");
          assertEquals(expected.stream().map(l -> folder + ": " + l).toList(), registry.broken());
        });
  }

  private void services(String... lines) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(SolverModule.class.getName()), List.of(lines));
  }

  private void discover(Runnable test) throws IOException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      test.run();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
