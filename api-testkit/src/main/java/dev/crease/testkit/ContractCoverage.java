package dev.crease.testkit;

import dev.crease.BackendUnavailable;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells which backends no test holds to {@link MipSolverContract}: a backend's build asks. */
public final class ContractCoverage {

  private ContractCoverage() {}

  /**
   * The ids of the backends of a registry for which no concrete subclass of {@link
   * MipSolverContract} is found.
   *
   * @param registry the backends
   * @param test any test class of the package that holds the subclasses
   * @throws IllegalStateException if a subclass cannot be made
   */
  public static Set<String> untested(SolverRegistry registry, Class<?> test) {
    Set<String> ids = new TreeSet<>();
    registry.all().forEach(solver -> ids.add(solver.id()));
    ids.removeAll(tested(test));
    return ids;
  }

  private static Set<String> tested(Class<?> test) {
    Set<String> tested = new TreeSet<>();
    try {
      Path classes =
          Path.of(test.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve(test.getPackageName().replace('.', File.separatorChar));
      File[] files = Optional.ofNullable(classes.toFile().listFiles()).orElse(new File[0]);
      for (File file : files) {
        if (file.getName().endsWith(".class")) {
          String name = file.getName().substring(0, file.getName().length() - 6);
          Class<?> type =
              Class.forName(test.getPackageName() + "." + name, false, test.getClassLoader());
          if (MipSolverContract.class.isAssignableFrom(type)
              && !Modifier.isAbstract(type.getModifiers())
              && isMadeByJunit(type)) {
            solver(type).map(MipSolver::id).ifPresent(tested::add);
          }
        }
      }
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException("cannot look through the tests beside " + test, e);
    }
    return tested;
  }

  /** A subclass that takes something is made by another test, with what it takes. */
  private static boolean isMadeByJunit(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }

  /** The solver that a test is about; empty when it is one that cannot be selected here. */
  private static Optional<MipSolver> solver(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method solver = type.getDeclaredMethod("solver");
    solver.setAccessible(true);
    try {
      return Optional.of((MipSolver) solver.invoke(constructor.newInstance()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof BackendUnavailable) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
