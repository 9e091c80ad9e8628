package dev.crease.solver.scip;

import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.solver.natives.NativeCache;
import dev.crease.solver.natives.Unloadable;
import dev.crease.solver.scip.jni.ScipFunctions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** SCIP's native library, loaded once and when first needed. */
final class ScipLibrary {

  private final Config config;
  private Optional<String> version = Optional.empty();
  private Optional<BackendUnavailable> failure = Optional.empty();

  @Inject
  ScipLibrary(Config config) {
    this.config = config;
  }

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
        NativeCache.of(config).share();
        Loader.load(ScipFunctions.class);
        ScipFunctions.creaseKeepErrors();
        version =
            Optional.of(
                ScipFunctions.SCIPmajorVersion()
                    + "."
                    + ScipFunctions.SCIPminorVersion()
                    + "."
                    + ScipFunctions.SCIPtechVersion());
      } catch (IOException e) {
        throw new BackendUnavailable("SCIP's library cannot be unpacked: " + e.getMessage(), e);
      } catch (LinkageError e) {
        BackendUnavailable unavailable =
            new BackendUnavailable(
                Unloadable.reason("SCIP's library for " + Loader.getPlatform(), e), e);
        // A second try would find a half-initialised class and say less.
        failure = Optional.of(unavailable);
        throw unavailable;
      }
    }
    return version.get();
  }
}
