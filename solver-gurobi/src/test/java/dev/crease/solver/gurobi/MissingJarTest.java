package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.crease.BackendUnavailable;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Objective;
import dev.crease.solver.Availability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolverModule;
import dev.crease.solver.registry.SolverRegistry;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user without Gurobi's jar sees. */
class MissingJarTest {

  /** This module again, in a world without Gurobi. */
  private static final class WithoutGurobi extends URLClassLoader {

    WithoutGurobi() {
      super(
          new URL[] {GurobiModule.class.getProtectionDomain().getCodeSource().getLocation()},
          GurobiModule.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.gurobi.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.crease.solver.gurobi.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public URL getResource(String name) {
      return name.startsWith("gurobi") ? findResource(name) : super.getResource(name);
    }
  }

  @Test
  void theBackendIsListedWithTheReasonAndTheRemedy() throws Exception {
    try (WithoutGurobi loader = new WithoutGurobi()) {
      SolverRegistry registry = registry(loader);
      assertEquals(List.of(), registry.broken());
      MipSolver solver = registry.all().get(0);
      assertNotSame(GurobiSolver.class, solver.getClass());
      assertEquals("gurobi", solver.id());
      assertEquals("Gurobi 12.0.3", solver.version());
      Availability.Unavailable no =
          assertInstanceOf(Availability.Unavailable.class, solver.availability());
      assertEquals("Gurobi's jar is not on the class path", no.reason());
      assertEquals(
          "./mvnw -N dependency:copy -Dartifact=com.gurobi:gurobi:12.0.3 -DoutputDirectory=plugins",
          no.remedy());
    }
  }

  @Test
  void selectingItAndSolvingWithItSayTheSame() throws Exception {
    try (WithoutGurobi loader = new WithoutGurobi()) {
      SolverRegistry registry = registry(loader);
      BackendUnavailable refused =
          assertThrows(BackendUnavailable.class, () -> registry.select("gurobi"));
      assertTrue(refused.getMessage().contains("not on the class path"), refused.getMessage());
      Model.Builder m = Model.builder("small");
      m.objective(Objective.minimize(LinearExpression.of(m.continuous("x", 0, 1))));
      BackendUnavailable raw =
          assertThrows(
              BackendUnavailable.class,
              () ->
                  registry
                      .all()
                      .get(0)
                      .solve(m.build(), SolveOptions.defaults(), SolveListener.none()));
      assertTrue(raw.getMessage().contains("not on the class path"), raw.getMessage());
    }
  }

  @Test
  void whatNeedsNoGurobiLinksWithoutIt() throws Exception {
    try (WithoutGurobi loader = new WithoutGurobi()) {
      for (Class<?> type :
          List.of(
              GurobiSolver.class,
              GurobiJar.class,
              GurobiStatus.class,
              GurobiOutcome.class,
              GurobiParameters.class,
              GurobiSession.class,
              ModelTranslation.class,
              ProgressMeter.class)) {
        Class<?> alone = Class.forName(type.getName(), true, loader);
        assertNotSame(type, alone);
        assertTrue(alone.getDeclaredMethods().length > 0);
      }
    }
  }

  @Test
  void whatNeedsGurobiDoesNotLinkWithoutIt() throws Exception {
    try (WithoutGurobi loader = new WithoutGurobi()) {
      Class<?> sink = Class.forName(GurobiSink.class.getName(), false, loader);
      assertThrows(NoClassDefFoundError.class, sink::getDeclaredFields);
    }
  }

  private static SolverRegistry registry(ClassLoader loader) throws Exception {
    SolverModule module =
        Class.forName(GurobiModule.class.getName(), true, loader)
            .asSubclass(SolverModule.class)
            .getConstructor()
            .newInstance();
    return SolverRegistry.of(ConfigFactory.empty(), List.of(module));
  }
}
