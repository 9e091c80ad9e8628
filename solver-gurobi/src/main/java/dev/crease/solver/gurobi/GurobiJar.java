package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Gurobi's jar, looked at without linking to it. */
final class GurobiJar {

  /** The version that this was compiled against: javac copies the constants in. */
  static final String EXPECTED =
      GRB.VERSION_MAJOR + "." + GRB.VERSION_MINOR + "." + GRB.VERSION_TECHNICAL;

  private GurobiJar() {}

  /** Whether the jar is on the class path. */
  static boolean isPresent() {
    try {
      Class.forName("com.gurobi.gurobi.GRBEnv", false, GurobiJar.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** The version of the jar on the class path, or the expected one where there is none. */
  static String version() {
    return properties().getProperty("version", EXPECTED);
  }

  /** Whether the jar brings its native libraries along. */
  static boolean hasNatives() {
    return !properties().getProperty("classifier", "").equals("core");
  }

  private static Properties properties() {
    Properties properties = new Properties();
    ClassLoader loader = GurobiJar.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream("gurobi_version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A jar that cannot be read says so when it is used.
    }
    return properties;
  }
}
