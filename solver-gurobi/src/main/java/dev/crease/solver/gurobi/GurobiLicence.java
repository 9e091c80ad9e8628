package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRBException;
import com.gurobi.gurobi.NativeUtils;
import com.typesafe.config.Config;
import dev.crease.solver.Availability;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.natives.NativeCache;
import dev.crease.solver.natives.Unloadable;
import java.io.IOException;
import java.nio.file.Path;

/** Whether Gurobi loads and finds a licence here. */
final class GurobiLicence {

  static final String REMEDY =
      "put a licence file gurobi.lic into your home folder or name it in GRB_LICENSE_FILE;"
          + " academic and evaluation licences are to be had at gurobi.com";

  private static final String LIBRARY_DIR = "GRB_JAR_LIBRARY_DIR";
  private static final String TEMPORARY = "java.io.tmpdir";

  private static final String LOAD =
      "set GRB_JAR_LIBRARY_DIR to a folder that can be written; Gurobi runs on 64-bit Linux, macOS"
          + " and Windows";

  private GurobiLicence() {}

  /** Starts an environment, which is what takes a licence, and gives it back. */
  static Availability check(Config config) {
    try {
      loadNatives(config);
    } catch (LinkageError e) {
      return Availability.unavailable(
          Unloadable.reason("Gurobi's native library", e), Unloadable.remedy(e, LOAD));
    } catch (IOException | GRBException | ClassNotFoundException e) {
      return Availability.unavailable(
          "Gurobi's native libraries do not load: " + Text.oneLine(e), LOAD);
    }
    try (GurobiEnvironment environment = GurobiEnvironment.prepare(SolveOptions.defaults())) {
      environment.start(SolveOptions.defaults());
      return Availability.available();
    } catch (GRBException e) {
      return Availability.unavailable(reason(e), REMEDY);
    }
  }

  /** Gurobi's own reason, or its code where it has no words. */
  static String reason(GRBException e) {
    String words = Text.oneLine(e);
    return words.equals(e.getClass().getSimpleName()) ? "Gurobi error " + e.getErrorCode() : words;
  }

  /** Loads what Gurobi would load by itself, which prints a stack trace where that fails. */
  private static void loadNatives(Config config)
      throws IOException, GRBException, ClassNotFoundException {
    if (!GurobiJar.hasNatives()) {
      return;
    }
    if (System.getenv(LIBRARY_DIR) != null) {
      load();
      return;
    }
    // Gurobi unpacks below the temporary folder, where others may have put something before.
    Path own = NativeCache.of(config).folder();
    synchronized (GurobiLicence.class) {
      String temporary = System.setProperty(TEMPORARY, own.toString());
      try {
        load();
      } finally {
        System.setProperty(TEMPORARY, temporary);
      }
    }
  }

  private static void load() throws IOException, GRBException, ClassNotFoundException {
    String version = GurobiJar.version();
    String[] parts = version.split("\\.", -1);
    String suffix = parts[0] + (parts.length > 1 ? parts[1] : "");
    NativeUtils.loadLibrariesFromJar(
        version,
        new String[] {
          System.mapLibraryName("gurobi" + suffix), System.mapLibraryName("GurobiJni" + suffix)
        });
    // Its static part loads them once more, from the same place.
    Class.forName("com.gurobi.gurobi.GurobiJni", true, GurobiLicence.class.getClassLoader());
  }
}
