package dev.crease.solver;

/**
 * How exactly a solver is to work.
 *
 * @param feasibility by how much a constraint may be violated, 1e-10 to 1e-2
 * @param integrality by how much an integer variable may be off an integer, 1e-10 to 1e-2
 * @param absoluteGap it may stop when {@code |primal - dual|} is at most this
 * @param relativeGap it may stop when {@code |primal - dual|} is at most this times {@code
 *     |primal|}
 */
public record Tolerances(
    double feasibility, double integrality, double absoluteGap, double relativeGap) {

  /** 1e-7 on constraints and on integers, gaps 0 and 1e-6. */
  public static Tolerances defaults() {
    return new Tolerances(1e-7, 1e-7, 0, 1e-6);
  }

  /** The larger of what a constraint and what an integer may be off by. */
  public double largest() {
    return Math.max(feasibility, integrality);
  }

  /** With other tolerances on constraints and integers. */
  public Tolerances within(double newFeasibility, double newIntegrality) {
    return new Tolerances(newFeasibility, newIntegrality, absoluteGap, relativeGap);
  }

  /** With other gaps. */
  public Tolerances withGaps(double absolute, double relative) {
    return new Tolerances(feasibility, integrality, absolute, relative);
  }

  /**
   * Refuses what is out of range.
   *
   * @throws IllegalArgumentException if something is
   */
  void check() {
    require(absoluteGap >= 0, "absolute gap", absoluteGap);
    require(relativeGap >= 0, "relative gap", relativeGap);
    require(isTolerance(feasibility), "feasibility tolerance (1e-10 to 1e-2)", feasibility);
    require(isTolerance(integrality), "integrality tolerance (1e-10 to 1e-2)", integrality);
  }

  private static boolean isTolerance(double value) {
    return value >= 1e-10 && value <= 1e-2;
  }

  private static void require(boolean holds, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }
}
