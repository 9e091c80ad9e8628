package dev.crease.solver.scip;

import dev.crease.BackendUnavailable;
import dev.crease.solver.scip.jni.ScipFunctions;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** SCIP's native library, loaded once and when first needed. */
final class ScipLibrary {

  private Optional<String> version = Optional.empty();
  private Optional<BackendUnavailable> failure = Optional.empty();

  /**
   * Loads the library, and says which SCIP it is.
   *
   * @throws BackendUnavailable if there is none for this platform or it does not load
   */
  synchronized String version() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (version.isEmpty()) {
      try {
        Loader.load(ScipFunctions.class);
        ScipFunctions.creaseKeepErrors();
        version =
            Optional.of(
                ScipFunctions.SCIPmajorVersion()
                    + "."
                    + ScipFunctions.SCIPminorVersion()
                    + "."
                    + ScipFunctions.SCIPtechVersion());
      } catch (LinkageError e) {
        BackendUnavailable unavailable =
            new BackendUnavailable(
                "SCIP's library for " + Loader.getPlatform() + " does not load: " + firstLine(e),
                e);
        // A second try would find a half-initialised class and say less.
        failure = Optional.of(unavailable);
        throw unavailable;
      }
    }
    return version.get();
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }
}
