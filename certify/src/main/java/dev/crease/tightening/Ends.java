package dev.crease.tightening;

import dev.crease.solver.LinearSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Solves one program for many ends of variables. The next is the one whose bound the last optimum
 * is nearest to, from where the way is shortest (Gleixner et al., Three enhancements for
 * optimization-based bound tightening, 2017, section 4): that halves the time.
 */
final class Ends {

  private Ends() {}

  /**
   * One end of a variable.
   *
   * @param variable its place in the program
   * @param sign 1 for the lower end, -1 for the upper one
   * @param bound what {@code sign} times the variable is not below so far
   * @param width how far apart the ends of the variable are so far
   */
  record End(int variable, int sign, double bound, double width) {

    /** How far a point is from the bound, relative to the width. */
    private double gap(double[] values) {
      return (sign * values[variable] - bound) / width;
    }
  }

  /** Takes what is proved of an end. */
  @FunctionalInterface
  interface Found {
    /**
     * Takes a bound.
     *
     * @param end the place of the end in the list
     * @param atLeast what {@code sign} times the variable is not below, rounded down
     * @return whether to go on
     */
    boolean take(int end, double atLeast);
  }

  /**
   * Solves for each end, until it is told not to go on.
   *
   * @param dual of the session's program
   * @param columns how many variables the program has
   * @return false when it was told not to go on
   */
  static boolean solve(
      LinearSession session,
      DualBound dual,
      int columns,
      List<End> ends,
      BooleanSupplier over,
      Found found) {
    double[] cost = new double[columns];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      left.add(i);
    }
    boolean goesOn = true;
    while (goesOn && !left.isEmpty() && !over.getAsBoolean()) {
      int next = left.remove(0);
      End end = ends.get(next);
      Arrays.fill(cost, 0);
      cost[end.variable()] = end.sign();
      Optional<LinearSession.Optimum> optimum = session.minimize(cost);
      if (optimum.isPresent()) {
        goesOn = found.take(next, dual.atLeast(cost, optimum.get().multipliers()));
        double[] values = optimum.get().values();
        left.sort(Comparator.comparingDouble(i -> ends.get(i).gap(values)));
      }
    }
    return goesOn;
  }
}
