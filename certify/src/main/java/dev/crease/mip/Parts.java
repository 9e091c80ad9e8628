package dev.crease.mip;

import dev.crease.SolverFailure;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts of a question, solved side by side: what is proved of all is the least of what is of each.
 */
final class Parts {

  private Parts() {}

  /** One part. */
  @FunctionalInterface
  interface Part {
    /**
     * Solves it.
     *
     * @param threads for its solver
     * @param proved is told up to where the part has no collision
     */
    void solve(int threads, DirectStrategy.Proved proved);
  }

  /**
   * Solves all parts. One whose solver fails proves nothing more, and the others go on.
   *
   * @param threads how many at once; what is left over goes to the solvers
   * @param run what is proved of it already is proved of every part; it certifies what is proved of
   *     all
   * @return what is proved of each
   */
  static double[] solve(List<Part> parts, int threads, Run run) {
    double[] proved = new double[parts.size()];
    Arrays.fill(proved, run.certified());
    int atOnce = Math.max(1, Math.min(threads, parts.size()));
    List<Runnable> tasks = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      int part = p;
      tasks.add(
          () -> {
            try {
              parts
                  .get(part)
                  .solve(
                      Math.max(1, threads / atOnce),
                      radius -> run.certify(least(proved, part, radius)));
            } catch (SolverFailure e) {
              run.stopFor(SolveStatus.ERROR, e.getMessage());
            }
          });
    }
    Workers.run(atOnce, tasks);
    return proved;
  }

  /** Takes a bound of one part and gives that of all. */
  private static double least(double[] proved, int part, double radius) {
    synchronized (proved) {
      proved[part] = Math.max(proved[part], radius);
      return Arrays.stream(proved).min().orElseThrow();
    }
  }
}
