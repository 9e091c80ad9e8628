package dev.crease.solver.scip;

import dev.crease.BadInput;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.guard.ReservedParameters;
import dev.crease.solver.scip.jni.Scip;
import dev.crease.solver.scip.jni.ScipFunctions;
import dev.crease.solver.scip.jni.ScipParam;

/** Sets SCIP's parameters: those that the options stand for, then the user's own by name. */
final class ScipParameters {

  /** SCIP takes no larger feasibility tolerance. */
  private static final double LARGEST_TOLERANCE = 1e-3;

  private static final int WALL_CLOCK = 2;

  private static final ReservedParameters RESERVED =
      new ReservedParameters(
          "SCIP",
          "numerics/.*|limits/(gap|absgap)|constraints/countsols/.*|constraints/SOS1/boundcuts.*"
              + "|constraints/nonlinear/assumeconvex"
              + "|constraints/indicator/(addopposite|generatebilinear|nolinconscont)"
              + "|constraints/(linear/rangedrowpropagation|indicator/dualreductions)"
              + "|misc/catchctrlc|timing/clocktype|parallel/maxnthreads");

  private ScipParameters() {}

  /**
   * Sets them.
   *
   * @throws BadInput if one of the user's is unknown, reserved or has a bad value
   */
  static void set(Scip scip, SolveOptions options) {
    // Ctrl-C is the program's; the processor's time counts every thread of it.
    put(scip, "misc/catchctrlc", "false");
    // Its cuts from bounds of special ordered sets cut solutions off.
    put(scip, "constraints/SOS1/boundcutsfreq", "-1");
    put(scip, "timing/clocktype", String.valueOf(WALL_CLOCK));
    // Each was seen to cut off the optimum of a small model.
    put(scip, "constraints/linear/rangedrowpropagation", "false");
    put(scip, "constraints/indicator/dualreductions", "false");
    put(scip, "display/verblevel", options.logSink().isPresent() ? "4" : "0");
    put(scip, "limits/gap", String.valueOf(options.tolerances().relativeGap()));
    put(scip, "limits/absgap", String.valueOf(options.tolerances().absoluteGap()));
    // SCIP has one tolerance for rows and integers.
    double tolerance =
        Math.min(options.tolerances().feasibility(), options.tolerances().integrality());
    put(scip, "numerics/feastol", String.valueOf(Math.min(LARGEST_TOLERANCE, tolerance)));
    put(scip, "randomization/randomseedshift", String.valueOf(options.seed()));
    options.limits().time().ifPresent(t -> put(scip, "limits/time", "" + t.toNanos() / 1e9));
    options.limits().nodes().ifPresent(n -> put(scip, "limits/totalnodes", String.valueOf(n)));
    RESERVED.refuse(options.parameters().keySet());
    options.parameters().forEach((name, value) -> put(scip, name, value));
  }

  private static void put(Scip scip, String name, String value) {
    ScipParam parameter = ScipFunctions.SCIPgetParam(scip, name);
    if (parameter == null || parameter.isNull()) {
      throw new BadInput("SCIP has no parameter " + name);
    }
    try {
      set(scip, parameter, name, value);
    } catch (NumberFormatException e) {
      throw new BadInput("SCIP parameter " + name + " cannot be " + value, e);
    } catch (ScipError e) {
      if (e.code() == ReturnCode.PARAMETERWRONGVAL) {
        throw new BadInput("SCIP parameter " + name + " cannot be " + value, e);
      }
      throw e;
    }
  }

  private static void set(Scip scip, ScipParam parameter, String name, String value) {
    switch (ScipFunctions.SCIPparamGetType(parameter)) {
      case 0 ->
          ScipError.check(
              "SCIPsetBoolParam", ScipFunctions.SCIPsetBoolParam(scip, name, truth(value) ? 1 : 0));
      case 1 ->
          ScipError.check(
              "SCIPsetIntParam",
              ScipFunctions.SCIPsetIntParam(scip, name, Integer.parseInt(value)));
      case 2 ->
          ScipError.check(
              "SCIPsetLongintParam",
              ScipFunctions.SCIPsetLongintParam(scip, name, Long.parseLong(value)));
      case 3 ->
          ScipError.check(
              "SCIPsetRealParam",
              ScipFunctions.SCIPsetRealParam(scip, name, Double.parseDouble(value)));
      case 4 -> {
        if (value.length() != 1) {
          throw new NumberFormatException(value);
        }
        ScipError.check(
            "SCIPsetCharParam", ScipFunctions.SCIPsetCharParam(scip, name, (byte) value.charAt(0)));
      }
      default ->
          ScipError.check(
              "SCIPsetStringParam", ScipFunctions.SCIPsetStringParam(scip, name, value));
    }
  }

  private static boolean truth(String value) {
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default -> throw new NumberFormatException(value);
    };
  }
}
