package dev.crease.solver.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Inject;
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
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.testkit.ContractCoverage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private static final Config CONFIG = ConfigFactory.load();

  private static final Set<String> IDS =
      new TreeSet<>(
          Set.of("ortools-cbc", "ortools-cp-sat", "ortools-glop", "ortools-highs", "ortools-scip"));

  @Test
  void findsTheBackendsOfThisModule() {
    assertEquals(List.copyOf(IDS), Backends.REGISTRY.all().stream().map(MipSolver::id).toList());
    assertEquals(List.of(), Backends.REGISTRY.broken());
  }

  @Test
  void everyBackendIsHeldToTheContract() {
    assertEquals(Set.of(), ContractCoverage.untested(Backends.REGISTRY, RegistryTest.class));
  }

  @Test
  void parametersThatWouldFakeAProofAreReserved() {
    Map<String, String> byId =
        Map.of(
            "ortools-highs", "objective_bound",
            "ortools-scip", "constraints/countsols/active",
            "ortools-cp-sat", "mip_max_bound",
            "ortools-glop", "primal_feasibility_tolerance");
    byId.forEach(
        (id, name) -> {
          BadInput refused =
              assertThrows(
                  BadInput.class,
                  () ->
                      Backends.raw(id)
                          .solve(
                              Model.builder("nothing").build(),
                              SolveOptions.builder().parameters(Map.of(name, "1")).build(),
                              SolveListener.none()));
          assertTrue(refused.getMessage().contains(name + " is reserved"), refused.getMessage());
        });
  }

  /** OR-Tools takes parameters as one text, and HiGHS ends a name at a zero. */
  @Test
  void noParameterCarriesAnother() {
    Map.of(
            "ortools-scip", Map.of("display/freq", "1\nlimits/gap = 0.5"),
            "ortools-cp-sat", Map.of("cp_model_probing_level", "1 mip_max_bound: 5"),
            "ortools-glop", Map.of("use_preprocessing: true drop_magnitude", "1"),
            "ortools-highs", Map.of("mip_rel_gap\0", "0.5"))
        .forEach(
            (id, parameters) -> {
              BadInput refused =
                  assertThrows(
                      BadInput.class,
                      () ->
                          Backends.raw(id)
                              .solve(
                                  Model.builder("nothing").build(),
                                  SolveOptions.builder().parameters(parameters).build(),
                                  SolveListener.none()));
              assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
              assertTrue(
                  refused.getMessage().contains("one word")
                      || refused.getMessage().contains("give one number"),
                  refused.getMessage());
            });
  }

  @Test
  void aBackendWithoutItsLibraryIsUnavailable() {
    SolverRegistry registry = SolverRegistry.of(CONFIG, List.of(new UnlinkedModule()));
    MipSolver unlinked = registry.all().get(0);
    assertEquals("unknown version", unlinked.version());
    BackendUnavailable no =
        assertThrows(BackendUnavailable.class, () -> registry.select("unlinked"));
    assertTrue(
        no.getMessage().contains("class org.lib.Missing is missing; put the jar"), no.getMessage());
  }

  private static final class UnlinkedModule extends SolverModule {
    @Override
    protected void configure() {
      bindSolver(
          new Gone("unlinked") {
            @Override
            public String version() {
              throw new NoClassDefFoundError("org/lib/Missing");
            }

            @Override
            public Availability availability() {
              return Availability.available();
            }
          });
    }
  }

  @Test
  void anUnknownIdIsAnsweredWithTheOnesThereAre() {
    BadInput unknown = assertThrows(BadInput.class, () -> Backends.REGISTRY.select("cplex"));
    assertEquals(1, unknown.getMessage().lines().count());
    assertTrue(unknown.getMessage().contains("cplex"));
    IDS.forEach(id -> assertTrue(unknown.getMessage().contains(id), unknown.getMessage()));
  }

  @Test
  void aBrokenModuleIsReportedAndBlocksNobody() {
    SolverRegistry registry =
        SolverRegistry.of(
            CONFIG, List.of(new ThrowingModule(), new UnmakableModule(), new OrtoolsModule()));
    assertEquals(List.copyOf(IDS), registry.all().stream().map(MipSolver::id).toList());
    assertEquals(2, registry.broken().size(), registry.broken()::toString);
    registry.broken().forEach(line -> assertEquals(1, line.lines().count(), line));
    assertEquals("ortools-highs", registry.select("ortools-highs").id());
    BadInput unknown = assertThrows(BadInput.class, () -> registry.select("unmakable"));
    assertTrue(unknown.getMessage().contains("not loadable"), unknown.getMessage());
  }

  @Test
  void aSecondBackendOfOneIdIsReportedAndTheFirstKept() {
    SolverRegistry registry =
        SolverRegistry.of(CONFIG, List.of(new OrtoolsModule(), new GoneModule("ortools-highs")));
    assertEquals(1, registry.broken().size());
    assertTrue(registry.broken().get(0).contains("ortools-highs"));
    assertEquals("ortools-highs", registry.select("ortools-highs").id());
  }

  @Test
  void anUnavailableBackendSaysWhyAndWhatToDo() {
    SolverRegistry registry =
        SolverRegistry.of(CONFIG, List.of(new GoneModule("gone"), new OrtoolsModule()));
    BackendUnavailable no = assertThrows(BackendUnavailable.class, () -> registry.select("gone"));
    assertEquals(1, no.getMessage().lines().count());
    for (String part : List.of("gone", "no licence found", "get one", "ortools-highs")) {
      assertTrue(no.getMessage().contains(part), no.getMessage());
    }
    SolverRegistry alone = SolverRegistry.of(CONFIG, List.of(new GoneModule("gone")));
    assertTrue(
        assertThrows(BackendUnavailable.class, () -> alone.select("gone"))
            .getMessage()
            .contains("none"));
  }

  @Test
  void aCacheFolderThatCannotBeWrittenMakesTheBackendsUnavailable() {
    Config config =
        ConfigFactory.parseString("crease.native-cache = /dev/null").withFallback(CONFIG);
    SolverRegistry registry = SolverRegistry.of(config, List.of(new OrtoolsModule()));
    for (String id : IDS) {
      BackendUnavailable no = assertThrows(BackendUnavailable.class, () -> registry.select(id));
      assertEquals(1, no.getMessage().lines().count(), no.getMessage());
      assertTrue(no.getMessage().contains("native-cache"), no.getMessage());
    }
  }

  private static final class ThrowingModule extends SolverModule {
    @Override
    protected void configure() {
      throw new IllegalStateException("broken on purpose\nwith a second line");
    }
  }

  private static final class UnmakableModule extends SolverModule {
    @Override
    protected void configure() {
      bindSolver("unmakable", Unmakable.class);
    }
  }

  static final class Unmakable extends Gone {
    @Inject
    Unmakable() {
      super("unmakable");
      throw new UnsatisfiedLinkError("no libunmakable");
    }
  }

  private static final class GoneModule extends SolverModule {
    private final String id;

    GoneModule(String id) {
      this.id = id;
    }

    @Override
    protected void configure() {
      bindSolver(new Gone(id));
    }
  }

  static class Gone implements MipSolver {
    private final String id;

    Gone(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String version() {
      return "none";
    }

    @Override
    public Availability availability() {
      return Availability.unavailable("no licence found", "get one");
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.of(Capability.CONTINUOUS);
    }

    @Override
    public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
      throw new AssertionError("never asked");
    }
  }
}
