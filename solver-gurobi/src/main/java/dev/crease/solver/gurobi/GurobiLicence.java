package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRBException;
import com.gurobi.gurobi.NativeUtils;
import dev.crease.solver.Availability;
import dev.crease.solver.SolveOptions;
import java.io.IOException;

/** Whether Gurobi loads and finds a licence here. */
final class GurobiLicence {

  static final String REMEDY =
      "put a licence file gurobi.lic into your home folder or name it in GRB_LICENSE_FILE;"
          + " academic and evaluation licences are to be had at gurobi.com";

  private static final String LOAD =
      "set GRB_JAR_LIBRARY_DIR to a folder that can be written; Gurobi runs on 64-bit Linux, macOS"
          + " and Windows";

  private GurobiLicence() {}

  /** Starts an environment, which is what takes a licence, and gives it back. */
  static Availability check() {
    try {
      loadNatives();
    } catch (IOException | GRBException | LinkageError e) {
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
  private static void loadNatives() throws IOException, GRBException {
    if (GurobiJar.hasNatives()) {
      String version = GurobiJar.version();
      String[] parts = version.split("\\.", -1);
      String suffix = parts[0] + (parts.length > 1 ? parts[1] : "");
      NativeUtils.loadLibrariesFromJar(
          version,
          new String[] {
            System.mapLibraryName("gurobi" + suffix), System.mapLibraryName("GurobiJni" + suffix)
          });
    }
  }
}
