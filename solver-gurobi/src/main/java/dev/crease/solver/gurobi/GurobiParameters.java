package dev.crease.solver.gurobi;

import com.gurobi.gurobi.GRB;
import dev.crease.solver.SolveOptions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Gurobi's parameters for options, within the ranges that Gurobi takes. The time limit is apart,
 * since it counts from the moment that Gurobi starts.
 *
 * @param integers by name
 * @param reals by name
 */
record GurobiParameters(Map<String, Integer> integers, Map<String, Double> reals) {

  private static final double LEAST_TOLERANCE = 1e-9;
  private static final int MOST_THREADS = 1024;

  /** Copies the maps. */
  GurobiParameters {
    integers = Map.copyOf(integers);
    reals = Map.copyOf(reals);
  }

  /** The parameters for options. */
  static GurobiParameters of(SolveOptions options) {
    Map<String, Integer> integers = new TreeMap<>();
    integers.put("Threads", Math.min(options.threads(), MOST_THREADS));
    integers.put("Seed", options.seed() % GRB.MAXINT);
    // Nonconvex quadratic models by spatial branching, whatever the default of the version.
    integers.put("NonConvex", 2);
    Map<String, Double> reals = new TreeMap<>();
    reals.put("MIPGap", Math.min(options.tolerances().relativeGap(), GRB.INFINITY));
    reals.put("MIPGapAbs", Math.min(options.tolerances().absoluteGap(), GRB.INFINITY));
    reals.put("FeasibilityTol", tolerance(options.tolerances().feasibility()));
    reals.put("OptimalityTol", tolerance(options.tolerances().feasibility()));
    reals.put("IntFeasTol", tolerance(options.tolerances().integrality()));
    options.limits().nodes().ifPresent(limit -> reals.put("NodeLimit", (double) limit));
    return new GurobiParameters(integers, reals);
  }

  private static double tolerance(double asked) {
    return Math.max(asked, LEAST_TOLERANCE);
  }

  /**
   * What is left of the time limit in seconds; empty without one, or when the user sets his own.
   */
  static OptionalDouble secondsLeft(SolveOptions options, Duration elapsed) {
    if (options.limits().time().isEmpty() || isSetByUser(options, "TimeLimit")) {
      return OptionalDouble.empty();
    }
    Duration limit = options.limits().time().get();
    // In doubles, since a long limit overflows in nanoseconds.
    double left =
        limit.toSeconds()
            + limit.toNanosPart() / 1e9
            - elapsed.toSeconds()
            - elapsed.toNanosPart() / 1e9;
    return OptionalDouble.of(Math.max(1e-3, left));
  }

  /** Whether the user sets a parameter; Gurobi's names know no case. */
  static boolean isSetByUser(SolveOptions options, String name) {
    return options.parameters().keySet().stream().anyMatch(name::equalsIgnoreCase);
  }
}
