package dev.crease.solver.scip.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * The JavaCPP preset of SCIP: from {@code crease_scip.h} JavaCPP's parser generates the package
 * {@code dev.crease.solver.scip.jni}, and its generator the JNI library that links SCIP.
 */
@Properties(
    value = {
      @Platform(
          value = {"linux", "macosx"},
          include = "crease_scip.h",
          link = "scip@.10.0",
          preload = {"z@.1", "bz2@.1"}),
      @Platform(value = "windows", include = "crease_scip.h", link = "libscip")
    },
    target = "dev.crease.solver.scip.jni",
    global = "dev.crease.solver.scip.jni.ScipFunctions")
public class ScipPreset implements InfoMapper {

  /** For JavaCPP, which makes one to ask what to generate. */
  public ScipPreset() {}

  @Override
  public void map(InfoMap infos) {
    // The header shows the parser declarations only, and the compiler definitions.
    infos.put(new Info("CREASE_PARSING").define(true));
    // Left alone, the parser takes each array of variables for one variable returned by pointer.
    String head = "(Scip scip, @ByPtrPtr ScipCons cons, @Cast(\"const char*\") String name, ";
    String variables = "int nvars, @Cast(\"ScipVar**\") PointerPointer vars, DoublePointer vals";
    declare(infos, "SCIPcreateConsBasicLinear", head + variables + ", double lhs, double rhs);");
    declare(
        infos,
        "SCIPcreateConsBasicIndicator",
        head + "ScipVar binvar, " + variables + ", double rhs);");
    declare(infos, "SCIPcreateConsBasicSOS1", head + variables + ");");
    declare(
        infos,
        "SCIPcreateConsBasicQuadraticNonlinear",
        head
            + variables
            + ", int nquadterms, @Cast(\"ScipVar**\") PointerPointer quadvars1, "
            + "@Cast(\"ScipVar**\") PointerPointer quadvars2, DoublePointer quadcoefs, "
            + "double lhs, double rhs);");
  }

  private static void declare(InfoMap infos, String function, String parameters) {
    infos.put(
        new Info(function).javaText("public static native int " + function + parameters + "\n"));
  }
}
